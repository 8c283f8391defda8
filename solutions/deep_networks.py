"""Reference answers of ps7: matrix differentials, and networks with any number of layers.

The two-layer ReLU network keeps examples in rows, like the notes that it comes from. From
`deep_forward` on, examples are columns: `X (D, N)`, `W (n_l, n_{l−1})`, `b (n_l, 1)`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def softmax(Z: Array) -> Array:
    """Turn scores Z (K, N) into probabilities (K, N); each column sums to 1."""
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    P: Array = E / E.sum(axis=0, keepdims=True)
    return P


def squared_error_gradient(y_pred: Array, y: Array) -> Array:
    """Return the gradient of Σ(ŷ − y)² with respect to y_pred; both are (N, K)."""
    return 2 * (y_pred - y)


def bilinear_gradient(a: Array, b: Array) -> Array:
    """Return the gradient of aᵀXb with respect to X (m, n), from a (m,) and b (n,)."""
    return np.outer(a, b)


def bilinear_transposed_gradient(a: Array, b: Array) -> Array:
    """Return the gradient of aᵀXᵀb with respect to X (m, n), from a (n,) and b (m,)."""
    return np.outer(b, a)


def dimensions_that_fit(delta: Array, A_prev: Array) -> Array:
    """Multiply delta (n_l, N) and A_prev (n_{l−1}, N) in the one way that gives (n_l, n_{l−1})."""
    return delta @ A_prev.T


def gradient_from_jacobian(jacobian: Array) -> Array:
    """Return the gradient ∇f (m, n) from the matrix D (n, m) of df = tr(D·dX)."""
    return jacobian.T


def two_layer_relu_gradients(x: Array, y: Array, w1: Array, w2: Array) -> tuple[Array, Array]:
    """Return (dw1 (D, H), dw2 (H, K)) of Σ(ŷ − y)² for ŷ = max(0, x·w1)·w2.

    Rows are examples: x (N, D), y (N, K).
    """
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    dy_pred = squared_error_gradient(y_pred, y)
    dw2 = h_relu.T @ dy_pred
    dh = (dy_pred @ w2.T) * (h > 0)
    dw1 = x.T @ dh
    return dw1, dw2


def two_layer_relu_train(
    x: Array, y: Array, w1: Array, w2: Array, learning_rate: float, steps: int
) -> tuple[Array, Array, list[float]]:
    """Descend `steps` times; return (w1, w2, losses), each loss taken before its update."""
    losses = []
    for _ in range(steps):
        y_pred = np.maximum(x @ w1, 0) @ w2
        losses.append(float(np.sum((y_pred - y) ** 2)))
        dw1, dw2 = two_layer_relu_gradients(x, y, w1, w2)
        w1 = w1 - learning_rate * dw1
        w2 = w2 - learning_rate * dw2
    return w1, w2, losses


def deep_forward(X: Array, weights: list[Array], biases: list[Array]) -> list[Array]:
    """Return the activations [A0, …, AL] of a batch X (D, N); A0 is X, AL (K, N) is the softmax.

    weights[i] (n_{i+1}, n_i) and biases[i] (n_{i+1}, 1) lead from A_i to A_{i+1}.
    """
    activations = [X]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(sigmoid(W @ activations[-1] + b))
    activations.append(softmax(weights[-1] @ activations[-1] + biases[-1]))
    return activations


def deep_loss(X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float) -> float:
    """Return the mean cross-entropy of the labels y (N,) plus ½·reg·Σ‖W‖²."""
    probs = deep_forward(X, weights, biases)[-1]
    data_loss = -np.log(probs[y, np.arange(len(y))]).mean()
    reg_loss = 0.5 * reg * sum(np.sum(W**2) for W in weights)
    return float(data_loss + reg_loss)


def deep_gradients(
    X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float
) -> tuple[list[Array], list[Array]]:
    """Return (list of dW, list of db) of `deep_loss`, in the order of weights and biases."""
    N = len(y)
    activations = deep_forward(X, weights, biases)
    delta = activations[-1].copy()
    delta[y, np.arange(N)] -= 1  # δ of the output layer: P − Y, per example
    dWs: list[Array] = []
    dbs: list[Array] = []
    for i in reversed(range(len(weights))):
        dWs.insert(0, delta @ activations[i].T / N + reg * weights[i])
        dbs.insert(0, delta.sum(axis=1, keepdims=True) / N)
        if i > 0:
            delta = (weights[i].T @ delta) * activations[i] * (1 - activations[i])
    return dWs, dbs


def update(parameters: list[Array], gradients: list[Array], learning_rate: float) -> list[Array]:
    """Return a new list: each parameter after one step of gradient descent."""
    return [p - learning_rate * g for p, g in zip(parameters, gradients, strict=True)]


def standardize(X: Array) -> Array:
    """Give each feature (row) of X (D, N) zero mean and unit population variance.

    A feature whose largest value equals its smallest becomes 0.
    """
    constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)
    mean = X.mean(axis=1, keepdims=True)
    std = np.where(constant, 1.0, X.std(axis=1, keepdims=True))
    return np.where(constant, 0.0, (X - mean) / std)


def gradient_check(
    f: Callable[[Array], float], gradient: Array, x: Array, h: float = 1e-5
) -> float:
    """Compare `gradient` with central differences of f (array → number) at x, of any shape.

    Returns the largest |a − n|/max(1e-8, |a| + |n|) over all elements.
    """
    numeric = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        numeric[index] = (f(above) - f(below)) / (2 * h)
    scale = np.maximum(1e-8, np.abs(gradient) + np.abs(numeric))
    return float(np.max(np.abs(gradient - numeric) / scale))  # np.max lets nan through


def broken_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Claim to return (dW1, db1, dW2, db2) of the mean binary cross-entropy. Two lines are wrong.

    Columns are examples: X (D, N), Y (1, N), W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1).
    """
    N = X.shape[0]
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / N
    db2 = dZ2.sum(axis=1, keepdims=True) / N
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * A2 * (1 - A2)
    dW1 = dZ1 @ X.T / N
    db1 = dZ1.sum(axis=1, keepdims=True) / N
    return dW1, db1, dW2, db2


def fixed_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Return (dW1, db1, dW2, db2) of the mean binary cross-entropy, with both mistakes fixed.

    Columns are examples: X (D, N), Y (1, N), W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1).
    """
    N = X.shape[1]
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / N
    db2 = dZ2.sum(axis=1, keepdims=True) / N
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = dZ1 @ X.T / N
    db1 = dZ1.sum(axis=1, keepdims=True) / N
    return dW1, db1, dW2, db2
