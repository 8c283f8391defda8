"""Inputs that sections of ps4 share: columns are examples, biases are never zero."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Sizes,
)

from .network import Array, logistic


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Numbers of order 1 with either sign, none of them small."""
    numbers: Array = rng.uniform(0.3, 1.3, shape) * rng.choice([-1.0, 1.0], shape)
    return numbers


def labels(rng: Generator, N: int) -> Array:
    """Y (1, N) with both classes, where N allows it."""
    return rng.permutation(np.arange(N) + rng.integers(2))[None] % 2.0


def layer(rng: Generator, sizes: Sizes) -> Arguments:
    """(A_prev, W, b) of a layer of H units above D activations."""
    A_prev = logistic(1.5 * rng.normal(size=(sizes["D"], sizes["N"])))
    return A_prev, away_from_zero(rng, sizes["H"], sizes["D"]), away_from_zero(rng, sizes["H"], 1)


def network(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, W1, b1, W2, b2), with W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1)."""
    N, D, H = (sizes[axis] for axis in "NDH")
    X, W1, W2 = rng.normal(size=(D, N)), away_from_zero(rng, H, D), away_from_zero(rng, 1, H)
    return X, W1, away_from_zero(rng, H, 1), W2, away_from_zero(rng, 1, 1)


def output(rng: Generator, sizes: Sizes) -> Arguments:
    """(A2, Y): outputs between about 0.1 and 0.9, and both classes."""
    N = sizes["N"]
    return logistic(1.7 * away_from_zero(rng, 1, N)), labels(rng, N)


def certain(rng: Generator) -> Arguments:
    """(A2, Y): exact 0 and 1, right and wrong, and one in between."""
    return shuffled(rng, np.array([0.0, 1.0, 0.0, 1.0, rng.uniform(0.3, 0.7)]))


def shuffled(rng: Generator, A2: Array) -> Arguments:
    """(A2, Y) in a new order: five outputs, of which two are wrong, two right, one in between."""
    order, Y = rng.permutation(5), np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    return A2[order][None], Y[order][None]


def error_and_input(rng: Generator, sizes: Sizes) -> Arguments:
    """(dZ, A_prev) of a layer of H units above D activations."""
    A_prev, _, _ = layer(rng, sizes)
    return away_from_zero(rng, sizes["H"], sizes["N"]), A_prev
