"""The two-layer ReLU network of 7.5–7.7, without biases. Rows are examples."""

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


def output_layer(rng: Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """(G, r, w2): G (N, K), and an r (N, H) that comes out of a ReLU with open and shut units."""
    x, y, w1, w2 = network(rng, {"D": sizes["H"] + 1, **sizes})
    r = np.maximum(x @ w1, 0)
    return 2 * (r @ w2 - y), r, w2


def loss(x: Array, y: Array, w1: Array, w2: Array) -> float:
    """Σ(ŷ − y)² of the network."""
    return float(np.sum((np.where(x @ w1 > 0, x @ w1, 0) @ w2 - y) ** 2))
