"""7.8 The first line: the number dJ of a residual layer from dZ and dA_prev; all are (n, N)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array, along
from .residual_layer import layer, pulled, slope, sums_of


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(G, S, dZ, dA_prev)."""
    G, Z, _, A_prev = layer(rng, sizes)
    return G, slope(Z), rng.normal(size=Z.shape), rng.normal(size=A_prev.shape)


def oracle(G: Array, S: Array, dZ: Array, dA_prev: Array) -> float:
    """The slope of ⟨G, A⟩ where the sums move along dZ and the input along dA_prev."""
    Z = sums_of(S)
    return along(lambda t: pulled(G, Z + t * dZ, t * dA_prev))


EXERCISE = Exercise(
    reference=deep_networks.residual_dJ,
    draw=draw,
    axes="N D",
    oracle=oracle,
    checks=(Check("dJ", points=1),),
    reveal=(
        r"$dJ = \operatorname{tr}\big(G^T(S \odot dZ + dA_{prev})\big)$. The sigmoid works on "
        "each element alone, so its slope comes in elementwise, and only where the sigmoid is. "
        "What takes the skip arrives as it was."
    ),
    mistakes=(
        Mistake(
            "skip-lost",
            lambda G, S, dZ, dA_prev: float(np.sum(G * S * dZ)),
            "A_prev reaches A along two paths. Which of them is missing here?",
        ),
        Mistake(
            "sum-for-trace",
            lambda G, S, dZ, dA_prev: float((G.T @ (S * dZ + dA_prev)).sum()),
            "This adds up all entries of a product of matrices. Which of them does a trace take?",
        ),
        Mistake(
            "slope-on-both",
            lambda G, S, dZ, dA_prev: float(np.sum(G * S * (dZ + dA_prev))),
            "dA_prev is multiplied by the sigmoid's slope. Does the skip go through the sigmoid?",
        ),
    ),
)
