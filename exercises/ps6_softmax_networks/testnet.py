"""Known wrong programs for the 2-3-2 network, each with a sentence for the student."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Function, Mistake

from .draws import Array, Labels
from .oracles import cost, softmax

Parts = tuple[Array, Array, Array, Array]
Rule = Callable[[Array], Array]


def _logistic(Z: Array) -> Array:
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def _slope(A: Array) -> Array:
    return A * (1 - A)


def _loss(
    penalty: Function, activation: Rule = _logistic, biases: float = 1.0
) -> Callable[..., float]:
    """The loss, with the penalty, the activation or the biases to choose."""

    def loss(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> float:
        scores = W2 @ activation(W1 @ X + biases * b1) + biases * b2
        return cost(scores.T, y) + float(penalty(reg, W1, b1, W2, b2))

    return loss


def _squares(*arrays: Array) -> float:
    return sum(float(np.sum(array**2)) for array in arrays)


def _right(reg: float, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    return 0.5 * reg * _squares(W1, W2)


REG_FORGOTTEN = "The regularisation is missing. What does reg multiply?"
BIASES_REGULARISED = "The biases are regularised as well. The penalty is for the weights only."
BIASES_FORGOTTEN = "This is a network without biases. Where does each layer add its own?"

TESTNET_LOSS = (
    Mistake("reg-forgotten", _loss(lambda *_: 0.0), REG_FORGOTTEN),
    Mistake(
        "half-missing",
        _loss(lambda reg, W1, b1, W2, b2: reg * _squares(W1, W2)),
        "The penalty is twice as large as it should be. Which factor stands before reg?",
    ),
    Mistake(
        "norms-not-squared",
        _loss(lambda reg, W1, b1, W2, b2: reg * (_squares(W1) ** 0.5 + _squares(W2) ** 0.5) / 2),
        "The penalty holds the norms themselves; the loss asks for their squares.",
    ),
    Mistake(
        "biases-regularised",
        _loss(lambda reg, W1, b1, W2, b2: 0.5 * reg * _squares(W1, b1, W2, b2)),
        BIASES_REGULARISED,
    ),
    Mistake("biases-forgotten", _loss(_right, biases=0.0), BIASES_FORGOTTEN),
    Mistake(
        "hidden-not-activated",
        _loss(_right, activation=lambda Z: Z),
        "The hidden layer passes its sums on unchanged. What stands between the two layers?",
    ),
)


def _backward(
    output_error: Callable[[Array, Array], Array] = lambda p, one_hot: p - one_hot,
    hidden_slope: Rule = _slope,
    biases: float = 1.0,
) -> Callable[..., Parts]:
    """One example's gradients, with the steps of the chain to choose."""

    def backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
        a1 = _logistic(W1 @ x + biases * b1)
        p = softmax((W2 @ a1 + biases * b2).T).T
        delta2 = output_error(p, np.eye(2)[:, [label]])
        delta1 = W2.T @ delta2 * hidden_slope(a1)
        return delta1 @ x.T, delta1, delta2 @ a1.T, delta2

    return backward


SLOPE_MISSING = "On its way back the error passes the hidden sigmoid. Where is its slope?"

TESTNET_BACKWARD = (
    Mistake(
        "hidden-slope-missing",
        _backward(hidden_slope=lambda a: 0 * a + 1),
        SLOPE_MISSING,
        loses=("dW1", "db1"),
    ),
    Mistake(
        "slope-as-a-scalar",
        _backward(hidden_slope=lambda a: a.T @ (1 - a)),
        "aᵀ(1 − a) is a dot product: one number for all units. Each unit has a slope of its own.",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "slope-of-activation",
        _backward(hidden_slope=lambda a: _slope(_logistic(a))),
        "The sigmoid was applied twice: its slope was taken at a1 instead of z1.",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "slope-at-the-output",
        _backward(output_error=lambda p, one_hot: (p - one_hot) * _slope(p)),
        "The output error holds a factor p(1 − p). Softmax and logarithm together leave none.",
    ),
    Mistake(
        "label-forgotten",
        _backward(output_error=lambda p, one_hot: p),
        "The output error is p itself. Where does the label come in?",
    ),
    Mistake(
        "true-class-only",
        _backward(output_error=lambda p, one_hot: (p - one_hot) * one_hot),
        "Only the true class sends an error back. The other score is in the sum of softmax too.",
    ),
    Mistake("biases-forgotten", _backward(biases=0.0), BIASES_FORGOTTEN),
)


def _batch(
    finish: Callable[[Array, Array, float, int], Array] = lambda dW, W, reg, N: dW / N + reg * W,
    finish_bias: Callable[[Array, Array, float, int], Array] = lambda db, b, reg, N: db / N,
    hidden_slope: Rule = _slope,
) -> Callable[..., Parts]:
    """A batch's gradients; `finish` turns sums over the batch into gradients of the loss."""

    def backward(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
    ) -> Parts:
        N, A1 = len(y), _logistic(W1 @ X + b1)
        delta2 = softmax((W2 @ A1 + b2).T).T - np.eye(2)[:, y]
        delta1 = W2.T @ delta2 * hidden_slope(A1)
        sums = [delta.sum(axis=1, keepdims=True) for delta in (delta1, delta2)]
        dW1, dW2 = finish(delta1 @ X.T, W1, reg, N), finish(delta2 @ A1.T, W2, reg, N)
        return dW1, finish_bias(sums[0], b1, reg, N), dW2, finish_bias(sums[1], b2, reg, N)

    return backward


TESTNET_BATCH_BACKWARD = (
    Mistake(
        "reg-forgotten",
        _batch(lambda dW, W, reg, N: dW / N),
        REG_FORGOTTEN,
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "reg-twice",
        _batch(lambda dW, W, reg, N: dW / N + 2 * reg * W),
        "The penalty's part is twice too large. What becomes of the ½ when ½·reg·‖W‖² is derived?",
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "reg-times-gradient",
        _batch(lambda dW, W, reg, N: dW / N + reg * dW / N),
        "reg multiplies the gradient here. What is the derivative of ½·reg·‖W‖² by W?",
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "biases-regularised",
        _batch(finish_bias=lambda db, b, reg, N: db / N + reg * b),
        BIASES_REGULARISED,
        loses=("db1", "db2"),
    ),
    Mistake(
        "reg-in-the-mean",
        _batch(lambda dW, W, reg, N: (dW + reg * W) / N),
        "The penalty was divided by N too. It stands beside the mean, not inside.",
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "mean-missing",
        _batch(lambda dW, W, reg, N: dW + reg * W, lambda db, b, reg, N: db),
        "The examples were summed. The loss is their mean: where is the 1/N?",
    ),
    Mistake(
        "hidden-slope-missing",
        _batch(hidden_slope=lambda A: 0 * A + 1),
        SLOPE_MISSING,
        loses=("dW1", "db1"),
    ),
)
