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


def sigmoid_slope(a: Array) -> Array:
    """Return σ'(z), elementwise, from the activation a = σ(z)."""
    return a * (1 - a)


def mse_loss(y: Array, y_hat: Array) -> float:
    """Return 1/(2N)·Σ(ŷ − y)² of targets y (N, 1) and predictions y_hat."""
    loss: float = np.sum((y_hat - y) ** 2) / (2 * len(y))
    return loss


def deep_forward(X: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, Array, Array]:
    """Run a batch X (N, D) through the weights W0, W1 and W2 of 5.2.

    Returns A1 and A2, after their sigmoids, and y_hat, with no activation.
    """
    A1 = sigmoid(X @ W0)
    A2 = sigmoid(A1 @ W1)
    y_hat = A2 @ W2
    return A1, A2, y_hat


def shapes(N: int, D: int, H: int, K: int) -> dict[str, tuple[int, int]]:
    """Return the shapes of the D-H-K-1 network for N examples in rows.

    Keys: h1 h2 error dW2 delta2 dW1 delta1 dW0, and W2_turned A1_turned X_turned.
    """
    h1, h2, error = (N, H), (N, K), (N, 1)
    return {
        "h1": h1, "h2": h2, "error": error,
        "dW2": (K, 1), "delta2": h2, "dW1": (H, K), "delta1": h1, "dW0": (D, H),
        "W2_turned": (1, K), "A1_turned": (H, N), "X_turned": (D, N),
    }  # fmt: skip


def forward(X: Array, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
    """Run a batch X (N, D) through W_ih (D, H) and W_ho (H, 1).

    Returns hidden, after the sigmoid, and y_hat, with no activation.
    """
    hidden = sigmoid(X @ W_ih)
    y_hat = hidden @ W_ho
    return hidden, y_hat


def output_weight_gradient(hidden: Array, y: Array, y_hat: Array) -> Array:
    """Return dW_ho: the derivative of the loss with respect to W_ho (H, 1).

    hidden holds the activations, y (N, 1) the targets, y_hat the predictions.
    """
    return hidden.T @ (y_hat - y) / len(y)


def hidden_error_term(y: Array, y_hat: Array, W_ho: Array, hidden: Array) -> Array:
    """Return the error terms of the hidden layer, each from its example's own loss.

    y (N, 1) holds the targets, y_hat the predictions, hidden the activations; W_ho is (H, 1).
    """
    return (y_hat - y) @ W_ho.T * sigmoid_slope(hidden)


def input_weight_gradient(X: Array, hidden_error_term: Array) -> Array:
    """Return dW_ih: the derivative of the loss with respect to W_ih.

    X is (N, D); the error terms of the hidden layer have a row for each example.
    """
    return X.T @ hidden_error_term / len(X)


def fixed_backward_rows(X: Array, y: Array, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
    """Return dW_ih and dW_ho, the derivatives of the loss, where y is a vector (N,).

    X is (N, D), W_ih (D, H), W_ho (H, 1).
    """
    column = y[:, None]  # (N, 1), like the predictions
    hidden, y_hat = forward(X, W_ih, W_ho)
    terms = hidden_error_term(column, y_hat, W_ho, hidden)
    return input_weight_gradient(X, terms), output_weight_gradient(hidden, column, y_hat)


def einsum_backward(subscripts: str, A: Array, B: Array, dout: Array) -> tuple[Array, Array]:
    """Return dA and dB, the derivatives of the loss with respect to A and B.

    C = np.einsum(subscripts, A, B), with subscripts like "nd,dh->nh", and dout is the derivative
    of the loss with respect to C.
    """
    operands, c = subscripts.split("->")
    a, b = operands.split(",")
    dA: Array = np.einsum(f"{c},{b}->{a}", dout, B)  # C and A change places
    dB: Array = np.einsum(f"{a},{c}->{b}", A, dout)  # C and B change places
    return dA, dB


def deep_backward(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Return dW0, dW1 and dW2, the derivatives of the loss of the three-layer network.

    X is (N, D), y (N, 1); the weights are those of 5.2.
    """
    A1, A2, y_hat = deep_forward(X, W0, W1, W2)
    error = y_hat - y
    delta2 = error @ W2.T * sigmoid_slope(A2)
    delta1 = delta2 @ W1.T * sigmoid_slope(A1)
    return X.T @ delta1 / len(X), A1.T @ delta2 / len(X), A2.T @ error / len(X)


def stop_epoch(valid: list[float], patience: int) -> int:
    """Return the epoch, counted from 1, of the lowest loss seen until training stops.

    valid holds one loss for each epoch. Training stops when the loss was not below the lowest so
    far for `patience` epochs in a row, or at the end. Of equal losses the first one counts.
    """
    best, waited = 0, 0
    for epoch in range(1, len(valid)):
        waited += 1
        if valid[epoch] < valid[best]:
            best, waited = epoch, 0
        if waited == patience:
            break
    return best + 1


def diagnose(gradient: Array, numeric: Array, N: int) -> int:
    """Return what is wrong with a gradient, given a numeric one and the number of examples.

    0 nothing, 1 the sign, 2 N times too large, 3 N times too small, 4 twice, 5 half as large as
    it should be, 6 transposed, 7 none of these. The first that fits, to 1e-5 of the largest entry.
    """
    undone = (gradient, -gradient, gradient / N, gradient * N, gradient / 2, gradient * 2)
    for code, found in enumerate((*undone, gradient.T)):
        allowed = 1e-5 * np.abs(numeric).max()
        if found.shape == numeric.shape and np.abs(found - numeric).max() <= allowed:
            return code
    return 7
