"""Known wrong programs for the small functions of ps6, each with a sentence for the student."""

import numpy as np

from autograder.exercise.spec import Mistake

from .draws import Array, Labels
from .oracles import softmax


def _one_hot(probs: Array, y: Labels) -> Array:
    return np.eye(probs.shape[1])[y]


def _shares(powers: Array) -> Array:
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


SOFTMAX = (
    Mistake(
        "overflow",
        lambda scores: _shares(np.exp(scores)),
        "The formula is right, but exp(1000) is too large for a float. Shifting all scores of a "
        "row by the same number leaves p as it is: which shift helps?",
        loses=("stable",),
    ),
    Mistake(
        "one-shift-for-all",
        lambda scores: _shares(np.exp(scores - scores.max())),
        "Shifting by the largest score of the whole batch leaves other rows with exp(s) = 0. "
        "Each row needs a shift of its own.",
        loses=("stable",),
    ),
    Mistake(
        "normalised-down-the-columns",
        lambda scores: softmax(scores.T).T,
        "Each column sums to 1. One example is a row: which axis holds its classes?",
    ),
    Mistake(
        "normalised-over-everything",
        lambda scores: softmax(scores.reshape(1, -1)).reshape(scores.shape),
        "The whole matrix sums to 1. Each example, a row, has probabilities of its own.",
    ),
    Mistake(
        "not-exponentiated",
        _shares,
        "The scores themselves were divided by their sum. What makes every share positive?",
    ),
)

SOFTMAX_JACOBIAN = (
    Mistake(
        "diagonal-only",
        lambda p: np.diag(p * (1 - p)),
        "Only the diagonal is filled. Does raising one score leave the other probabilities alone?",
    ),
    Mistake(
        "slopes-as-a-vector",
        lambda p: p * (1 - p),
        "p(1 − p) is the diagonal. A Jacobian has a row for each p and a column for each score.",
    ),
    Mistake(
        "identity-for-diagonal",
        lambda p: np.eye(len(p)) - np.outer(p, p),
        "The diagonal starts from 1. What is the derivative of exp(s_i), divided by the sum?",
    ),
    Mistake(
        "outer-product-added",
        lambda p: np.diag(p) + np.outer(p, p),
        "A higher score of another class should lower this probability: look at the sign.",
    ),
)

CROSS_ENTROPY = (
    Mistake(
        "every-class",
        lambda probs, y: -np.log(probs).sum() / len(y),
        "The logarithms of all classes were added up. Which one does the label pick?",
    ),
    Mistake(
        "divided-by-classes-too",
        lambda probs, y: -np.mean(_one_hot(probs, y) * np.log(probs)),
        "The sum was divided by the number of entries. How many examples are averaged?",
    ),
    Mistake(
        "log-of-the-mean",
        lambda probs, y: -np.log(probs[np.arange(len(y)), y].mean()),
        "This is the logarithm of the mean probability; each example has its own −log p.",
    ),
    Mistake(
        "all-pairs",
        lambda probs, y: -np.mean(np.log(probs[:, y])),
        "probs[:, y] takes every label's column for every row. Pair each row with its own label.",
    ),
)


def _minus_one_for_all_labels(probs: Array, y: Labels) -> Array:
    moved = probs.copy()
    moved[:, y] -= 1
    return moved / len(y)


SCORES_GRADIENT = (
    Mistake(
        "true-class-only",
        lambda probs, y: (probs - 1) * _one_hot(probs, y) / len(y),
        "Only the true class gets a gradient. The other scores are in the sum of softmax too.",
    ),
    Mistake(
        "label-forgotten",
        lambda probs, y: probs / len(y),
        "These are the probabilities over N. Where does the label come in?",
    ),
    Mistake(
        "label-added",
        lambda probs, y: (probs + _one_hot(probs, y)) / len(y),
        "The one-hot label was added. Should the score of the true class fall or rise?",
    ),
    Mistake(
        "all-labels-in-each-row",
        _minus_one_for_all_labels,
        "probs[:, y] reaches every label's column in every row. Pair each row with its own label.",
    ),
    Mistake(
        "divided-by-classes",
        lambda probs, y: (probs - _one_hot(probs, y)) / probs.shape[1],
        "It was divided by the number of classes. The mean is over examples.",
    ),
)

AFFINE_BACKWARD = (
    Mistake(
        "db-over-features",
        lambda dout, X, W: (dout @ W.T, X.T @ dout, dout.sum(axis=1)),
        "db has one number per example here. Who shares the bias of a unit?",
        loses=("db",),
    ),
    Mistake(
        "mean-taken-again",
        lambda dout, X, W: (dout @ W.T, X.T @ dout / len(X), dout.mean(axis=0)),
        "dW and db were divided by N. The upstream gradient already holds every 1/N there is.",
        loses=("dW", "db"),
    ),
    Mistake(
        "summed-before-multiplying",
        lambda dout, X, W: (
            dout @ W.T,
            np.outer(X.sum(axis=0), dout.sum(axis=0)),
            dout.sum(axis=0),
        ),
        "X and dout were summed over the batch before they were multiplied. Which comes first?",
        loses=("dW",),
    ),
)

RELU_BACKWARD = (
    Mistake(
        "mask-missing",
        lambda dout, Z: dout,
        "Everything passes. Which units let nothing through in the forward pass?",
    ),
    Mistake(
        "mask-from-gradient",
        lambda dout, Z: np.maximum(0, dout),
        "The gradient's own sign decides here. What decides whether a unit is on?",
    ),
    Mistake(
        "mask-alone",
        lambda dout, Z: (Z > 0) * 1.0,
        "This is the slope by itself. By the chain rule, what is it multiplied with?",
    ),
    Mistake(
        "times-activation",
        lambda dout, Z: dout * np.maximum(0, Z),
        "dout was multiplied with max(0, Z) itself. What is the slope of that function?",
    ),
)
