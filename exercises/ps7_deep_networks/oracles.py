"""The results of ps7 computed another way: central differences, or a second formulation."""

import statistics
from collections.abc import Callable

import numpy as np

from autograder.exercise.gradcheck import central_differences, gradients_of

from .draws import Array, Labels, logistic


def squared_error_gradient(y_pred: Array, y: Array) -> Array:
    """Central differences of Σ(ŷ − y)²."""
    return central_differences(lambda moved: float(np.sum((moved - y) ** 2)), y_pred)


def bilinear_gradient(a: Array, b: Array) -> Array:
    """Central differences of aᵀXb; it is linear, so any X will do."""
    return central_differences(lambda X: float(a @ X @ b), np.ones((len(a), len(b))))


def bilinear_transposed_gradient(a: Array, b: Array) -> Array:
    """Central differences of aᵀXᵀb."""
    return central_differences(lambda X: float(a @ X.T @ b), np.ones((len(b), len(a))))


def dimensions_that_fit(delta: Array, A_prev: Array) -> Array:
    """One outer product per example, summed."""
    product: Array = np.einsum("in,jn->ij", delta, A_prev)
    return product


def gradient_from_jacobian(jacobian: Array) -> Array:
    """Central differences of tr(D·X), a function whose differential is tr(D·dX)."""
    shape = jacobian.shape[::-1]
    return central_differences(lambda X: float(np.trace(jacobian @ X)), np.ones(shape))


def relu_loss(x: Array, y: Array, w1: Array, w2: Array) -> float:
    """Σ(ŷ − y)² of the two-layer network."""
    return float(np.sum((np.where(x @ w1 > 0, x @ w1, 0) @ w2 - y) ** 2))


def two_layer_relu_gradients(x: Array, y: Array, w1: Array, w2: Array) -> tuple[Array, ...]:
    """Central differences of the loss."""
    return gradients_of(relu_loss, x, y, w1, w2, wrt=(2, 3))


def two_layer_relu_train(
    x: Array, y: Array, w1: Array, w2: Array, learning_rate: float, steps: int
) -> tuple[Array, Array, list[float]]:
    """The same descent, its gradients summed over unit after unit and example after example."""
    losses = []
    for _ in range(steps):
        losses.append(relu_loss(x, y, w1, w2))
        dw1, dw2 = np.zeros_like(w1), np.zeros_like(w2)
        for example, target in zip(x, y, strict=True):
            h = example @ w1
            error = 2 * (np.where(h > 0, h, 0) @ w2 - target)
            for unit in np.flatnonzero(h > 0):
                dw2[unit] += h[unit] * error
                dw1[:, unit] += example * (w2[unit] @ error)
        w1, w2 = w1 - learning_rate * dw1, w2 - learning_rate * dw2
    return w1, w2, losses


def deep_forward(X: Array, weights: list[Array], biases: list[Array]) -> list[Array]:
    """Layer by layer through the logarithms of the softmax."""
    activations = [X]
    for W, b in zip(weights, biases, strict=True):
        Z = np.einsum("ij,jn->in", W, activations[-1]) + b
        last = W is weights[-1]
        activations.append(np.exp(_log_softmax(Z)) if last else np.exp(-np.logaddexp(0, -Z)))
    return activations


def deep_loss(X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float) -> float:
    """The mean of −log p, one example at a time, plus ½·reg·Σ‖W‖²."""
    A = X
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        A = logistic(W @ A + b)
    logs = _log_softmax(weights[-1] @ A + biases[-1])
    data = -sum(logs[label, n] for n, label in enumerate(y)) / len(y)
    return float(data + sum(reg * np.linalg.norm(W) ** 2 / 2 for W in weights))


def deep_gradients(
    X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float
) -> tuple[list[Array], list[Array]]:
    """Central differences of the loss, one parameter at a time."""

    def moved(parameters: list[Array], i: int, x: Array) -> list[Array]:
        return [*parameters[:i], x, *parameters[i + 1 :]]

    def of_weight(i: int) -> Callable[[Array], float]:
        return lambda W: deep_loss(X, y, moved(weights, i, W), biases, reg)

    def of_bias(i: int) -> Callable[[Array], float]:
        return lambda b: deep_loss(X, y, weights, moved(biases, i, b), reg)

    return (
        [central_differences(of_weight(i), W) for i, W in enumerate(weights)],
        [central_differences(of_bias(i), b) for i, b in enumerate(biases)],
    )


def update(parameters: list[Array], gradients: list[Array], learning_rate: float) -> list[Array]:
    """Element by element."""
    pairs = zip(parameters, gradients, strict=True)
    return [np.vectorize(lambda p, g: p - learning_rate * g)(p, g) for p, g in pairs]


def standardize(X: Array) -> Array:
    """The statistics module's mean and population deviation, feature by feature."""
    rows = []
    for values in X.tolist():
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        flat = min(values) == max(values)
        rows.append([0.0 if flat else (value - mean) / deviation for value in values])
    return np.array(rows)


def gradient_check(
    f: Callable[[Array], float], gradient: Array, x: Array, h: float = 1e-5
) -> float:
    """Each element along its own unit vector; the largest by comparing one after the other."""
    worst = 0.0
    for unit, a in zip(np.eye(x.size), np.ravel(gradient), strict=True):
        step = h * unit.reshape(x.shape)
        n = f(x + step) / (2 * h) - f(x - step) / (2 * h)
        error = abs(a - n) / max(1e-8, abs(a) + abs(n))
        worst = error if not error <= worst else worst  # true for nan as well
        if np.isnan(error):
            break
    return float(worst)


def fixed_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, ...]:
    """Central differences of the mean binary cross-entropy."""

    def loss(W1: Array, b1: Array, W2: Array, b2: Array) -> float:
        Z2 = W2 @ logistic(W1 @ X + b1) + b2
        return float(np.mean(np.logaddexp(0, Z2) - Y * Z2))

    return gradients_of(loss, W1, b1, W2, b2, wrt=(0, 1, 2, 3))


def _log_softmax(Z: Array) -> Array:
    logs: Array = Z - np.logaddexp.reduce(Z, axis=0)
    return logs
