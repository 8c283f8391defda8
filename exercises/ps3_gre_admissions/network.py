"""The 6-2-1 network with all records at once: a second formulation of what ps3 asks for.

Shapes: X (N, D), y (N,), W_ih (D, H), W_ho (H,).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weights = tuple[Array, Array]
Gradients = Callable[[Array, Array, Array, Array], Weights]
Step = Callable[[Array, Array, Weights, float], Weights]
Trained = tuple[Array, Array, list[float]]
Train = Callable[[Array, Array, Array, Array, float, int], Trained]


def logistic(z: Array) -> Array:
    """Return 1/(1 + e⁻ᶻ), elementwise."""
    a: Array = 1 / (1 + np.exp(-z))
    return a


def outputs(X: Array, W_ih: Array, W_ho: Array) -> Array:
    """Return ŷ for each row of X; for one record x (D,) a number."""
    return logistic(logistic(X @ W_ih) @ W_ho)


def half_square_sum(X: Array, y: Array, W_ih: Array, W_ho: Array) -> float:
    """Return Σ½(y − ŷ)² over the rows of X."""
    return 0.5 * float(np.sum((y - outputs(X, W_ih, W_ho)) ** 2))


def half_mean_square(X: Array, y: Array, W_ih: Array, W_ho: Array) -> float:
    """Return 1/(2N)·Σ(y − ŷ)²."""
    return half_square_sum(X, y, W_ih, W_ho) / len(y)


def error_terms(X: Array, y: Array, W_ih: Array, W_ho: Array) -> tuple[Array, Array, Array]:
    """Return hidden (N, H), the output error terms (N,) and the hidden ones (N, H)."""
    hidden = logistic(X @ W_ih)
    y_hat = logistic(hidden @ W_ho)
    delta_o = (y_hat - y) * y_hat * (1 - y_hat)
    return hidden, delta_o, np.outer(delta_o, W_ho) * hidden * (1 - hidden)


def summed_gradients(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Return the gradients of Σ½(y − ŷ)²: dW_ih (D, H), dW_ho (H,)."""
    hidden, delta_o, delta_h = error_terms(X, y, W_ih, W_ho)
    return X.T @ delta_h, hidden.T @ delta_o


def mean_share(rate: float, records: int) -> float:
    """Return η/N, what a summed gradient is multiplied by."""
    return rate / records


def descent(
    gradients: Gradients = summed_gradients,
    share: Callable[[float, int], float] = mean_share,
) -> Step:
    """Make the step −η·ΔW/N from a function that gives ΔW."""

    def step(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
        found = gradients(X, y, *weights)
        factor = share(rate, len(y))
        return weights[0] - factor * found[0], weights[1] - factor * found[1]

    return step


def output_weights_first(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
    """Update W_ho, and send the error back through the new one."""
    W_ih, W_ho = weights
    hidden, delta_o, _ = error_terms(X, y, W_ih, W_ho)
    W_ho = W_ho - rate * hidden.T @ delta_o / len(y)
    delta_h = np.outer(delta_o, W_ho) * hidden * (1 - hidden)
    return W_ih - rate * X.T @ delta_h / len(y), W_ho


def every_tenth(epoch: int) -> bool:
    """Tell whether the loss is recorded after this epoch (counted from 1)."""
    return epoch % 10 == 0


def has_risen(losses: list[float]) -> bool:
    """Tell whether the last recorded loss is above the one before."""
    return len(losses) > 1 and losses[-1] > losses[-2]


def training(
    step: Step = descent(),
    due: Callable[[int], bool] = every_tenth,
    ended: Callable[[list[float]], bool] = has_risen,
    loss: Callable[[Array, Array, Array, Array], float] = half_mean_square,
) -> Train:
    """Make a training function; without arguments, a right one."""

    def train(X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float, epochs: int) -> Trained:
        losses: list[float] = []
        for epoch in range(1, epochs + 1):
            W_ih, W_ho = step(X, y, (W_ih, W_ho), rate)
            if due(epoch):
                losses.append(loss(X, y, W_ih, W_ho))
                if ended(losses):
                    break
        return W_ih, W_ho, losses

    return train
