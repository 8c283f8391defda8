"""The same results another way: central differences, logarithms, biases inside the weights."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.gradcheck import central_differences, gradients_of

from .draws import Array, Labels

Parts = tuple[Array, ...]


def log_softmax(scores: Array) -> Array:
    """Logarithms of the probabilities of rows, by log-sum-exp."""
    below = scores - scores.max(axis=1, keepdims=True)
    logarithms: Array = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    return logarithms


def softmax(scores: Array) -> Array:
    """Probabilities of rows, by logarithms."""
    probs: Array = np.exp(log_softmax(scores))
    return probs


def cost(scores: Array, y: Labels) -> float:
    """Mean cross-entropy of rows of scores."""
    one_hot = y[:, None] == np.arange(scores.shape[1])
    return float(-(one_hot * log_softmax(scores)).sum() / len(y))


def softmax_jacobian(p: Array) -> Array:
    """Each row differentiates one probability by the scores."""

    def gradient(i: int) -> Array:
        return central_differences(lambda s: float(softmax(s[None])[0, i]), np.log(p))

    return np.array([gradient(i) for i in range(len(p))])


def cross_entropy(probs: Array, y: Labels) -> float:
    """The logarithms are scores already."""
    return cost(np.log(probs), y)


def scores_gradient(probs: Array, y: Labels) -> Array:
    """Differentiate at the scores log p, which give these probabilities."""
    return central_differences(lambda scores: cost(scores, y), np.log(probs))


def _penalty(W1: Array, W2: Array, reg: float) -> float:
    return reg * float(np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2) / 2


def testnet_loss(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    """The 2-3-2 network, turned into rows."""
    A1 = 0.5 + 0.5 * np.tanh((X.T @ W1.T + b1.T) / 2)
    return cost(A1 @ W2.T + b2.T, y) + _penalty(W1, W2, reg)


def testnet_backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    """Central differences of one example's loss."""
    return _by_parameters(testnet_loss, x, np.array([label]), (W1, b1, W2, b2), 0.0)


def testnet_batch_backward(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> Parts:
    """Central differences of the batch's loss."""
    return _by_parameters(testnet_loss, X, y, (W1, b1, W2, b2), reg)


def _by_parameters(
    loss: Callable[..., float], X: Array, y: Labels, parameters: Parts, reg: float
) -> Parts:
    return gradients_of(lambda *moved: loss(X, y, *moved, reg), *parameters, wrt=(0, 1, 2, 3))


def affine_backward(dout: Array, X: Array, W: Array) -> Parts:
    """Central differences of Σ dout ⊙ (X·W + b)."""

    def upstream(X: Array, W: Array, b: Array) -> float:
        return float((dout * (X @ W + b)).sum())

    return gradients_of(upstream, X, W, np.zeros(W.shape[1]), wrt=(0, 1, 2))


def relu_loss(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> float:
    """The ReLU network; (z + |z|)/2 is the ReLU."""
    Z1 = X @ W1 + b1
    return cost((Z1 + np.abs(Z1)) / 2 @ W2 + b2, y) + _penalty(W1, W2, reg)


def loss_and_gradients(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> tuple[float, Parts]:
    """Central differences of the loss."""
    gradients = _by_parameters(relu_loss, X, y, (W1, b1, W2, b2), reg)
    return relu_loss(X, y, W1, b1, W2, b2, reg), gradients


def train(
    X: Array,
    y: Labels,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    learning_rate: float,
    reg: float,
    steps: int,
) -> tuple[Parts, list[float]]:
    """Columns, with each bias as one more column of its weights (which L2 spares)."""
    ones, one_hot = np.ones((1, len(y))), np.eye(len(b2))[:, y]
    V1, V2 = np.column_stack([W1.T, b1]), np.column_stack([W2.T, b2])
    X = np.vstack([X.T, ones])
    losses = []
    for _ in range(steps):
        Z1 = V1 @ X
        A1 = np.vstack([Z1 * (Z1 > 0), ones])
        scores = V2 @ A1
        losses.append(cost(scores.T, y) + _penalty(V1[:, :-1], V2[:, :-1], reg))
        D2 = (softmax(scores.T).T - one_hot) / len(y)
        D1 = (V2[:, :-1].T @ D2) * (Z1 > 0)
        V1, V2 = _step(V1, D1 @ X.T, learning_rate, reg), _step(V2, D2 @ A1.T, learning_rate, reg)
    return (V1[:, :-1].T, V1[:, -1], V2[:, :-1].T, V2[:, -1]), losses


def _step(V: Array, dV: Array, learning_rate: float, reg: float) -> Array:
    weights = np.append(np.ones(V.shape[1] - 1), 0)
    return V - learning_rate * (dV + reg * weights * V)
