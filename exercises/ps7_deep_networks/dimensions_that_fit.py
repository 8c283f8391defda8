"""7.3 The dimension principle: (n_l, n_{l−1}) from delta (n_l, N) and A_prev (n_{l−1}, N)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array, logistic


def draw(rng: Generator, sizes: Sizes) -> tuple[Array, Array]:
    """(delta, A_prev), with the activations (D, N) of the sigmoid layer before it."""
    N, D, H = (sizes[axis] for axis in "NDH")
    return rng.normal(size=(H, N)), logistic(rng.normal(size=(D, N)))


EXERCISE = Exercise(
    reference=deep_networks.dimensions_that_fit,
    draw=draw,
    axes="N D H",
    oracle=lambda delta, A_prev: np.einsum("in,jn->ij", delta, A_prev),  # summed outer products
    checks=(Check("product", points=1),),
    mistakes=(
        Mistake(
            "transposed",
            lambda delta, A_prev: A_prev @ delta.T,
            "The boxes are in the other order: the rows of W belong to delta.",
        ),
        Mistake(
            "summed-too-early",
            lambda delta, A_prev: np.outer(delta.sum(axis=1), A_prev.sum(axis=1)),
            "The batch is summed before the product. "
            "A sum of products is not the product of the sums.",
        ),
        Mistake(
            "means-multiplied",
            lambda delta, A_prev: np.outer(delta.mean(axis=1), A_prev.mean(axis=1)),
            "The batch is averaged before the product. Which index do the two factors share?",
        ),
    ),
)
