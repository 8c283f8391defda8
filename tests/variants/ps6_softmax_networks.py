"""Right answers to ps6 in other styles: loops, one-hot matrices, einsum, work on own copies."""

import math

import numpy as np


def softmax(scores):
    """Row by row, with Python's own numbers."""
    rows = []
    for row in scores:
        top = max(row)
        powers = [math.exp(s - top) for s in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


def softmax_by_logarithm(scores):
    total = np.logaddexp.reduce(scores, axis=1)
    return np.exp(scores - total[:, None])


def softmax_jacobian(p):
    """Entry by entry."""
    K = len(p)
    jacobian = np.empty((K, K))
    for i in range(K):
        for j in range(K):
            jacobian[i, j] = p[i] * ((i == j) - p[j])
    return jacobian


def softmax_jacobian_by_broadcasting(p):
    return p[:, None] * (np.eye(p.size) - p[None, :])


def cross_entropy(probs, y):
    return sum(-math.log(row[label]) for row, label in zip(probs, y, strict=True)) / len(y)


def cross_entropy_by_mask(probs, y):
    mask = y[:, None] == np.arange(probs.shape[1])
    return -np.log(probs[mask]).mean()


def scores_gradient(probs, y):
    one_hot = np.eye(probs.shape[1])[y]
    return (probs - one_hot) / probs.shape[0]


def scores_gradient_by_rows(probs, y):
    dscores = probs / len(y)
    for i, label in enumerate(y):
        dscores[i, label] -= 1 / len(y)
    return dscores


def logistic(z):
    return 1 / (1 + np.exp(-z))


def column_softmax(scores):
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def testnet_loss(X, y, W1, b1, W2, b2, reg):
    """Columns all the way, one −log p at a time."""
    P = column_softmax(W2 @ logistic(W1 @ X + b1) + b2)
    data = 0.0
    for i, label in enumerate(y):
        data -= np.log(P[label, i])
    return data / len(y) + reg / 2 * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)


def testnet_backward(x, label, W1, b1, W2, b2):
    """With np.outer and vectors; shapes restored at the end."""
    a1 = logistic(W1 @ x + b1).ravel()
    p = column_softmax(W2 @ a1[:, None] + b2).ravel()
    delta2 = p - np.array([label == 0, label == 1])
    delta1 = (delta2 @ W2) * a1 * (1 - a1)
    return np.outer(delta1, x), delta1[:, None], np.outer(delta2, a1), delta2[:, None]


def testnet_batch_backward(X, y, W1, b1, W2, b2, reg):
    """One example after another."""
    N = len(y)
    sums = [0, 0, 0, 0]
    for i in range(N):
        parts = testnet_backward(X[:, [i]], y[i], W1, b1, W2, b2)
        sums = [total + part for total, part in zip(sums, parts, strict=True)]
    dW1, db1, dW2, db2 = (total / N for total in sums)
    dW1 += reg * W1
    dW2 += reg * W2
    return dW1, db1, dW2, db2


def affine_backward(dout, X, W):
    dX = np.einsum("nm,dm->nd", dout, W)
    dW = sum(np.outer(x, d) for x, d in zip(X, dout, strict=True))
    return [dX, dW, np.ones(len(dout)) @ dout]


def relu_backward(dout, Z):
    dZ = dout.copy()
    dZ[Z < 0] = 0
    return dZ


def relu_backward_by_where(dout, Z):
    return np.where(np.maximum(Z, 0) > 0, dout, 0)


def loss_and_gradients(X, y, W1, b1, W2, b2, reg):
    """All in one, as a script would have it."""
    N = X.shape[0]
    hidden = np.maximum(X.dot(W1) + b1, 0)
    powers = np.exp(hidden.dot(W2) + b2)
    P = powers / powers.sum(1)[:, None]
    loss = -np.log(P[range(N), y]).sum() / N + reg * ((W1 * W1).sum() + (W2 * W2).sum()) / 2
    P[range(N), y] -= 1
    dhidden = P.dot(W2.T) / N
    dhidden[hidden <= 0] = 0
    dW1, dW2 = X.T.dot(dhidden) + reg * W1, hidden.T.dot(P) / N + reg * W2
    return loss, [dW1, dhidden.sum(0), dW2, P.mean(0)]


def train(X, y, W1, b1, W2, b2, learning_rate, reg, steps):
    """In-place updates of own copies."""
    parameters = [p.copy() for p in (W1, b1, W2, b2)]
    losses = np.zeros(steps)
    for step in range(steps):
        losses[step], gradients = loss_and_gradients(X, y, *parameters, reg)
        for p, dp in zip(parameters, gradients, strict=True):
            np.subtract(p, learning_rate * dp, out=p)
    return tuple(parameters), losses


VARIANTS = {
    "softmax": [softmax, softmax_by_logarithm],
    "softmax_jacobian": [softmax_jacobian, softmax_jacobian_by_broadcasting],
    "cross_entropy": [cross_entropy, cross_entropy_by_mask],
    "scores_gradient": [scores_gradient, scores_gradient_by_rows],
    "testnet_loss": [testnet_loss],
    "testnet_backward": [testnet_backward],
    "testnet_batch_backward": [testnet_batch_backward],
    "affine_backward": [affine_backward],
    "relu_backward": [relu_backward, relu_backward_by_where],
    "loss_and_gradients": [loss_and_gradients],
    "train": [train],
}
