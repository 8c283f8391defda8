"""7.5 dŷ unfolded: the number dL for ŷ = r·w2, from G (N, K) and the differentials of r and w2."""

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
from .relu_network import output_layer


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(G, r, w2, dr, dw2)."""
    G, r, w2 = output_layer(rng, sizes)
    return G, r, w2, rng.normal(size=r.shape), rng.normal(size=w2.shape)


def oracle(G: Array, r: Array, w2: Array, dr: Array, dw2: Array) -> float:
    """The slope of ⟨G, r·w2⟩ where both factors move: no product rule in it."""
    return along(lambda t: float(np.sum(G * ((r + t * dr) @ (w2 + t * dw2)))))


EXERCISE = Exercise(
    reference=deep_networks.dL_unfolded,
    draw=draw,
    axes="N H K",
    oracle=oracle,
    checks=(Check("dL", points=1),),
    reveal=(
        r"$dL = \operatorname{tr}\big(G^T(dr\,w_2 + r\,dw_2)\big)$: the product rule, with the "
        r"order of the factors kept. The product $dr\,dw_2$ is of second order, and no part of a "
        "differential."
    ),
    mistakes=(
        Mistake(
            "one-term",
            lambda G, r, w2, dr, dw2: float(np.sum(G * (r @ dw2))),
            "Only w2 moves here. ŷ also changes because r does.",
        ),
        Mistake(
            "other-term-only",
            lambda G, r, w2, dr, dw2: float(np.sum(G * (dr @ w2))),
            "Only r moves here. ŷ also changes because w2 does.",
        ),
        Mistake(
            "second-order",
            lambda G, r, w2, dr, dw2: float(np.sum(G * (dr @ w2 + r @ dw2 + dr @ dw2))),
            "One of the terms has two differentials. How small is it when both are small?",
        ),
        Mistake(
            "product-of-differentials",
            lambda G, r, w2, dr, dw2: float(np.sum(G * (dr @ dw2))),
            "This is the product of the two differentials. Is that how a product changes?",
        ),
        Mistake(
            "both-at-once",
            lambda G, r, w2, dr, dw2: float(np.sum(G * ((r + dr) @ (w2 + dw2)))),
            "This is the product at the new place. A differential is the change from the old one, "
            "without what is of second order.",
        ),
    ),
)
