"""The networks of ps5 in other words: element by element, and as losses to differentiate.

Shapes: X (N, D), y (N, 1), W_ih (D, H), W_ho (H, 1); W0 (D, H), W1 (H, K), W2 (K, 1).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weights = tuple[Array, Array]
Step = Callable[[Array, Array, Weights, float], Weights]
Trained = tuple[Array, Array, dict[str, list[float]]]
Train = Callable[[Array, Array, Array, Array, Array, Array, float, int], Trained]


def logistic(z: Array) -> Array:
    """Return σ(z), elementwise; a wrong training may send z anywhere."""
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


def gradients(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Return ∂L/∂W_ih and ∂L/∂W_ho; the sigmoid's derivative is taken with tanh."""
    half = np.tanh(X @ W_ih / 2)
    hidden = (1 + half) / 2
    error = (hidden @ W_ho - y) / len(X)
    return X.T @ ((1 - half**2) / 4 * error * W_ho.T), hidden.T @ error


def descent(
    gradients: Callable[[Array, Array, Array, Array], Weights] = gradients,
    share: Callable[[float, int], float] = lambda rate, examples: rate,
) -> Step:
    """Make the step −η·dW from a function that gives dW."""

    def step(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
        found = gradients(X, y, *weights)
        factor = share(rate, len(X))
        return weights[0] - factor * found[0], weights[1] - factor * found[1]

    return step


def training(step: Step = descent()) -> Train:
    """Make a training function from a step; without arguments, a right one."""

    def train(
        X: Array,
        y: Array,
        X_valid: Array,
        y_valid: Array,
        W_ih: Array,
        W_ho: Array,
        rate: float,
        epochs: int,
    ) -> Trained:
        history: dict[str, list[float]] = {"train": [], "valid": []}
        for _ in range(epochs):
            W_ih, W_ho = step(X, y, (W_ih, W_ho), rate)
            history["train"].append(half_mean_square(X, y, W_ih, W_ho))
            history["valid"].append(half_mean_square(X_valid, y_valid, W_ih, W_ho))
        return W_ih, W_ho, history

    return train


def linear_loss(X: Array, y: Array, X_valid: Array, y_valid: Array) -> float:
    """Return the validation loss of the best linear model (with a constant) of the training data.

    For X (N, D) and y (N, 1).
    """
    best = np.linalg.lstsq(_with_ones(X), y, rcond=None)[0]
    return float(np.mean((_with_ones(X_valid) @ best - y_valid) ** 2)) / 2


def _with_ones(X: Array) -> Array:
    return np.column_stack([X, np.ones(len(X))])
