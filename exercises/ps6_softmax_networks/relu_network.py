"""The ReLU network of 6.13 and 6.14: its draws, its loss, its way back. Rows are examples."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Sizes,
)

from .cost import cost, penalty, softmax
from .draws import Array, Labels, Parts, away_from_zero, labels

KINK = 0.02
"""No pre-activation of a ReLU is nearer to 0."""


def network(rng: Generator, sizes: Sizes) -> tuple[Array, Labels, Array, Array, Array, Array]:
    """(X, y, W1, b1, W2, b2)."""
    N, D, H, K = (sizes[axis] for axis in "NDHK")
    W1, b1 = away_from_zero(rng, D, H), away_from_zero(rng, H)
    W2, b2 = away_from_zero(rng, H, K), away_from_zero(rng, K)
    return rng.normal(size=(N, D)), labels(rng, N, K), W1, b1, W2, b2


def is_clear(X: Array, W1: Array, b1: Array) -> bool:
    """No kink is near, and a batch switches units both on and off."""
    Z1 = X @ W1 + b1
    mixed = len(X) == 1 or (Z1.min() < 0 < Z1.max())
    return bool(np.abs(Z1).min() > KINK and mixed)


def loss(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> float:
    """The loss; (z + |z|)/2 is the ReLU."""
    Z1 = X @ W1 + b1
    return cost((Z1 + np.abs(Z1)) / 2 @ W2 + b2, y) + penalty(W1, W2, reg)


def backward(
    mask: Callable[[Array, Array], Array] = lambda dA1, Z1: dA1 * (Z1 > 0),
    weights: Callable[[Array, Array, float], Array] = lambda dW, W, reg: dW + reg * W,
    bias_reg: float = 0.0,
    biases: float = 1.0,
) -> Callable[..., Parts]:
    """Make the gradients with one step exchanged; without arguments, right ones.

    `bias_reg` is the share of reg that the biases get; `biases` multiplies them.
    """

    def gradients(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
    ) -> Parts:
        Z1 = X @ W1 + biases * b1
        A1 = np.maximum(0, Z1)
        D2 = (softmax(A1 @ W2 + biases * b2) - np.eye(len(b2))[y]) / len(y)
        D1 = mask(D2 @ W2.T, Z1)
        db1, db2 = D1.sum(axis=0) + bias_reg * reg * b1, D2.sum(axis=0) + bias_reg * reg * b2
        return weights(X.T @ D1, W1, reg), db1, weights(A1.T @ D2, W2, reg), db2

    return gradients
