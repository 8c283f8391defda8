"""Functions that both sides of the trust line know by name, for arguments such as `f`.

This file enters the sandbox and check.py, so it imports nothing but numpy.

Each takes a float64 array of any shape and returns a float of order 1. The elements of an array
play different parts, so that a gradient which mixes them up shows.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ScalarFunction = Callable[[Array], float]


def _weights(x: Array) -> Array:
    """1, 1.25, 1.5, … in the order of the elements, in the shape of x."""
    return np.reshape(1.0 + 0.25 * np.arange(np.size(x), dtype=np.float64), np.shape(x))


def sum_of_squares(x: Array) -> float:
    """Σ wᵢ·xᵢ², with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.square(x)))


def sum_of_cubes(x: Array) -> float:
    """Σ wᵢ·xᵢ³, with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.power(x, 3)))


def sum_of_sines(x: Array) -> float:
    """Σ sin(wᵢ·xᵢ), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(np.sin(_weights(x) * x)))


def product_of_cosines(x: Array) -> float:
    """Π cos(xᵢ/(wᵢ + 1)), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.prod(np.cos(x / (_weights(x) + 1.0))))


def weighted_exponential(x: Array) -> float:
    """exp(mean of wᵢ·xᵢ / 2), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.exp(np.mean(_weights(x) * x) / 2.0))


SCALARS: tuple[ScalarFunction, ...] = (
    sum_of_squares,
    sum_of_cubes,
    sum_of_sines,
    product_of_cosines,
    weighted_exponential,
)
FUNCTIONS: Mapping[str, ScalarFunction] = MappingProxyType({f.__name__: f for f in SCALARS})
"""Name → function, for `Named(name)`."""
