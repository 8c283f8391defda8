"""What sections of ps7 share: the logistic function, two vectors, a slope along a way."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.exercise import (
    Sizes,
    central_differences,
)

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def logistic(z: Array) -> Array:
    """σ(z), good enough for z of order 1."""
    a: Array = 1 / (1 + np.exp(-z))
    return a


def two_vectors(rng: Generator, sizes: Sizes) -> tuple[Array, Array]:
    """(a, b) of different lengths, R and C."""
    return rng.normal(size=sizes["R"]), rng.normal(size=sizes["C"])


def along(f: Callable[[float], float]) -> float:
    """The slope of f at 0: with f(t) = J(X + t·dX), the differential dJ along dX."""
    return float(central_differences(lambda t: f(float(t)), np.zeros(())))
