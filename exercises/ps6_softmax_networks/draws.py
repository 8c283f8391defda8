"""Inputs that sections of ps6 share: labels of every class, rates that nobody uses by habit."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.exercise import (
    Arguments,
    Sizes,
)

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Parts = tuple[Array, Array, Array, Array]
"""W1, b1, W2, b2 of a network with two layers, or their gradients."""


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Numbers of order 1 with either sign, none of them small."""
    numbers: Array = rng.uniform(0.3, 1.3, shape) * rng.choice([-1.0, 1.0], shape)
    return numbers


def labels(rng: Generator, N: int, K: int) -> Labels:
    """Labels (N,) below K: every class if there is room, and two at least if N allows it.

    Where there is no room the last class is missing: labels do not tell how many classes there are.
    """
    return rng.permutation(np.resize(rng.permutation(K if N >= K else K - 1), N))


def rate(rng: Generator) -> float:
    """A learning rate or a regularisation that nobody uses by habit."""
    return float(rng.uniform(0.2, 0.6))


def distribution(rng: Generator, N: int, K: int) -> Array:
    """Rows of probabilities, none of them tiny."""
    powers = rng.uniform(0.2, 2.0, (N, K))
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


def labelled_distribution(rng: Generator, sizes: Sizes) -> Arguments:
    """(probs, y)."""
    N, K = sizes["N"], sizes["K"]
    return distribution(rng, N, K), labels(rng, N, K)
