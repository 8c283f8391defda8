"""Right answers to ps7 in other styles: loops, einsum, other orders, work on own copies."""

import math

import numpy as np


def squared_error_gradient(y_pred, y):
    gradient = y_pred.copy()
    gradient -= y
    gradient += gradient
    return gradient


def bilinear_gradient(a, b):
    return a[:, None] @ b[None, :]


def bilinear_by_loops(a, b):
    dX = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            dX[i, j] = a[i] * b[j]
    return dX


def bilinear_transposed_gradient(a, b):
    return np.einsum("j,i->ij", a, b)


def dimensions_that_fit(delta, A_prev):
    total = np.zeros((delta.shape[0], A_prev.shape[0]))
    for n in range(delta.shape[1]):
        total += np.outer(delta[:, n], A_prev[:, n])
    return total


def gradient_from_jacobian(jacobian):
    return np.array([[row[j] for row in jacobian] for j in range(jacobian.shape[1])])


def two_layer_relu_gradients(x, y, w1, w2):
    """Example after example."""
    dw1, dw2 = np.zeros(w1.shape), np.zeros(w2.shape)
    for n in reversed(range(len(x))):
        h = x[n] @ w1
        error = 2.0 * (np.where(h < 0, 0, h) @ w2 - y[n])
        dw2 += np.outer(np.where(h < 0, 0, h), error)
        dh = w2 @ error
        dh[h < 0] = 0
        dw1 += np.outer(x[n], dh)
    return dw1, dw2


def two_layer_relu_train(x, y, w1, w2, learning_rate, steps):
    """In place, on own copies; the losses in an array."""
    w1, w2, losses = w1.copy(), w2.copy(), np.zeros(steps)
    for step in range(steps):
        h = x.dot(w1)
        open_units = (h > 0).astype(float)
        error = (h * open_units).dot(w2) - y
        losses[step] = np.square(error).sum()
        dw1 = x.T.dot(2 * error.dot(w2.T) * open_units)
        w2 -= learning_rate * 2 * (h * open_units).T.dot(error)
        w1 -= learning_rate * dw1
    return w1, w2, losses


def deep_forward(X, weights, biases):
    """By index, with exponentials written out."""
    activations = [X.copy()]
    for i in range(len(weights)):
        Z = np.einsum("ij,jn->in", weights[i], activations[i]) + biases[i]
        if i == len(weights) - 1:
            activations.append(np.exp(Z) / sum(np.exp(Z)))
        else:
            activations.append(1 / (1 + np.exp(-Z)))
    return activations


def deep_loss(X, y, weights, biases, reg):
    """One example at a time, the last first."""
    total = 0.0
    for n in reversed(range(len(y))):
        total -= math.log(deep_forward(X[:, [n]], weights, biases)[-1][y[n], 0])
    return total / len(y) + reg / 2 * sum((W.ravel() ** 2).sum() for W in weights)


def deep_gradients(X, y, weights, biases, reg):
    """The mean already in delta, lists filled by place, a one-hot matrix of the labels."""
    activations = deep_forward(X, weights, biases)
    depth = len(weights)
    dW, db = [None] * depth, [None] * depth
    delta = (activations[-1] - np.eye(len(activations[-1]))[:, y]) / X.shape[1]
    for layer in range(depth, 0, -1):
        dW[layer - 1] = np.einsum("in,jn->ij", delta, activations[layer - 1])
        dW[layer - 1] += reg * weights[layer - 1]
        db[layer - 1] = delta @ np.ones((X.shape[1], 1))
        a = activations[layer - 1]
        delta = (weights[layer - 1].T @ delta) * (a - a**2)
    return dW, db


def update(parameters, gradients, learning_rate):
    new = [parameter.copy() for parameter in parameters]
    for i in range(len(new)):
        new[i] -= gradients[i] * learning_rate
    return new


def standardize(X):
    """Feature after feature."""
    scaled = np.zeros(X.shape)
    for i, row in enumerate(X):
        if max(row) > min(row):
            mean = sum(row) / len(row)
            scaled[i] = (row - mean) / math.sqrt(sum((row - mean) ** 2) / len(row))
    return scaled


def standardize_with_a_cushion(X):
    spread = X.std(axis=1) + 1e-8  # far below any real spread, far above rounding
    return ((X.T - X.mean(axis=1)) / spread).T


def gradient_check(f, gradient, x, h=1e-5):
    """The flattened array, moved in place and put back; nan is asked for."""
    flat = np.array(x, dtype=float).ravel()
    if np.isnan(gradient).any():
        return float("inf")
    worst = 0.0
    for i, analytic in enumerate(np.asarray(gradient).ravel()):
        flat[i] += h
        above = f(flat.reshape(x.shape))
        flat[i] -= 2 * h
        below = f(flat.reshape(x.shape))
        flat[i] = np.asarray(x).ravel()[i]
        numeric = (above - below) / 2 / h
        error = abs(analytic - numeric) / max(1e-8, abs(analytic) + abs(numeric))
        worst = max(worst, error)
    return worst


def fixed_backward(X, Y, W1, b1, W2, b2):
    """Example after example."""
    N = X.shape[1]
    found = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for n in range(N):
        x, t = X[:, [n]], Y[0, n]
        a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
        dz2 = 1 / (1 + np.exp(-(W2 @ a1 + b2))) - t
        dz1 = W2.T * dz2 * a1 * (1 - a1)
        for i, part in enumerate((dz1 @ x.T, dz1, dz2 @ a1.T, dz2)):
            found[i] += part / N
    return tuple(found)


VARIANTS = {
    "squared_error_gradient": [squared_error_gradient],
    "bilinear_gradient": [bilinear_gradient, bilinear_by_loops],
    "bilinear_transposed_gradient": [bilinear_transposed_gradient],
    "dimensions_that_fit": [dimensions_that_fit],
    "gradient_from_jacobian": [gradient_from_jacobian],
    "two_layer_relu_gradients": [two_layer_relu_gradients],
    "two_layer_relu_train": [two_layer_relu_train],
    "deep_forward": [deep_forward],
    "deep_loss": [deep_loss],
    "deep_gradients": [deep_gradients],
    "update": [update],
    "standardize": [standardize, standardize_with_a_cushion],
    "gradient_check": [gradient_check],
    "fixed_backward": [fixed_backward],
}
