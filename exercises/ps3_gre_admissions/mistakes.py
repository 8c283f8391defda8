"""What often goes wrong in ps3: small wrong programs and the sentence each one earns."""

import numpy as np

from autograder.exercise.spec import Function, Mistake

from .network import (
    Array,
    Gradients,
    Weights,
    error_terms,
    logistic,
    outputs,
    summed_gradients,
)

FORWARD = (
    Mistake(
        "hidden-not-activated",
        lambda x, W_ih, W_ho: (x @ W_ih, logistic((x @ W_ih) @ W_ho)),
        "The hidden layer is linear here. What does each hidden unit do with its sum?",
        twins=("sums-returned",),
    ),
    Mistake(
        "sums-returned",
        lambda x, W_ih, W_ho: (x @ W_ih, outputs(x, W_ih, W_ho)),
        "The first result holds the sums before the sigmoid; the activations are asked for.",
        loses=("hidden",),
        twins=("hidden-not-activated",),
    ),
    Mistake(
        "output-not-activated",
        lambda x, W_ih, W_ho: (logistic(x @ W_ih), logistic(x @ W_ih) @ W_ho),
        "ŷ is a bare sum here, so it can leave the range from 0 to 1. The output unit is a "
        "sigmoid, too.",
        loses=("y_hat",),
    ),
)

OUTPUT_ERROR_TERM = (
    Mistake(
        "derivative-missing",
        lambda y, y_hat: y_hat - y,
        "This is the error alone. The error term is taken before the output sigmoid: one factor "
        "of the chain is missing.",
    ),
    Mistake(
        "sigmoid-twice",
        lambda y, y_hat: (y_hat - y) * logistic(y_hat) * (1 - logistic(y_hat)),
        "ŷ seems to go through the sigmoid once more; it is a sigmoid's output already.",
    ),
    Mistake(
        "half-a-derivative",
        lambda y, y_hat: (y_hat - y) * y_hat,
        "Only one of the two factors of the sigmoid's derivative is there.",
    ),
)

HIDDEN_ERROR = (
    Mistake(
        "summed",
        lambda delta_o, W_ho: np.sum(delta_o * W_ho),
        "The hidden units are summed into one number. Each of them has its own contribution.",
    ),
    Mistake(
        "shared-out",
        lambda delta_o, W_ho: delta_o * W_ho / np.sum(W_ho),
        "The error is shared out in proportion to the weights. The chain rule does not divide: "
        "by how much does out move when one activation moves?",
    ),
    Mistake(
        "weights-missing",
        lambda delta_o, W_ho: delta_o * np.ones_like(W_ho),
        "Every hidden unit gets the same error. What lies between a hidden unit and the output?",
    ),
)

HIDDEN_ERROR_TERM = (
    Mistake(
        "derivative-missing",
        lambda hidden_error, hidden: hidden_error,
        "This is the hidden error itself: the derivative of the hidden sigmoid is missing.",
    ),
    Mistake(
        "sigmoid-twice",
        lambda hidden_error, hidden: hidden_error * logistic(hidden) * (1 - logistic(hidden)),
        "The activations go through the sigmoid once more; they are its outputs already.",
    ),
    Mistake(
        "dot-product",
        lambda hidden_error, hidden: hidden_error @ (hidden * (1 - hidden)),
        "The units are summed by a dot product. Each unit keeps its own error term: ⊙, not @.",
    ),
    Mistake(
        "derivative-of-the-error",
        lambda hidden_error, hidden: hidden_error * hidden_error * (1 - hidden_error),
        "The sigmoid's derivative is taken from the error. Which quantity did the sigmoid return?",
    ),
)


