"""Reference answers of ps4: a D-H-1 network on a whole batch, columns are examples.

Sigmoid in both layers, binary cross-entropy averaged over the N examples. Error terms (dA, dZ)
belong to one example each and carry no 1/N; the gradients of the parameters carry it.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(Z: Array) -> Array:
    """Return σ(Z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    A: Array = 0.5 * (1 + np.tanh(0.5 * Z))
    return A


def linear_forward(A_prev: Array, W: Array, b: Array) -> Array:
    """Return Z (n_l, N) from A_prev (n_prev, N), W (n_l, n_prev) and b (n_l, 1)."""
    return W @ A_prev + b  # b is a column: numpy adds it to each of the N columns


def sigmoid_backward(dA: Array, Z: Array) -> Array:
    """Return dZ (n_l, N) from dA (n_l, N) and the pre-activation Z (n_l, N) of A = σ(Z)."""
    A = sigmoid(Z)
    return dA * A * (1 - A)


def forward(
    X: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Run a batch X (D, N) through both layers, with a sigmoid in each.

    Returns Z1 (H, N), A1 (H, N), Z2 (1, N) and A2 (1, N).
    """
    Z1 = linear_forward(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2 = linear_forward(A1, W2, b2)
    A2 = sigmoid(Z2)
    return Z1, A1, Z2, A2


def binary_cross_entropy(A2: Array, Y: Array) -> float:
    """Return the mean of −y·log a − (1 − y)·log(1 − a) over the N columns of A2, Y (1, N).

    Finite where A2 holds exact 0 or 1; between 1e-12 and 1 − 1e-12 nothing is clipped.
    """
    A = np.clip(A2, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


def output_activation_gradient(A2: Array, Y: Array) -> Array:
    """Return dA2 (1, N): each example's own loss, differentiated by its a. No 1/N."""
    dA2: Array = -Y / A2 + (1 - Y) / (1 - A2)
    return dA2


def output_error_term(A2: Array, Y: Array) -> Array:
    """Return dZ2 (1, N) = dA2 ⊙ σ'(Z2), simplified. No 1/N."""
    return A2 - Y


def weight_gradient(dZ: Array, A_prev: Array) -> Array:
    """Return dW (n_l, n_prev) of the mean loss from dZ (n_l, N) and A_prev (n_prev, N)."""
    dW: Array = dZ @ A_prev.T / dZ.shape[1]  # (n_l, N)(N, n_prev): sums over the examples
    return dW


def bias_gradient(dZ: Array) -> Array:
    """Return db (n_l, 1) of the mean loss from dZ (n_l, N)."""
    db: Array = dZ.sum(axis=1, keepdims=True) / dZ.shape[1]  # all N examples share b
    return db


def linear_backward(dZ: Array, A_prev: Array, W: Array) -> tuple[Array, Array, Array]:
    """Push dZ (n_l, N) back through Z = W·A_prev + b.

    Returns dA_prev (n_prev, N) without 1/N, and dW (n_l, n_prev), db (n_l, 1) with it.
    """
    return W.T @ dZ, weight_gradient(dZ, A_prev), bias_gradient(dZ)


def backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Return dW1 (H, D), db1 (H, 1), dW2 (1, H), db2 (1, 1) of the mean loss on X, Y (1, N)."""
    Z1, A1, _, A2 = forward(X, W1, b1, W2, b2)
    dA1, dW2, db2 = linear_backward(output_error_term(A2, Y), A1, W2)
    _, dW1, db1 = linear_backward(sigmoid_backward(dA1, Z1), X, W1)
    return dW1, db1, dW2, db2
