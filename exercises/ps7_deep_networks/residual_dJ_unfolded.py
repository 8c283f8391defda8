"""7.9 dZ unfolded: the number dJ of a residual layer, from the differentials dW, db and dA_prev."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array, along
from .residual_layer import layer, pulled, slope, sums_of


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(G, S, W, A_prev, dW, db, dA_prev)."""
    G, Z, W, A_prev = layer(rng, sizes)
    shapes = W.shape, (len(W), 1), A_prev.shape
    return G, slope(Z), W, A_prev, *(rng.normal(size=shape) for shape in shapes)


def oracle(
    G: Array, S: Array, W: Array, A_prev: Array, dW: Array, db: Array, dA_prev: Array
) -> float:
    """The slope of ⟨G, A⟩ where W, b and A_prev move together: no product rule in it."""
    b = sums_of(S) - W @ A_prev

    def moved(t: float) -> float:
        A = A_prev + t * dA_prev
        return pulled(G, (W + t * dW) @ A + b + t * db, A)

    return along(moved)


def altered(
    weights: Callable[[Array, Array], Array] = np.matmul,
    bias: int = 1,
    inner: int = 1,
    skip: int = 1,
) -> Function:
    """Make the line with one term exchanged or lost; without arguments, a right one."""

    def residual_dJ_unfolded(
        G: Array, S: Array, W: Array, A_prev: Array, dW: Array, db: Array, dA_prev: Array
    ) -> float:
        dZ = weights(dW, A_prev) + bias * db + inner * W @ dA_prev
        return float(np.sum(G * (S * dZ + skip * dA_prev)))

    return residual_dJ_unfolded


EXERCISE = Exercise(
    reference=deep_networks.residual_dJ_unfolded,
    draw=draw,
    axes="N D",
    oracle=oracle,
    calls=("residual_dJ",),
    checks=(Check("dJ", points=1),),
    reveal=(
        r"$dZ = dW\,A_{prev} + db\,\mathbf 1^T + W\,dA_{prev}$: one term for each thing that can "
        "move, with the order of the factors kept. $W$ is square, so no shape tells "
        r"$dW\,A_{prev}$ from $dW^T A_{prev}$."
    ),
    mistakes=(
        Mistake(
            "order-lost",
            altered(weights=lambda dW, A_prev: dW.T @ A_prev),
            "dW appears transposed. W is square, so its shape says nothing: "
            "which index of W is summed in Z?",
        ),
        Mistake(
            "bias-lost",
            altered(bias=0),
            "db has no influence. Does Z move when b does?",
        ),
        Mistake(
            "inner-lost",
            altered(inner=0),
            "A_prev moves, and Z moves with it. Which term of dZ says so?",
        ),
        Mistake(
            "skip-lost",
            altered(skip=0),
            "A_prev reaches A along two paths. Which of them is missing here?",
        ),
    ),
)
