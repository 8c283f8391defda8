"""What often goes wrong in the formulas of ps5, with the sentence each mistake earns."""

import numpy as np

from autograder.exercises._ps5_network import Array, logistic, predictions
from autograder.spec import Mistake

FORWARD = (
    Mistake(
        "hidden-not-activated",
        "The hidden layer is linear here. What does each hidden unit do with its sum?",
        lambda X, W_ih, W_ho: (X @ W_ih, X @ W_ih @ W_ho),
        twins=("sums-returned",),
    ),
    Mistake(
        "sums-returned",
        "The first result holds the sums before the sigmoid; the activations are asked for.",
        lambda X, W_ih, W_ho: (X @ W_ih, predictions(X, W_ih, W_ho)),
        loses=("hidden",),
        twins=("hidden-not-activated",),
    ),
    Mistake(
        "output-activated",
        "ŷ went through a sigmoid and stays between 0 and 1. A count is no probability: the "
        "output unit is the identity.",
        lambda X, W_ih, W_ho: (logistic(X @ W_ih), logistic(predictions(X, W_ih, W_ho))),
        loses=("y_hat",),
    ),
)

MSE_LOSS = (
    Mistake(
        "absolute",
        "The differences are taken by their size. The loss takes their squares.",
        lambda y, y_hat: np.mean(np.abs(y_hat - y)) / 2,
    ),
    Mistake(
        "rooted",
        "There is a square root too much: the loss is the mean of the squares itself.",
        lambda y, y_hat: np.sqrt(np.mean((y_hat - y) ** 2)) / 2,
    ),
    Mistake(
        "every-pair",
        "Every prediction is compared with every target. What is the shape of the difference?",
        lambda y, y_hat: np.sum((y_hat - y.ravel()) ** 2) / (2 * len(y)),
    ),
)

OUTPUT_WEIGHT_GRADIENT = (
    Mistake(
        "output-derivative-kept",
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        lambda hidden, y, y_hat: hidden.T @ ((y_hat - y) * y_hat * (1 - y_hat)) / len(y),
    ),
    Mistake(
        "summed-too-early",
        "The examples are averaged before they are multiplied. A mean of products is not the "
        "product of the means.",
        lambda hidden, y, y_hat: hidden.mean(0)[:, None] * np.mean(y_hat - y),
    ),
    Mistake(
        "hidden-derivative-added",
        "The derivative of the hidden sigmoid is in here. Does the way from W_ho to the loss lead "
        "through that sigmoid?",
        lambda hidden, y, y_hat: (hidden * (1 - hidden)).T @ (y_hat - y) / len(y),
    ),
)

HIDDEN_ERROR_TERM = (
    Mistake(
        "derivative-missing",
        "The derivative of the hidden sigmoid is missing.",
        lambda y, y_hat, W_ho, hidden: (y_hat - y) @ W_ho.T,
    ),
    Mistake(
        "sigmoid-twice",
        "The activations go through the sigmoid once more; they are its outputs already.",
        lambda y, y_hat, W_ho, hidden: (
            (y_hat - y) @ W_ho.T * logistic(hidden) * (1 - logistic(hidden))
        ),
    ),
    Mistake(
        "output-derivative-kept",
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        lambda y, y_hat, W_ho, hidden: (
            ((y_hat - y) * y_hat * (1 - y_hat)) @ W_ho.T * hidden * (1 - hidden)
        ),
    ),
    Mistake(
        "output-error-reused",
        "The hidden layer uses the output's error as it is. It comes back through the weights "
        "between the two layers.",
        lambda y, y_hat, W_ho, hidden: (y_hat - y) * hidden * (1 - hidden),
    ),
)

INPUT_WEIGHT_GRADIENT = (
    Mistake(
        "averaged-over-the-features",
        "The sum is divided by the number of features. Over what does the loss take its mean?",
        lambda X, hidden_error_term: X.T @ hidden_error_term / X.shape[1],
    ),
    Mistake(
        "summed-too-early",
        "The examples are averaged before they are multiplied. A mean of products is not the "
        "product of the means.",
        lambda X, hidden_error_term: np.outer(X.mean(0), hidden_error_term.mean(0)),
    ),
    Mistake(
        "last-example",
        "Only the last example counts: each one replaces the sum instead of being added to it.",
        lambda X, hidden_error_term: np.outer(X[-1], hidden_error_term[-1]) / len(X),
    ),
)

DEEP_FORWARD = (
    Mistake(
        "first-layer-linear",
        "The first hidden layer is linear. Each hidden layer ends in a sigmoid.",
        lambda X, W0, W1, W2: (X @ W0, logistic(X @ W0 @ W1), predictions(X @ W0, W1, W2)),
    ),
    Mistake(
        "second-layer-linear",
        "The second hidden layer is linear. Each hidden layer ends in a sigmoid.",
        lambda X, W0, W1, W2: (
            logistic(X @ W0),
            predictions(X, W0, W1),
            predictions(X, W0, W1 @ W2),
        ),
        loses=("A2", "y_hat"),
    ),
    Mistake(
        "output-activated",
        "ŷ went through a sigmoid and stays between 0 and 1. The output unit is the identity.",
        lambda X, W0, W1, W2: (
            logistic(X @ W0),
            logistic(logistic(X @ W0) @ W1),
            logistic(predictions(X, W0, W1, W2)),
        ),
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
        "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        output_derivative_kept,
    ),
    Mistake(
        "first-derivative-missing",
        "The derivative of the first hidden layer's sigmoid is missing.",
        first_derivative_missing,
        loses=("dW0",),
    ),
    Mistake(
        "second-derivative-missing",
        "The derivative of the second hidden layer's sigmoid is missing.",
        second_derivative_missing,
        loses=("dW0", "dW1"),
        twins=("output-error-reused",),
    ),
    Mistake(
        "output-error-reused",
        "The first hidden layer gets the output's error instead of the second layer's error term: "
        "each layer hands on its own.",
        output_error_reused,
        loses=("dW0",),
        twins=("second-derivative-missing",),
    ),
)
