"""5.3 A batch, forward: hidden (N, H) and ŷ (N, 1), from X (N, D), W_ih (D, H), W_ho (H, 1)."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import bike_sharing

from .draws import batch
from .network import logistic, predictions, unit_by_unit

EXERCISE = Exercise(
    reference=bike_sharing.forward,
    draw=batch,
    axes="N D H",
    oracle=unit_by_unit,
    reveal=r"""
$$A = \sigma(X\, W_{ih}), \qquad \hat y = A\, W_{ho}$$

Row $n$ of a product depends on row $n$ of its left factor only: no example meets another one. It
is set 4 transposed, $(X W)^T = W^T X^T$.
""",
    checks=(Check("hidden", 0.5, part=0), Check("y_hat", 0.5, part=1)),
    mistakes=(
        Mistake(
            "hidden-not-activated",
            lambda X, W_ih, W_ho: (X @ W_ih, X @ W_ih @ W_ho),
            "The hidden layer is linear here. What does each hidden unit do with its sum?",
            twins=("sums-returned",),
        ),
        Mistake(
            "sums-returned",
            lambda X, W_ih, W_ho: (X @ W_ih, predictions(X, W_ih, W_ho)),
            "The first result holds the sums before the sigmoid; the activations are asked for.",
            loses=("hidden",),
            twins=("hidden-not-activated",),
        ),
        Mistake(
            "output-activated",
            lambda X, W_ih, W_ho: (logistic(X @ W_ih), logistic(predictions(X, W_ih, W_ho))),
            "ŷ went through a sigmoid and stays between 0 and 1. Which numbers may a count take?",
            loses=("y_hat",),
        ),
    ),
)
