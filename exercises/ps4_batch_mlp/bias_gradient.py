"""4.7 The gradient of the bias: db (n_l, 1) of the mean loss, from dZ (n_l, N)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import batch_mlp

from .draws import away_from_zero
from .network import Array


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dZ,) of a layer of H units."""
    return (away_from_zero(rng, sizes["H"], sizes["N"]),)


def oracle(dZ: Array) -> Array:
    """Move b, which all N examples share, in ⟨dZ, b⟩ / N."""
    N, b = dZ.shape[1], np.zeros((len(dZ), 1))
    return central_differences(lambda b: float((dZ * b).sum()) / N, b)


EXERCISE = Exercise(
    reference=batch_mlp.bias_gradient,
    draw=draw,
    axes="N H",
    oracle=oracle,
    asks_shapes=True,
    reveal=r"""
$$db = \frac1N\, dZ\, \mathbf 1, \qquad (n_l, N)(N, 1) = (n_l, 1)$$

What was copied on the way forward is added up on the way back, and the column stays a column.

> **Where the notes stumble.** They write $\frac{dZ^{[1]}}{db^{[1]}}\,[1]$ for $db^{[1]}$. What is
> multiplied by the ones is $dZ^{[1]}$ itself: "add up the columns of each row", as they say
> beside it.
""",
    checks=(Check("db", points=1),),
    mistakes=(
        Mistake(
            "divided-by-units",
            lambda dZ: dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
            "The sum was divided by the number of units. Which axis of dZ counts examples?",
        ),
        Mistake(
            "summed-over-units",
            lambda dZ: dZ.sum(axis=0, keepdims=True) / dZ.shape[1],
            "This has one number per example, so units were summed. Who shares the bias of a unit?",
        ),
        Mistake(
            "summed-over-everything",
            lambda dZ: np.full((dZ.shape[0], 1), dZ.sum() / dZ.shape[1]),
            "All units got one common number. Each has a bias, and a gradient, of its own.",
        ),
        Mistake(
            "one-number",
            lambda dZ: dZ.sum() / dZ.shape[1],
            "Everything was summed to a single number. The gradient of b has the shape of b.",
        ),
    ),
)