def without_output_derivative(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Forget ŷ(1 − ŷ): the gradients of another loss, the cross-entropy."""
    hidden = logistic(X @ W_ih)
    error = logistic(hidden @ W_ho) - y
    return X.T @ (np.outer(error, W_ho) * hidden * (1 - hidden)), hidden.T @ error


def without_hidden_derivative(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Forget a(1 − a)."""
    hidden, delta_o, _ = error_terms(X, y, W_ih, W_ho)
    return X.T @ np.outer(delta_o, W_ho), hidden.T @ delta_o


def with_the_output_error(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Use the output's error term in the hidden layer as it is, without W_ho."""
    hidden, delta_o, _ = error_terms(X, y, W_ih, W_ho)
    return X.T @ (delta_o[:, None] * hidden * (1 - hidden)), hidden.T @ delta_o


def of_the_last_record(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Assign in the loop instead of adding."""
    return summed_gradients(X[-1:], y[-1:], W_ih, W_ho)


def summed_too_early(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Sum activations and error terms first, and multiply the sums."""
    hidden, delta_o, delta_h = error_terms(X, y, W_ih, W_ho)
    return np.outer(X.sum(0), delta_h.sum(0)), hidden.sum(0) * delta_o.sum()


def _single(gradients: Gradients) -> Function:
    """Turn gradients of a batch into those of one record."""
    return lambda x, y, W_ih, W_ho: gradients(x[None], np.array([y]), W_ih, W_ho)


NO_OUTPUT_DERIVATIVE = (
    "The derivative of the output sigmoid is missing; so these are the gradients of the "
    "cross-entropy, not of the squared error."
)
NO_HIDDEN_DERIVATIVE = "The derivative of the hidden sigmoid is missing from the hidden error term."
OUTPUT_ERROR_REUSED = (
    "The hidden layer uses the output's error term as it is. It comes back through the weights "
    "between the two layers."
)

RECORD_GRADIENTS = (
    Mistake("output-derivative-missing", _single(without_output_derivative), NO_OUTPUT_DERIVATIVE),
    Mistake(
        "hidden-derivative-missing",
        _single(without_hidden_derivative),
        NO_HIDDEN_DERIVATIVE,
        loses=("dW_ih",),
    ),
    Mistake(
        "output-error-reused",
        _single(with_the_output_error),
        OUTPUT_ERROR_REUSED,
        loses=("dW_ih",),
    ),
)

EPOCH_GRADIENTS = (
    Mistake(
        "last-record",
        of_the_last_record,
        "Only the last record counts: each one replaces the sum instead of being added to it.",
    ),
    Mistake(
        "summed-too-early",
        summed_too_early,
        "The records are summed before they are multiplied. A sum of products is not the product "
        "of the sums.",
    ),
    Mistake(
        "hidden-derivative-missing",
        without_hidden_derivative,
        NO_HIDDEN_DERIVATIVE,
        loses=("dW_ih",),
    ),
    Mistake("output-error-reused", with_the_output_error, OUTPUT_ERROR_REUSED, loses=("dW_ih",)),
)

MSE_LOSS = (
    Mistake(
        "absolute",
        lambda targets, outputs: np.mean(np.abs(targets - outputs)) / 2,
        "The differences are taken by their size. The loss takes their squares.",
    ),
    Mistake(
        "rooted",
        lambda targets, outputs: np.sqrt(np.mean((targets - outputs) ** 2)) / 2,
        "There is a square root too much: this is the length of the error, not its square.",
    ),
    Mistake(
        "square-of-the-sum",
        lambda targets, outputs: np.sum(targets - outputs) ** 2 / (2 * len(targets)),
        "The differences are summed first and then squared, so that opposite errors cancel.",
    ),
)

ACCURACY = (
    Mistake(
        "wrong-share",
        lambda X, y, W_ih, W_ho: np.mean((outputs(X, W_ih, W_ho) > 0.5) != y),
        "This is the share of records that are judged wrongly.",
    ),
    Mistake(
        "everybody-admitted",
        lambda X, y, W_ih, W_ho: np.mean(y),
        "Every record counts as admitted. Above which value of ŷ does the network say yes?",
    ),
    Mistake(
        "admissions-only",
        lambda X, y, W_ih, W_ho: np.mean((outputs(X, W_ih, W_ho) > 0.5) & (y == 1)),
        "Only the admitted are counted; a rightly refused record is right as well.",
    ),
    Mistake(
        "sum-compared",
        lambda X, y, W_ih, W_ho: np.mean((logistic(X @ W_ih) @ W_ho > 0.5) == y),
        "The sum before the output sigmoid is compared with 0.5. It is ŷ that is compared.",
    ),
)
