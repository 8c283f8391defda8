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


def sigmoid_slope(A: Array) -> Array:
    """Return σ'(Z), elementwise, from the activation A = σ(Z)."""
    return A * (1 - A)


def linear_forward(A_prev: Array, W: Array, b: Array) -> Array:
    """Return Z, what a layer adds up, from A_prev, its matrix W and its bias b."""
    return W @ A_prev + b  # numpy adds b to each of the N columns


def shapes(N: int, D: int, H: int) -> dict[str, tuple[int, int]]:
    """Return the shape of every array of the D-H-1 network for N examples in columns.

    Keys: W1 b1 Z1 A1 W2 b2 Z2 dZ2 dW2 db2 dA1 dZ1 dW1 db1, and ones, the factor behind dZ1.
    """
    sizes = {
        "W1": (H, D), "b1": (H, 1), "Z1": (H, N), "A1": (H, N),
        "W2": (1, H), "b2": (1, 1), "Z2": (1, N),
    }  # fmt: skip
    gradients = {"d" + name: shape for name, shape in sizes.items()}  # each like its letter
    return {**sizes, **gradients, "ones": (N, 1)}


def forward(
    X: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Run a batch X (D, N) through both layers, with a sigmoid in each.

    The parameters have the shapes of 4.1. Returns Z1, A1, Z2 and A2, in this order.
    """
    Z1 = linear_forward(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2 = linear_forward(A1, W2, b2)
    A2 = sigmoid(Z2)
    return Z1, A1, Z2, A2


def binary_cross_entropy(A2: Array, Y: Array) -> float:
    """Return J, one number: the mean loss of the examples in the columns of A2 and Y (1, N).

    Finite where A2 holds exact 0 or 1; between 1e-12 and 1 − 1e-12 nothing is clipped.
    """
    A = np.clip(A2, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


def output_activation_gradient(A2: Array, Y: Array) -> Array:
    """Return dA2: in each column, the derivative of that example's own loss with respect to a.

    A2 holds the outputs, strictly between 0 and 1; Y (1, N) the labels.
    """
    dA2: Array = -Y / A2 + (1 - Y) / (1 - A2)
    return dA2


def output_error_term(A2: Array, Y: Array) -> Array:
    """Return dZ2: in each column, the derivative of that example's own loss with respect to z.

    A2 holds the outputs, from 0 to 1 with both ends; Y (1, N) the labels.
    """
    return A2 - Y


def weight_gradient_entry(dZ: Array, A_prev: Array, i: int, j: int) -> float:
    """Return the derivative of the mean loss with respect to the one weight W[i, j].

    dZ holds the error terms of the layer, A_prev what it reads: a column for each example.
    """
    return float(np.mean(dZ[i] * A_prev[j]))  # W[i, j] takes part in every example


def weight_gradient(dZ: Array, A_prev: Array) -> Array:
    """Return dW: the derivative of the mean loss with respect to W, of the shape of W.

    dZ holds the error terms of the layer, A_prev what it reads: a column for each example.
    """
    dW: Array = dZ @ A_prev.T / dZ.shape[1]  # (n_l, N)(N, n_prev): sums over the examples
    return dW


def bias_gradient(dZ: Array) -> Array:
    """Return db: the derivative of the mean loss with respect to b, from the error terms dZ."""
    db: Array = dZ.sum(axis=1, keepdims=True) / dZ.shape[1]  # all N examples share b
    return db


def probe(dZ: Array, A_prev: Array, W: Array, b: Array) -> float:
    """Return one number whose derivative with respect to Z = W·A_prev + b is dZ.

    It is linear in Z, and 0 where Z is 0. The arrays are those of one layer, of any size.
    """
    Z = linear_forward(A_prev, W, b)
    return float(np.sum(dZ * Z))


def linear_backward(dZ: Array, A_prev: Array, W: Array) -> tuple[Array, Array, Array]:
    """Push dZ back through Z = W·A_prev + b, for a layer of any size.

    Returns dA_prev, the derivatives of the examples' own losses, and dW, db, those of the mean.
    """
    return W.T @ dZ, weight_gradient(dZ, A_prev), bias_gradient(dZ)


def backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Return dW1, db1, dW2, db2: the derivatives of the mean loss with respect to the parameters.

    X (D, N) is the batch, Y (1, N) its labels.
    """
    _, A1, _, A2 = forward(X, W1, b1, W2, b2)
    dA1, dW2, db2 = linear_backward(output_error_term(A2, Y), A1, W2)
    _, dW1, db1 = linear_backward(dA1 * sigmoid_slope(A1), X, W1)
    return dW1, db1, dW2, db2
