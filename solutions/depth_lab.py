"""Reference answers of ps9: how gradients change with depth, and batch normalisation.

Columns are examples in `standardize` and `gradient_norms`: X (D, N), W (n_l, n_{l−1}), b (n_l, 1).
Rows are examples in `batchnorm_backward` and `spiral_network`.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Layer = tuple[Array, Array]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def activate(Z: Array, activation: str) -> Array:
    """Return the activations of Z, of Z's shape, for "sigmoid", "tanh" or "relu"."""
    if activation == "sigmoid":
        return sigmoid(Z)
    A: Array = np.tanh(Z) if activation == "tanh" else np.maximum(Z, 0)
    return A


def softmax(Z: Array) -> Array:
    """Turn scores Z (K, N) into probabilities (K, N); each column sums to 1."""
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    P: Array = E / E.sum(axis=0, keepdims=True)
    return P


def standardize(X: Array) -> Array:
    """Give each feature (row) of X (D, N) zero mean and unit population variance.

    A feature whose largest value equals its smallest becomes 0.
    """
    constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)
    mean = X.mean(axis=1, keepdims=True)
    std = np.where(constant, 1.0, X.std(axis=1, keepdims=True))
    return np.where(constant, 0.0, (X - mean) / std)


def backward_factor(activation: str, weight_std: float, width: int) -> float:
    """Return the predicted factor from the error terms of one layer to those of the layer before.

    `activation` is "sigmoid", "tanh" or "relu", `weight_std` the standard deviation of the weights,
    and `width` the number of units in each layer. Sizes are compared by their root mean square.
    """
    slope = {"sigmoid": 1 / 4, "tanh": 1.0, "relu": np.sqrt(1 / 2)}[activation]
    return float(weight_std * np.sqrt(width) * slope)


def gradient_norms(
    X: Array, y: Labels, weights: list[Array], biases: list[Array], activation: str
) -> Array:
    """Return the Frobenius norm of dW for each layer (L,), first layer first.

    The loss is the mean cross-entropy of the labels y (N,); the last layer is a softmax, the others
    have the `activation`.
    """
    N = len(y)
    A = [X]
    for W, b in zip(weights[:-1], biases[:-1]):
        A.append(activate(W @ A[-1] + b, activation))
    delta = softmax(weights[-1] @ A[-1] + biases[-1])
    delta[y, np.arange(N)] -= 1
    norms = np.empty(len(weights))
    for i in reversed(range(len(weights))):
        norms[i] = np.linalg.norm(delta @ A[i].T / N)
        if i > 0:
            a = A[i]
            slope = {"sigmoid": a * (1 - a), "tanh": 1 - a**2, "relu": 1.0 * (a > 0)}[activation]
            delta = (weights[i].T @ delta) * slope
    return norms


def scaled_weights(normals: list[Array], activation: str) -> list[Array]:
    """Return one weight array for each array (n_out, n_in) of standard normal numbers.

    Each is multiplied by the standard deviation that 9.2 asks for at the width n_in.
    """
    gain = {"sigmoid": 4.0, "tanh": 1.0, "relu": np.sqrt(2.0)}[activation]
    return [gain / np.sqrt(normal.shape[1]) * normal for normal in normals]


def batchnorm_backward(
    dout: Array, X: Array, gamma: Array, eps: float
) -> tuple[Array, Array, Array]:
    """Return (dX (N, M), dgamma (M,), dbeta (M,)) of batch normalisation.

    `dout` (N, M) is the derivative of the loss with respect to its output, X (N, M) the batch,
    gamma (M,) the scales, and eps is added to the variances.
    """
    spread = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / spread
    dX_hat = dout * gamma
    through_mean = dX_hat.mean(axis=0)
    through_variance = X_hat * (dX_hat * X_hat).mean(axis=0)
    dX = (dX_hat - through_mean - through_variance) / spread
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def spiral_network(X: Array, y: Labels) -> tuple[str, list[Layer]]:
    """Return (activation, layers) of a network with at most 40 numbers that knows the spiral.

    X (300, 2) are the points, one per row, and y (300,) their arms. `layers` is a list of (W, b),
    W (n_in, n_out), b (n_out,), from 2 inputs to 3 scores; the activation follows each layer but
    the last.
    """
    # Plain descent found these 39 numbers, on a spiral that is not turned: 6 tanh units.
    W1 = np.array([[-12.4, -8.3, 7.8, -0.1, 1.8, -5.8], [11.5, -4.9, 0.0, -7.9, -8.2, -2.9]])
    b1 = np.array([-0.1, 0.3, 2.8, -4.2, 2.5, 2.5])
    W2 = np.empty((6, 3))
    W2[:, 0] = [4.3, -11.5, 1.1, 13.5, 10.3, 3.6]
    W2[:, 1] = [1.9, 8.3, 7.0, -5.0, -5.3, -11.0]
    W2[:, 2] = [-10.0, 1.6, -6.8, -7.4, -4.8, 6.2]
    b2 = np.array([2.0, 1.6, -3.6])
    # By how much is this one turned? Each point tells, but for the noise: take the mean direction.
    points = X[:, 1] + 1j * X[:, 0]
    turn = np.angle(np.sum(points * np.exp(-4j * (y + np.abs(points)))))
    cos, sin = np.cos(turn), np.sin(turn)
    back = np.array([[cos, sin], [-sin, cos]])
    return "tanh", [(back @ W1, b1), (W2, b2)]
