"""The networks of ps5 in other words: element by element, and as losses to differentiate.

Shapes: X (N, D), y (N, 1), W_ih (D, H), W_ho (H, 1); W0 (D, H), W1 (H, K), W2 (K, 1).
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def logistic(z: Array) -> Array:
    """Return σ(z), elementwise; written with tanh, it never overflows."""
    a: Array = (1 + np.tanh(z / 2)) / 2
    return a


def predictions(X: Array, *weights: Array) -> Array:
    """Return ŷ (N, 1): sigmoid layers, then an identity output. Any number of layers."""
    A = X
    for W in weights[:-1]:
        A = logistic(A @ W)
    return A @ weights[-1]


def unit_by_unit(X: Array, *weights: Array) -> tuple[Array, ...]:
    """Return every layer's output, one example and one unit at a time."""
    layers = []
    for depth, W in enumerate(weights, 1):
        X = np.array(
            [[sum(x * w for x, w in zip(row, unit, strict=True)) for unit in W.T] for row in X]
        )
        X = X if depth == len(weights) else logistic(X)
        layers.append(X)
    return tuple(layers)


def half_mean_square(X: Array, y: Array, *weights: Array) -> float:
    """Return 1/(2N)·Σ(ŷ − y)²."""
    return float(np.mean((predictions(X, *weights) - y) ** 2)) / 2
