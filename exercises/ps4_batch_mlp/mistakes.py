"""Known wrong programs for ps4, each with a sentence for the student."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Mistake

from .draws import Array, logistic

Parts = tuple[Array, Array, Array, Array]


def run(
    X: Array,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    hidden: Callable[[Array], Array] = logistic,
    out: Callable[[Array], Array] = logistic,
) -> Parts:
    """The forward pass, with the activations to choose."""
    Z1 = W1 @ X + b1
    A1 = hidden(Z1)
    Z2 = W2 @ A1 + b2
    return Z1, A1, Z2, out(Z2)


def slope(A: Array) -> Array:
    """σ' from the activation."""
    return A * (1 - A)


def _same(Z: Array) -> Array:
    return Z


LINEAR_FORWARD = (
    Mistake(
        "bias-forgotten",
        lambda A_prev, W, b: W @ A_prev + 0 * b,
        "This is the product of weights and activations alone: what else does each unit add?",
    ),
    Mistake(
        "one-bias-for-all",
        lambda A_prev, W, b: W @ A_prev + b[0, 0],
        "Every unit got the first unit's bias; each row of Z has its own.",
    ),
    Mistake(
        "activated",
        lambda A_prev, W, b: logistic(W @ A_prev + b),
        "This is already σ of the answer. Z is what goes into the activation.",
    ),
)

SIGMOID_BACKWARD = (
    Mistake(
        "slope-alone",
        lambda dA, Z: slope(logistic(Z)),
        "This is σ'(Z) by itself. By the chain rule, what is it multiplied with?",
    ),
    Mistake(
        "slope-of-activation",
        lambda dA, Z: dA * slope(logistic(logistic(Z))),
        "σ' was taken at σ(Z), so the sigmoid was applied twice. Where is its slope needed?",
    ),
    Mistake(
        "slope-of-z",
        lambda dA, Z: dA * slope(Z),
        "Z·(1 − Z) is not the slope: the short form holds for the activation, not for Z.",
    ),
    Mistake(
        "times-activation",
        lambda dA, Z: dA * logistic(Z),
        "dA was multiplied with σ(Z) itself. Which factor does the chain rule ask for?",
    ),
)

FORWARD = (
    Mistake(
        "first-bias-forgotten",
        lambda X, W1, b1, W2, b2: run(X, W1, 0 * b1, W2, b2),
        "The values fit a network whose hidden layer has no bias. Where does b1 come in?",
    ),
    Mistake(
        "second-bias-forgotten",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, 0 * b2),
        "The values fit an output layer without its bias. Where does b2 come in?",
        loses=("Z2", "A2"),
    ),
    Mistake(
        "hidden-not-activated",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, hidden=_same),
        "The hidden layer passes its sums on unchanged. What stands between Z1 and A1?",
        loses=("A1", "Z2", "A2"),
    ),
    Mistake(
        "output-not-activated",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, out=_same),
        "A2 is still the sum of the output unit. A probability lies between 0 and 1.",
        loses=("A2",),
    ),
)


def _clipped(A2: Array, edge: float = 1e-12) -> Array:
    return np.clip(A2, edge, 1 - edge)


def _mean_loss(A2: Array, Y: Array) -> float:
    return float(-np.mean(np.where(Y == 1, np.log(A2), np.log(1 - A2))))


