"""The three-arm spiral that 6.14 is tried on at last: the points, and how many are got right."""

from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Sizes,
)
from solutions import softmax_networks

from .draws import Array, Labels

UNITS = 24
ENOUGH = 0.97
"""The share of the spiral that a trained network must get right."""


def spiral(rng: Generator, points: int, noise: float = 0.2) -> tuple[Array, Labels]:
    """Three arms with so many points each: X (3·points, 2), y. The same as the notebook's."""
    y = np.repeat(np.arange(3), points)
    radius = np.tile(np.linspace(0, 1, points), 3)
    angle = 4 * (y + radius) + noise * rng.normal(size=y.size)
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]), y


def spiral_network(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, W1, b1, W2, b2, 1.0, 1e-3, 150): starts from which the reference does well.

    So few points and units that a backward pass in Python loops is in time as well.
    """
    while True:
        X, y = spiral(rng, points=34, noise=0.05)
        W1, b1 = 2.5 * rng.normal(size=(2, UNITS)), 0.3 * rng.normal(size=UNITS)
        W2, b2 = 0.5 * rng.normal(size=(UNITS, 3)), 0.1 * rng.normal(size=3)
        arguments = X, y, W1, b1, W2, b2, 1.0, 1e-3, 150
        if share_right(softmax_networks.train(*arguments)[0], X, y) >= 0.98:
            return arguments


def share_right(parameters: Any, X: Array, y: Labels) -> float:
    """The share of points whose class gets the highest score; 0 where a score is not finite."""
    W1, b1, W2, b2 = parameters
    scores = np.maximum(0, X @ W1 + b1) @ W2 + b2
    return float(np.mean(scores.argmax(axis=1) == y)) if np.isfinite(scores).all() else 0.0


def gets_the_spiral(parameters: Any, arguments: Arguments) -> bool:
    """Whether trained parameters get enough of the points right."""
    X, y, *_ = arguments
    return share_right(parameters, X, y) >= ENOUGH
