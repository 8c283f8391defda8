"""Reference answers of ps3: record by record through a 6-2-1 network, sigmoid, no biases.

The loss over N records is 1/(2N)·Σ(y − ŷ)². Error terms are (ŷ − y): descent subtracts them.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def forward(x: Array, W_ih: Array, W_ho: Array) -> tuple[Array, float]:
    """Run one record x (D,) through W_ih (D, H) and W_ho (H,).

    Returns hidden (H,), the activations of the hidden layer, and y_hat, a number.
    """
    hidden = sigmoid(x @ W_ih)
    y_hat = float(sigmoid(hidden @ W_ho))
    return hidden, y_hat


def output_error_term(y: float, y_hat: float) -> float:
    """Return δ_o = ∂/∂out of ½(y − ŷ)² with ŷ = σ(out), a number."""
    return (y_hat - y) * y_hat * (1 - y_hat)


def hidden_error(output_error_term: float, W_ho: Array) -> Array:
    """Return ∂/∂a for the hidden activations a, (H,): what each hidden unit contributed."""
    return output_error_term * W_ho


def hidden_error_term(hidden_error: Array, hidden: Array) -> Array:
    """Push hidden_error (H,) back through the sigmoid, whose outputs are hidden (H,)."""
    return hidden_error * hidden * (1 - hidden)


def record_gradients(x: Array, y: float, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
    """Return the gradient of ½(y − ŷ)² for one record x (D,): dW_ih (D, H) and dW_ho (H,)."""
    hidden, y_hat = forward(x, W_ih, W_ho)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(hidden_error(delta_o, W_ho), hidden)
    return np.outer(x, delta_h), delta_o * hidden


def epoch_gradients(
    features: Array, targets: Array, W_ih: Array, W_ho: Array
) -> tuple[Array, Array]:
    """Return the sum of the gradients of all records: dW_ih (D, H) and dW_ho (H,).

    features is (N, D), one record a row; targets is (N,).
    """
    dW_ih, dW_ho = np.zeros(W_ih.shape), np.zeros(W_ho.shape)
    for x, y in zip(features, targets, strict=True):
        of_W_ih, of_W_ho = record_gradients(x, y, W_ih, W_ho)
        dW_ih += of_W_ih
        dW_ho += of_W_ho
    return dW_ih, dW_ho


def mse_loss(targets: Array, outputs: Array) -> float:
    """Return 1/(2N)·Σ(y − ŷ)² of targets (N,) and outputs (N,)."""
    loss: float = np.sum((targets - outputs) ** 2) / (2 * len(targets))
    return loss


def train(
    features: Array,
    targets: Array,
    W_ih: Array,
    W_ho: Array,
    learning_rate: float,
    epochs: int,
) -> tuple[Array, Array, list[float]]:
    """Descend for `epochs` epochs, or until the recorded loss rises.

    After the updates of epochs 10, 20, … the loss over all records is appended to `losses`;
    training ends when it is above the one appended before. Returns W_ih, W_ho and losses.
    """
    losses: list[float] = []
    for epoch in range(1, epochs + 1):
        dW_ih, dW_ho = epoch_gradients(features, targets, W_ih, W_ho)
        W_ih = W_ih - learning_rate * dW_ih / len(features)
        W_ho = W_ho - learning_rate * dW_ho / len(features)
        if epoch % 10 == 0:
            outputs = np.array([forward(x, W_ih, W_ho)[1] for x in features])
            losses.append(mse_loss(targets, outputs))
            if len(losses) > 1 and losses[-1] > losses[-2]:
                break
    return W_ih, W_ho, losses


def accuracy(features: Array, targets: Array, W_ih: Array, W_ho: Array) -> float:
    """Return the share of records (N, D) for which ŷ > 0.5 says what targets (N,) says."""
    outputs = np.array([forward(x, W_ih, W_ho)[1] for x in features])
    share: float = np.mean((outputs > 0.5) == targets)
    return share
