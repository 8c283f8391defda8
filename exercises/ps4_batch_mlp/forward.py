"""4.2 Both layers, forward: Z1 (H, N), A1 (H, N), Z2 (1, N), A2 (1, N) from a batch X (D, N)."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import batch_mlp

from .draws import network
from .network import Array, Parts, affine, logistic, run


def oracle(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    """The same two layers, one example after the other."""
    Z1 = affine(X, W1, b1)
    Z2 = affine(logistic(Z1), W2, b2)
    return Z1, logistic(Z1), Z2, logistic(Z2)


EXERCISE = Exercise(
    reference=batch_mlp.forward,
    draw=network,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$(H, D)(D, N) = (H, N)$, then $(1, H)(H, N) = (1, N)$: one product takes all examples through a
layer, and column $n$ of each result depends on column $n$ of $X$ alone. The way back needs all
four.
""",
    checks=(
        Check("Z1", points=0.5, part=0),
        Check("A1", points=0.5, part=1),
        Check("Z2", points=0.5, part=2),
        Check("A2", points=0.5, part=3),
    ),
    mistakes=(
        Mistake(
            "first-bias-forgotten",
            lambda X, W1, b1, W2, b2: run(X, W1, 0 * b1, W2, b2),
            "The values fit a network whose hidden layer has no bias. Where does b1 come in?",
        ),
        Mistake(
            "second-bias-forgotten",
            lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, 0 * b2),
            "The values fit an output layer without its bias. Where does b2 come in?",
            loses=("Z2", "A2"),
        ),
        Mistake(
            "hidden-not-activated",
            lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, hidden=lambda Z: Z),
            "The hidden layer passes its sums on unchanged. What stands between Z1 and A1?",
            loses=("A1", "Z2", "A2"),
        ),
        Mistake(
            "output-not-activated",
            lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, out=lambda Z: Z),
            "A2 is still the sum of the output unit. A probability lies between 0 and 1.",
            loses=("A2",),
        ),
    ),
)