BINARY_CROSS_ENTROPY = (
    Mistake(
        "ones-only",
        lambda A2, Y: -np.mean(Y * np.log(_clipped(A2))),
        "Only examples with y = 1 count here. What does an example with y = 0 pay?",
        loses=("value", "near the edges"),
    ),
    Mistake(
        "labels-swapped",
        lambda A2, Y: _mean_loss(1 - _clipped(A2), Y),
        "The two terms look at the wrong classes: a confident, right answer must cost little.",
        loses=("value", "near the edges"),
    ),
    Mistake(
        "difference-of-terms",
        lambda A2, Y: -np.mean(Y * np.log(_clipped(A2)) - (1 - Y) * np.log(1 - _clipped(A2))),
        "The two terms are subtracted from each other. Both are costs: how do they combine?",
        loses=("value", "near the edges"),
    ),
    Mistake(
        "summed",
        lambda A2, Y: Y.size * _mean_loss(_clipped(A2), Y),
        "The examples' losses are summed; their mean is asked for.",
        loses=("value", "near the edges"),
    ),
    Mistake(
        "clipped-too-early",
        lambda A2, Y: _mean_loss(_clipped(A2, 1e-7), Y),
        "Outputs closer to 0 or 1 than 1e-7 were clipped; leave [1e-12, 1 − 1e-12] as it is.",
        loses=("near the edges",),
    ),
    Mistake(
        "constant-in-the-log",
        lambda A2, Y: -np.mean(Y * np.log(A2 + 1e-10) + (1 - Y) * np.log(1 - A2 + 1e-10)),
        "A constant of 1e-10 was added inside the logarithm. That shifts the loss near 0 and 1.",
        loses=("near the edges",),
    ),
    Mistake(
        "not-clipped",
        _mean_loss,
        "The logarithm of an exact 0 is infinite. Keep A2 a little away from 0 and 1 first.",
        loses=("finite",),
    ),
)

OUTPUT_ACTIVATION_GRADIENT = (
    Mistake(
        "sum-of-both",
        lambda A2, Y: Y / A2 + (1 - Y) / (1 - A2),
        "The two terms have the same sign here. What is the derivative of log(1 − a)?",
    ),
    Mistake(
        "ones-only",
        lambda A2, Y: -Y / A2 + 0 * A2,
        "Only examples with y = 1 get a gradient. What do the others want?",
    ),
    Mistake(
        "error-term-already",
        lambda A2, Y: A2 - Y,
        "This is dZ2: it contains the slope of the sigmoid. Here the derivative stops at A2.",
    ),
)

OUTPUT_ERROR_TERM = (
    Mistake(
        "slope-left-in",
        lambda A2, Y: (A2 - Y) * slope(A2),
        "The factor a(1 − a) is still there. What happens to it when dA2 is multiplied out?",
    ),
    Mistake(
        "activation-gradient",
        lambda A2, Y: -Y / A2 + (1 - Y) / (1 - A2),
        "This is dA2. To get from A2 to Z2 the chain rule needs one more factor.",
    ),
)

WEIGHT_GRADIENT = (
    Mistake(
        "divided-by-units",
        lambda dZ, A_prev: dZ @ A_prev.T / dZ.shape[0],
        "The sum was divided by the number of units. Which axis of dZ counts examples?",
    ),
    Mistake(
        "divided-by-inputs",
        lambda dZ, A_prev: dZ @ A_prev.T / A_prev.shape[0],
        "The sum was divided by the number of inputs. Which axis of A_prev counts examples?",
    ),
    Mistake(
        "summed-before-multiplying",
        lambda dZ, A_prev: np.outer(dZ.sum(axis=1), A_prev.sum(axis=1)) / dZ.shape[1],
        "Errors and activations were summed over the batch before they were multiplied. "
        "Which comes first?",
    ),
)

BIAS_GRADIENT = (
    Mistake(
        "divided-by-units",
        lambda dZ: dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
        "The sum was divided by the number of units. Which axis of dZ counts examples?",
    ),
    Mistake(
        "summed-over-units",
        lambda dZ: dZ.sum(axis=0, keepdims=True) / dZ.shape[1],
        "This has one number per example, so units were summed. Who shares the bias of a unit?",
    ),
    Mistake(
        "summed-over-everything",
        lambda dZ: np.full((dZ.shape[0], 1), dZ.sum() / dZ.shape[1]),
        "All units got one common number. Each has a bias, and a gradient, of its own.",
    ),
    Mistake(
        "one-number",
        lambda dZ: dZ.sum() / dZ.shape[1],
        "Everything was summed to a single number. The gradient of b has the shape of b.",
    ),
)
