"""Reference answers of ps5: batches in rows, sigmoid hidden layers, identity output, no biases.

The loss over N examples is 1/(2N)·Σ(ŷ − y)². Error terms are per example, made from (ŷ − y),
and carry no 1/N; the gradients of the weights carry it.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def forward(X: Array, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
    """Run a batch X (N, D) through W_ih (D, H) and W_ho (H, 1).

    Returns hidden (N, H), after the sigmoid, and y_hat (N, 1), with no activation.
    """
    hidden = sigmoid(X @ W_ih)
    y_hat = hidden @ W_ho
    return hidden, y_hat


def mse_loss(y: Array, y_hat: Array) -> float:
    """Return 1/(2N)·Σ(ŷ − y)² of targets y (N, 1) and predictions y_hat (N, 1)."""
    loss: float = np.sum((y_hat - y) ** 2) / (2 * len(y))
    return loss


def output_weight_gradient(hidden: Array, y: Array, y_hat: Array) -> Array:
    """Return ∂L/∂W_ho (H, 1) from hidden (N, H), y (N, 1) and y_hat (N, 1)."""
    return hidden.T @ (y_hat - y) / len(y)


def hidden_error_term(y: Array, y_hat: Array, W_ho: Array, hidden: Array) -> Array:
    """Return the error terms (N, H) of the hidden layer: per example, with no 1/N."""
    return (y_hat - y) @ W_ho.T * hidden * (1 - hidden)


def input_weight_gradient(X: Array, hidden_error_term: Array) -> Array:
    """Return ∂L/∂W_ih (D, H) from X (N, D) and the hidden error terms (N, H)."""
    return X.T @ hidden_error_term / len(X)


def train(
    X: Array,
    y: Array,
    X_valid: Array,
    y_valid: Array,
    W_ih: Array,
    W_ho: Array,
    learning_rate: float,
    epochs: int,
) -> tuple[Array, Array, dict[str, list[float]]]:
    """Descend on X (N, D), y (N, 1) for `epochs` epochs, each one step with the whole batch.

    Returns W_ih, W_ho and history: history["train"] and history["valid"] hold one loss per
    epoch, taken after its update.
    """
    history: dict[str, list[float]] = {"train": [], "valid": []}
    for _ in range(epochs):
        hidden, y_hat = forward(X, W_ih, W_ho)
        dW_ho = output_weight_gradient(hidden, y, y_hat)
        dW_ih = input_weight_gradient(X, hidden_error_term(y, y_hat, W_ho, hidden))
        W_ih = W_ih - learning_rate * dW_ih
        W_ho = W_ho - learning_rate * dW_ho
        history["train"].append(mse_loss(y, forward(X, W_ih, W_ho)[1]))
        history["valid"].append(mse_loss(y_valid, forward(X_valid, W_ih, W_ho)[1]))
    return W_ih, W_ho, history


def deep_forward(X: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, Array, Array]:
    """Run a batch X (N, D) through two sigmoid layers and an identity output.

    W0 is (D, H), W1 (H, K), W2 (K, 1). Returns A1 (N, H), A2 (N, K) and y_hat (N, 1).
    """
    A1 = sigmoid(X @ W0)
    A2 = sigmoid(A1 @ W1)
    y_hat = A2 @ W2
    return A1, A2, y_hat


def deep_backward(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Return ∂L/∂W0 (D, H), ∂L/∂W1 (H, K) and ∂L/∂W2 (K, 1) of the three-layer network."""
    A1, A2, y_hat = deep_forward(X, W0, W1, W2)
    error = y_hat - y
    delta2 = error @ W2.T * A2 * (1 - A2)
    delta1 = delta2 @ W1.T * A1 * (1 - A1)
    return X.T @ delta1 / len(X), A1.T @ delta2 / len(X), A2.T @ error / len(X)
