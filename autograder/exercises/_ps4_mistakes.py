"""Known wrong programs for ps4, each with a sentence for the student."""

from collections.abc import Callable

import numpy as np

from autograder.exercises._ps4_draws import Array, logistic
from autograder.spec import Mistake

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
        "This is the product of weights and activations alone: what else does each unit add?",
        lambda A_prev, W, b: W @ A_prev + 0 * b,
    ),
    Mistake(
        "one-bias-for-all",
        "Every unit got the first unit's bias; each row of Z has its own.",
        lambda A_prev, W, b: W @ A_prev + b[0, 0],
    ),
    Mistake(
        "activated",
        "This is already σ of the answer. Z is what goes into the activation.",
        lambda A_prev, W, b: logistic(W @ A_prev + b),
    ),
)

SIGMOID_BACKWARD = (
    Mistake(
        "slope-alone",
        "This is σ'(Z) by itself. By the chain rule, what is it multiplied with?",
        lambda dA, Z: slope(logistic(Z)),
    ),
    Mistake(
        "slope-of-activation",
        "σ' was taken at σ(Z), so the sigmoid was applied twice. Where is its slope needed?",
        lambda dA, Z: dA * slope(logistic(logistic(Z))),
    ),
    Mistake(
        "slope-of-z",
        "Z·(1 − Z) is not the slope: the short form holds for the activation, not for Z.",
        lambda dA, Z: dA * slope(Z),
    ),
    Mistake(
        "times-activation",
        "dA was multiplied with σ(Z) itself. Which factor does the chain rule ask for?",
        lambda dA, Z: dA * logistic(Z),
    ),
)

FORWARD = (
    Mistake(
        "first-bias-forgotten",
        "The values fit a network whose hidden layer has no bias. Where does b1 come in?",
        lambda X, W1, b1, W2, b2: run(X, W1, 0 * b1, W2, b2),
    ),
    Mistake(
        "second-bias-forgotten",
        "The values fit an output layer without its bias. Where does b2 come in?",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, 0 * b2),
        loses=("Z2", "A2"),
    ),
    Mistake(
        "hidden-not-activated",
        "The hidden layer passes its sums on unchanged. What stands between Z1 and A1?",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, hidden=_same),
        loses=("A1", "Z2", "A2"),
    ),
    Mistake(
        "output-not-activated",
        "A2 is still the sum of the output unit. A probability lies between 0 and 1.",
        lambda X, W1, b1, W2, b2: run(X, W1, b1, W2, b2, out=_same),
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
        "Only examples with y = 1 count here. What does an example with y = 0 pay?",
        lambda A2, Y: -np.mean(Y * np.log(_clipped(A2))),
        loses=("value", "near the edges"),
    ),
    Mistake(
        "labels-swapped",
        "The two terms look at the wrong classes: a confident, right answer must cost little.",
        lambda A2, Y: _mean_loss(1 - _clipped(A2), Y),
        loses=("value", "near the edges"),
    ),
    Mistake(
        "difference-of-terms",
        "The two terms are subtracted from each other. Both are costs: how do they combine?",
        lambda A2, Y: -np.mean(Y * np.log(_clipped(A2)) - (1 - Y) * np.log(1 - _clipped(A2))),
        loses=("value", "near the edges"),
    ),
    Mistake(
        "summed",
        "The examples' losses are summed; their mean is asked for.",
        lambda A2, Y: Y.size * _mean_loss(_clipped(A2), Y),
        loses=("value", "near the edges"),
    ),
    Mistake(
        "clipped-too-early",
        "Outputs closer to 0 or 1 than 1e-7 were clipped; leave [1e-12, 1 − 1e-12] as it is.",
        lambda A2, Y: _mean_loss(_clipped(A2, 1e-7), Y),
        loses=("near the edges",),
    ),
    Mistake(
        "constant-in-the-log",
        "A constant of 1e-10 was added inside the logarithm. That shifts the loss near 0 and 1.",
        lambda A2, Y: -np.mean(Y * np.log(A2 + 1e-10) + (1 - Y) * np.log(1 - A2 + 1e-10)),
        loses=("near the edges",),
    ),
    Mistake(
        "not-clipped",
        "The logarithm of an exact 0 is infinite. Keep A2 a little away from 0 and 1 first.",
        _mean_loss,
        loses=("finite",),
    ),
)

OUTPUT_ACTIVATION_GRADIENT = (
    Mistake(
        "sum-of-both",
        "The two terms have the same sign here. What is the derivative of log(1 − a)?",
        lambda A2, Y: Y / A2 + (1 - Y) / (1 - A2),
    ),
    Mistake(
        "ones-only",
        "Only examples with y = 1 get a gradient. What do the others want?",
        lambda A2, Y: -Y / A2 + 0 * A2,
    ),
    Mistake(
        "error-term-already",
        "This is dZ2: it contains the slope of the sigmoid. Here the derivative stops at A2.",
        lambda A2, Y: A2 - Y,
    ),
)

OUTPUT_ERROR_TERM = (
    Mistake(
        "slope-left-in",
        "The factor a(1 − a) is still there. What happens to it when dA2 is multiplied out?",
        lambda A2, Y: (A2 - Y) * slope(A2),
    ),
    Mistake(
        "activation-gradient",
        "This is dA2. To get from A2 to Z2 the chain rule needs one more factor.",
        lambda A2, Y: -Y / A2 + (1 - Y) / (1 - A2),
    ),
)

WEIGHT_GRADIENT = (
    Mistake(
        "divided-by-units",
        "The sum was divided by the number of units. Which axis of dZ counts examples?",
        lambda dZ, A_prev: dZ @ A_prev.T / dZ.shape[0],
    ),
    Mistake(
        "divided-by-inputs",
        "The sum was divided by the number of inputs. Which axis of A_prev counts examples?",
        lambda dZ, A_prev: dZ @ A_prev.T / A_prev.shape[0],
    ),
    Mistake(
        "summed-before-multiplying",
        "Errors and activations were summed over the batch before they were multiplied. "
        "Which comes first?",
        lambda dZ, A_prev: np.outer(dZ.sum(axis=1), A_prev.sum(axis=1)) / dZ.shape[1],
    ),
)

BIAS_GRADIENT = (
    Mistake(
        "divided-by-units",
        "The sum was divided by the number of units. Which axis of dZ counts examples?",
        lambda dZ: dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
    ),
    Mistake(
        "summed-over-units",
        "This has one number per example, so units were summed. Who shares the bias of a unit?",
        lambda dZ: dZ.sum(axis=0, keepdims=True) / dZ.shape[1],
    ),
    Mistake(
        "summed-over-everything",
        "All units got one common number. Each has a bias, and a gradient, of its own.",
        lambda dZ: np.full((dZ.shape[0], 1), dZ.sum() / dZ.shape[1]),
    ),
    Mistake(
        "one-number",
        "Everything was summed to a single number. The gradient of b has the shape of b.",
        lambda dZ: dZ.sum() / dZ.shape[1],
    ),
)
