"""The 2-3-2 network of 6.9 to 6.11: its draws, its loss. Columns are examples."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Sizes,
)

from .cost import cost, penalty
from .draws import Array, Labels, Parts, away_from_zero, labels, rate


def network(rng: Generator) -> Parts:
    """W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1)."""
    W1, b1 = away_from_zero(rng, 3, 2), away_from_zero(rng, 3, 1)
    return W1, b1, away_from_zero(rng, 2, 3), away_from_zero(rng, 2, 1)


def batch(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, W1, b1, W2, b2, reg)."""
    N = sizes["N"]
    return rng.normal(size=(2, N)), labels(rng, N, 2), *network(rng), rate(rng)


def loss(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> float:
    """The network turned into rows, its sigmoid written with tanh."""
    A1 = 0.5 + 0.5 * np.tanh((X.T @ W1.T + b1.T) / 2)
    return cost(A1 @ W2.T + b2.T, y) + penalty(W1, W2, reg)


def logistic(Z: Array) -> Array:
    """σ(Z), elementwise."""
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def slope(A: Array) -> Array:
    """σ' from the activation."""
    return A * (1 - A)
