"""Known wrong backward passes for ps4, each with a sentence for the student."""

import numpy as np

from autograder.exercise.spec import Mistake

from .draws import Array, logistic
from .mistakes import Parts, run, slope


def gradients(dZ1: Array, dZ2: Array, X: Array, A1: Array) -> Parts:
    """The four mean gradients, from error terms that may be wrong."""
    N = X.shape[1]
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / N, dZ2.sum(axis=1, keepdims=True) / N
    return dZ1 @ X.T / N, db1, dZ2 @ A1.T / N, db2


LINEAR_BACKWARD = (
    Mistake(
        "slope-included",
        lambda dZ, A_prev, W: (
            (W.T @ dZ) * slope(A_prev),
            dZ @ A_prev.T / dZ.shape[1],
            dZ.mean(axis=1, keepdims=True),
        ),
        "dA_prev already contains the slope of the layer below. Here it stops at A_prev.",
        loses=("dA_prev",),
    ),
    Mistake(
        "mean-in-dA",
        lambda dZ, A_prev, W: (
            W.T @ dZ / dZ.shape[1],
            dZ @ A_prev.T / dZ.shape[1],
            dZ.mean(axis=1, keepdims=True),
        ),
        "dA_prev belongs to single examples, so no mean is taken: the 1/N stays with dW and db.",
        loses=("dA_prev",),
    ),
    Mistake(
        "divided-by-units",
        lambda dZ, A_prev, W: (
            W.T @ dZ,
            dZ @ A_prev.T / dZ.shape[0],
            dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
        ),
        "dW and db were divided by the number of units. Which axis of dZ counts examples?",
        loses=("dW", "db"),
    ),
    Mistake(
        "summed-before-multiplying",
        lambda dZ, A_prev, W: (
            W.T @ dZ,
            np.outer(dZ.sum(axis=1), A_prev.sum(axis=1)) / dZ.shape[1],
            dZ.mean(axis=1, keepdims=True),
        ),
        "Errors and activations were summed over the batch before they were multiplied. "
        "Which comes first?",
        loses=("dW",),
    ),
)


def _slope_left_in(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, b1, W2, b2)
    dZ2 = (A2 - Y) * slope(A2)
    return gradients(W2.T @ dZ2 * slope(A1), dZ2, X, A1)


def _no_hidden_slope(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, b1, W2, b2)
    return gradients(W2.T @ (A2 - Y), A2 - Y, X, A1)


def _slope_of_activation(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, b1, W2, b2)
    return gradients(W2.T @ (A2 - Y) * slope(logistic(A1)), A2 - Y, X, A1)


def _past_the_weights(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, b1, W2, b2)
    return gradients((A2 - Y) * slope(A1), A2 - Y, X, A1)


def _output_error_reused(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, b1, W2, b2)
    return gradients((A2 - Y) + 0 * A1, A2 - Y, X, A1)


def _sums_for_activations(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    Z1, A1, _, A2 = run(X, W1, b1, W2, b2)
    dW1, db1, _, db2 = gradients(W2.T @ (A2 - Y) * slope(A1), A2 - Y, X, A1)
    return dW1, db1, (A2 - Y) @ Z1.T / X.shape[1], db2


def _without_biases(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
    _, A1, _, A2 = run(X, W1, 0 * b1, W2, 0 * b2)
    return gradients(W2.T @ (A2 - Y) * slope(A1), A2 - Y, X, A1)


BACKWARD = (
    Mistake(
        "slope-left-in",
        _slope_left_in,
        "The error term of the output still holds a(1 − a). Does it cancel in this loss?",
    ),
    Mistake(
        "hidden-slope-missing",
        _no_hidden_slope,
        "On its way from A1 to Z1 the error passes a sigmoid. Where is the slope?",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "slope-of-activation",
        _slope_of_activation,
        "The hidden slope was taken at A1 instead of Z1: the sigmoid was applied twice.",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "past-the-weights",
        _past_the_weights,
        "The hidden error did not pass through W2. What links the hidden units to the output?",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "output-error-reused",
        _output_error_reused,
        "The hidden layer reuses the error of the output. Each layer has an error term of its own.",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "sums-for-activations",
        _sums_for_activations,
        "dW2 was made with Z1. What is it that W2 multiplies in the forward pass?",
        loses=("dW2",),
    ),
    Mistake(
        "biases-forgotten",
        _without_biases,
        "These are the gradients of a network without biases. Where do they enter?",
    ),
)
