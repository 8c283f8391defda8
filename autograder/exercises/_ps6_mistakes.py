"""Known wrong programs for the small functions of ps6, each with a sentence for the student."""

import numpy as np

from autograder.exercises._ps6_draws import Array, Labels
from autograder.exercises._ps6_oracles import softmax
from autograder.spec import Mistake


def _one_hot(probs: Array, y: Labels) -> Array:
    return np.eye(probs.shape[1])[y]


def _shares(powers: Array) -> Array:
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


SOFTMAX = (
    Mistake(
        "overflow",
        "The formula is right, but exp(1000) is too large for a float. Shifting all scores of a "
        "row by the same number leaves p as it is: which shift helps?",
        lambda scores: _shares(np.exp(scores)),
        loses=("stable",),
    ),
    Mistake(
        "one-shift-for-all",
        "Shifting by the largest score of the whole batch leaves other rows with exp(s) = 0. "
        "Each row needs a shift of its own.",
        lambda scores: _shares(np.exp(scores - scores.max())),
        loses=("stable",),
    ),
    Mistake(
        "normalised-down-the-columns",
        "Each column sums to 1. One example is a row: which axis holds its classes?",
        lambda scores: softmax(scores.T).T,
    ),
    Mistake(
        "normalised-over-everything",
        "The whole matrix sums to 1. Each example, a row, has probabilities of its own.",
        lambda scores: softmax(scores.reshape(1, -1)).reshape(scores.shape),
    ),
    Mistake(
        "not-exponentiated",
        "The scores themselves were divided by their sum. What makes every share positive?",
        _shares,
    ),
)

SOFTMAX_JACOBIAN = (
    Mistake(
        "diagonal-only",
        "Only the diagonal is filled. Does raising one score leave the other probabilities alone?",
        lambda p: np.diag(p * (1 - p)),
    ),
    Mistake(
        "slopes-as-a-vector",
        "p(1 − p) is the diagonal. A Jacobian has a row for each p and a column for each score.",
        lambda p: p * (1 - p),
    ),
    Mistake(
        "identity-for-diagonal",
        "The diagonal starts from 1. What is the derivative of exp(s_i), divided by the sum?",
        lambda p: np.eye(len(p)) - np.outer(p, p),
    ),
    Mistake(
        "outer-product-added",
        "A higher score of another class should lower this probability: look at the sign.",
        lambda p: np.diag(p) + np.outer(p, p),
    ),
)

CROSS_ENTROPY = (
    Mistake(
        "every-class",
        "The logarithms of all classes were added up. Which one does the label pick?",
        lambda probs, y: -np.log(probs).sum() / len(y),
    ),
    Mistake(
        "divided-by-classes-too",
        "The sum was divided by the number of entries. How many examples are averaged?",
        lambda probs, y: -np.mean(_one_hot(probs, y) * np.log(probs)),
    ),
    Mistake(
        "log-of-the-mean",
        "This is the logarithm of the mean probability; each example has its own −log p.",
        lambda probs, y: -np.log(probs[np.arange(len(y)), y].mean()),
    ),
    Mistake(
        "all-pairs",
        "probs[:, y] takes every label's column for every row. Pair each row with its own label.",
        lambda probs, y: -np.mean(np.log(probs[:, y])),
    ),
)


def _minus_one_for_all_labels(probs: Array, y: Labels) -> Array:
    moved = probs.copy()
    moved[:, y] -= 1
    return moved / len(y)


SCORES_GRADIENT = (
    Mistake(
        "true-class-only",
        "Only the true class gets a gradient. The other scores are in the sum of softmax too.",
        lambda probs, y: (probs - 1) * _one_hot(probs, y) / len(y),
    ),
    Mistake(
        "label-forgotten",
        "These are the probabilities over N. Where does the label come in?",
        lambda probs, y: probs / len(y),
    ),
    Mistake(
        "label-added",
        "The one-hot label was added. Should the score of the true class fall or rise?",
        lambda probs, y: (probs + _one_hot(probs, y)) / len(y),
    ),
    Mistake(
        "all-labels-in-each-row",
        "probs[:, y] reaches every label's column in every row. Pair each row with its own label.",
        _minus_one_for_all_labels,
    ),
    Mistake(
        "divided-by-classes",
        "It was divided by the number of classes. The mean is over examples.",
        lambda probs, y: (probs - _one_hot(probs, y)) / probs.shape[1],
    ),
)

AFFINE_BACKWARD = (
    Mistake(
        "db-over-features",
        "db has one number per example here. Who shares the bias of a unit?",
        lambda dout, X, W: (dout @ W.T, X.T @ dout, dout.sum(axis=1)),
        loses=("db",),
    ),
    Mistake(
        "mean-taken-again",
        "dW and db were divided by N. The upstream gradient already holds every 1/N there is.",
        lambda dout, X, W: (dout @ W.T, X.T @ dout / len(X), dout.mean(axis=0)),
        loses=("dW", "db"),
    ),
    Mistake(
        "summed-before-multiplying",
        "X and dout were summed over the batch before they were multiplied. Which comes first?",
        lambda dout, X, W: (
            dout @ W.T,
            np.outer(X.sum(axis=0), dout.sum(axis=0)),
            dout.sum(axis=0),
        ),
        loses=("dW",),
    ),
)

RELU_BACKWARD = (
    Mistake(
        "mask-missing",
        "Everything passes. Which units let nothing through in the forward pass?",
        lambda dout, Z: dout,
    ),
    Mistake(
        "mask-from-gradient",
        "The gradient's own sign decides here. What decides whether a unit is on?",
        lambda dout, Z: np.maximum(0, dout),
    ),
    Mistake(
        "mask-alone",
        "This is the slope by itself. By the chain rule, what is it multiplied with?",
        lambda dout, Z: (Z > 0) * 1.0,
    ),
    Mistake(
        "times-activation",
        "dout was multiplied with max(0, Z) itself. What is the slope of that function?",
        lambda dout, Z: dout * np.maximum(0, Z),
    ),
)
