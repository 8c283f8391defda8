"""What often goes wrong in the formulas of ps5, with the sentence each mistake earns."""

import numpy as np

from autograder.exercise.spec import Mistake

from .network import Array, logistic, predictions

FORWARD = (
    Mistake(
        "hidden-not-activated",
        lambda X, W_ih, W_ho: (X @ W_ih, X @ W_ih @ W_ho),
        "The hidden layer is linear here. What does each hidden unit do with its sum?",
        twins=("sums-returned",),
    ),
    Mistake(
        "sums-returned",
        lambda X, W_ih, W_ho: (X @ W_ih, predictions(X, W_ih, W_ho)),
        "The first result holds the sums before the sigmoid; the activations are asked for.",
        loses=("hidden",),
        twins=("hidden-not-activated",),
    ),
    Mistake(
        "output-activated",
        lambda X, W_ih, W_ho: (logistic(X @ W_ih), logistic(predictions(X, W_ih, W_ho))),
        "ŷ went through a sigmoid and stays between 0 and 1. A count is no probability: the "
        "output unit is the identity.",
        loses=("y_hat",),
    ),
)

MSE_LOSS = (
    Mistake(
        "absolute",
        lambda y, y_hat: np.mean(np.abs(y_hat - y)) / 2,
        "The differences are taken by their size. The loss takes their squares.",
    ),
    Mistake(
        "rooted",
        lambda y, y_hat: np.sqrt(np.mean((y_hat - y) ** 2)) / 2,
        "There is a square root too much: the loss is the mean of the squares itself.",
    ),
    Mistake(
        "every-pair",
        lambda y, y_hat: np.sum((y_hat - y.ravel()) ** 2) / (2 * len(y)),
        "Every prediction is compared with every target. What is the shape of the difference?",
    ),
)

OUTPUT_WEIGHT_GRADIENT = (
    Mistake(
        "output-derivative-kept",
        lambda hidden, y, y_hat: hidden.T @ ((y_hat - y) * y_hat * (1 - y_hat)) / len(y),
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
    ),
    Mistake(
        "summed-too-early",
        lambda hidden, y, y_hat: hidden.mean(0)[:, None] * np.mean(y_hat - y),
        "The examples are averaged before they are multiplied. A mean of products is not the "
        "product of the means.",
    ),
    Mistake(
        "hidden-derivative-added",
        lambda hidden, y, y_hat: (hidden * (1 - hidden)).T @ (y_hat - y) / len(y),
        "The derivative of the hidden sigmoid is in here. Does the way from W_ho to the loss lead "
        "through that sigmoid?",
    ),
)

HIDDEN_ERROR_TERM = (
    Mistake(
        "derivative-missing",
        lambda y, y_hat, W_ho, hidden: (y_hat - y) @ W_ho.T,
        "The derivative of the hidden sigmoid is missing.",
    ),
    Mistake(
        "sigmoid-twice",
        lambda y, y_hat, W_ho, hidden: (
            (y_hat - y) @ W_ho.T * logistic(hidden) * (1 - logistic(hidden))
        ),
        "The activations go through the sigmoid once more; they are its outputs already.",
    ),
    Mistake(
        "output-derivative-kept",
        lambda y, y_hat, W_ho, hidden: (
            ((y_hat - y) * y_hat * (1 - y_hat)) @ W_ho.T * hidden * (1 - hidden)
        ),
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
    ),
    Mistake(
        "output-error-reused",
        lambda y, y_hat, W_ho, hidden: (y_hat - y) * hidden * (1 - hidden),
        "The hidden layer uses the output's error as it is. It comes back through the weights "
        "between the two layers.",
    ),
)

INPUT_WEIGHT_GRADIENT = (
    Mistake(
        "averaged-over-the-features",
        lambda X, hidden_error_term: X.T @ hidden_error_term / X.shape[1],
        "The sum is divided by the number of features. Over what does the loss take its mean?",
    ),
    Mistake(
        "summed-too-early",
        lambda X, hidden_error_term: np.outer(X.mean(0), hidden_error_term.mean(0)),
        "The examples are averaged before they are multiplied. A mean of products is not the "
        "product of the means.",
    ),
    Mistake(
        "last-example",
        lambda X, hidden_error_term: np.outer(X[-1], hidden_error_term[-1]) / len(X),
        "Only the last example counts: each one replaces the sum instead of being added to it.",
    ),
)

DEEP_FORWARD = (
    Mistake(
        "first-layer-linear",
        lambda X, W0, W1, W2: (X @ W0, logistic(X @ W0 @ W1), predictions(X @ W0, W1, W2)),
        "The first hidden layer is linear. Each hidden layer ends in a sigmoid.",
    ),
    Mistake(
        "second-layer-linear",
        lambda X, W0, W1, W2: (
            logistic(X @ W0),
            predictions(X, W0, W1),
            predictions(X, W0, W1 @ W2),
        ),
        "The second hidden layer is linear. Each hidden layer ends in a sigmoid.",
        loses=("A2", "y_hat"),
    ),
    Mistake(
        "output-activated",
        lambda X, W0, W1, W2: (
            logistic(X @ W0),
            logistic(logistic(X @ W0) @ W1),
            logistic(predictions(X, W0, W1, W2)),
        ),
        "ŷ went through a sigmoid and stays between 0 and 1. The output unit is the identity.",
        loses=("y_hat",),
    ),
)


def slope(A: Array) -> Array:
    """Return σ' from σ."""
    return A * (1 - A)


def _terms(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, Array, Array]:
    A1 = logistic(X @ W0)
    A2 = logistic(A1 @ W1)
    return A1, A2, A2 @ W2 - y


def _products(
    X: Array, A1: Array, A2: Array, delta1: Array, delta2: Array, delta3: Array
) -> tuple[Array, Array, Array]:
    return X.T @ delta1 / len(X), A1.T @ delta2 / len(X), A2.T @ delta3 / len(X)


def output_derivative_kept(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Multiply the error by ŷ(1 − ŷ)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta3 = error * slope(error + y)
    delta2 = delta3 @ W2.T * slope(A2)
    return _products(X, A1, A2, delta2 @ W1.T * slope(A1), delta2, delta3)


def first_derivative_missing(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Forget A1(1 − A1)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta2 = error @ W2.T * slope(A2)
    return _products(X, A1, A2, delta2 @ W1.T, delta2, error)


def second_derivative_missing(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Forget A2(1 − A2)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta2 = error @ W2.T
    return _products(X, A1, A2, delta2 @ W1.T * slope(A1), delta2, error)


def output_error_reused(
    X: Array, y: Array, W0: Array, W1: Array, W2: Array
) -> tuple[Array, Array, Array]:
    """Send the output's error to the first layer past the second layer's sigmoid."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta1 = error @ W2.T @ W1.T * slope(A1)
    return _products(X, A1, A2, delta1, error @ W2.T * slope(A2), error)


DEEP_BACKWARD = (
    Mistake(
        "output-derivative-kept",
        output_derivative_kept,
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
    ),
    Mistake(
        "first-derivative-missing",
        first_derivative_missing,
        "The derivative of the first hidden layer's sigmoid is missing.",
        loses=("dW0",),
    ),
    Mistake(
        "second-derivative-missing",
        second_derivative_missing,
        "The derivative of the second hidden layer's sigmoid is missing.",
        loses=("dW0", "dW1"),
        twins=("output-error-reused",),
    ),
    Mistake(
        "output-error-reused",
        output_error_reused,
        "The first hidden layer gets the output's error instead of the second layer's error term: "
        "each layer hands on its own.",
        loses=("dW0",),
        twins=("second-derivative-missing",),
    ),
)
