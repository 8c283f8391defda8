"""The two-layer ReLU network of 7.5, without biases: its draws, its loss. Rows are examples."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Sizes,
)

from .draws import Array

KINK = 1e-2
"""Pre-activations of ReLU stay at least this far from 0, where the derivative jumps."""


def network(rng: Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """(x, y, w1, w2), w1 (D, H) and w2 (H, K): some units open, some shut, none at 0."""
    N, D, H, K = (sizes[axis] for axis in "NDHK")
    while True:
        x, y = rng.normal(size=(N, D)), rng.normal(size=(N, K))
        w1, w2 = rng.normal(size=(D, H)), rng.normal(size=(H, K))
        h = x @ w1
        if np.abs(h).min() > KINK and (h > 0).any() and (h < 0).any():
            return x, y, w1, w2


def loss(x: Array, y: Array, w1: Array, w2: Array) -> float:
    """Σ(ŷ − y)² of the network."""
    return float(np.sum((np.where(x @ w1 > 0, x @ w1, 0) @ w2 - y) ** 2))
