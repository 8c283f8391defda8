"""Right answers to ps4 in other styles: loops, einsum, np.outer, work on own copies."""

import numpy as np


def logistic(z):
    return 1 / (1 + np.exp(-z))


def linear_forward(A_prev, W, b):
    """Column by column."""
    columns = [np.dot(W, A_prev[:, i]) + b.ravel() for i in range(A_prev.shape[1])]
    return np.stack(columns, axis=1)


def linear_forward_in_place(A_prev, W, b):
    Z = np.einsum("ij,jn->in", W, A_prev)
    Z += b
    return Z


def sigmoid_backward(dA, Z):
    """The slope without the activation."""
    powers = np.exp(-Z)
    return dA * powers / (1 + powers) ** 2


def forward(X, W1, b1, W2, b2):
    """Row by row, with the biases as vectors."""
    Z1 = np.array([sum(W1[h, d] * X[d] for d in range(len(X))) + b1[h, 0] for h in range(len(W1))])
    A1 = logistic(Z1)
    Z2 = (A1.T @ W2.T + b2.T).T
    return [Z1, A1, Z2, logistic(Z2)]


def binary_cross_entropy(A2, Y):
    """Python's own loop, choosing the term that counts."""
    total = 0.0
    for a, y in zip(A2[0], Y[0], strict=True):
        p = a if y == 1 else 1 - a
        total -= np.log(max(p, 1e-15))
    return total / len(A2[0])


def binary_cross_entropy_with_maximum(A2, Y):
    tiny = 1e-300
    ones, zeros = np.log(np.maximum(A2, tiny)), np.log(np.maximum(1 - A2, tiny))
    return np.array([[-(Y @ ones.T + (1 - Y) @ zeros.T).item() / Y.size]])


def output_activation_gradient(A2, Y):
    return (A2 - Y) / (A2 * (1 - A2))


def output_error_term(A2, Y):
    """The two factors of the chain rule, not simplified."""
    return (-Y / A2 + (1 - Y) / (1 - A2)) * A2 * (1 - A2)


def weight_gradient(dZ, A_prev):
    """One outer product per example."""
    dW = np.zeros((dZ.shape[0], A_prev.shape[0]))
    for i in range(dZ.shape[1]):
        dW += np.outer(dZ[:, i], A_prev[:, i])
    return dW / dZ.shape[1]


def weight_gradient_by_einsum(dZ, A_prev):
    return np.einsum("in,jn->nij", dZ, A_prev).mean(axis=0)


def bias_gradient(dZ):
    return np.mean(dZ, axis=1)[:, None]


def bias_gradient_by_ones(dZ):
    """The product with a column of ones sums each row."""
    N = dZ.shape[1]
    return dZ @ np.ones((N, 1)) / N


def linear_backward(dZ, A_prev, W):
    N = dZ.shape[1]
    dA_prev = np.tensordot(W, dZ, axes=(0, 0))
    return dA_prev, np.dot(A_prev, dZ.T).T / N, np.add.reduce(dZ, axis=1).reshape(-1, 1) / N


def backward(X, Y, W1, b1, W2, b2):
    """Example by example, adding up."""
    totals = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    N = X.shape[1]
    for i in range(N):
        x, y = X[:, i : i + 1], Y[0, i]
        a1 = logistic(W1 @ x + b1)
        error = logistic(W2 @ a1 + b2) - y
        hidden = W2.T * error * a1 * (1 - a1)
        for total, part in zip(totals, (hidden * x.T, hidden, error * a1.T, error), strict=True):
            np.add(total, part, out=total)
    return [total / N for total in totals]


def backward_with_scaled_error(X, Y, W1, b1, W2, b2):
    """The 1/N goes into the first error term and travels along."""
    A1 = logistic(W1 @ X + b1)
    A2 = logistic(W2 @ A1 + b2)
    dZ2 = (A2 - Y) / Y.shape[1]
    dZ1 = np.outer(W2, dZ2) * (A1 - A1**2)
    return dZ1 @ X.T, dZ1.sum(1, keepdims=True), dZ2 @ A1.T, dZ2.sum(1, keepdims=True)


VARIANTS = {
    "linear_forward": [linear_forward, linear_forward_in_place],
    "sigmoid_backward": [sigmoid_backward],
    "forward": [forward],
    "binary_cross_entropy": [binary_cross_entropy, binary_cross_entropy_with_maximum],
    "output_activation_gradient": [output_activation_gradient],
    "output_error_term": [output_error_term],
    "weight_gradient": [weight_gradient, weight_gradient_by_einsum],
    "bias_gradient": [bias_gradient, bias_gradient_by_ones],
    "linear_backward": [linear_backward],
    "backward": [backward, backward_with_scaled_error],
}
