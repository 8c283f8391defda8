"""Known wrong programs for the ReLU network and its training, each with a sentence."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Mistake
from autograder.exercise.tree import Tree

from .draws import SOLUTIONS, Array, Labels
from .oracles import relu_loss, softmax
from .testnet import BIASES_FORGOTTEN, BIASES_REGULARISED, REG_FORGOTTEN

Parts = tuple[Array, Array, Array, Array]
Passes = tuple[float, Parts]


def _gradients(
    mask: Callable[[Array, Array], Array] = lambda dA1, Z1: dA1 * (Z1 > 0),
    penalty: Callable[[Array, Array, float], Array] = lambda dW, W, reg: dW + reg * W,
    bias_penalty: float = 0.0,
    biases: float = 1.0,
) -> Callable[..., Parts]:
    """The backward pass, with the mask, the penalty's gradient or the biases to choose."""

    def gradients(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
    ) -> Parts:
        Z1 = X @ W1 + biases * b1
        A1 = np.maximum(0, Z1)
        D2 = (softmax(A1 @ W2 + biases * b2) - np.eye(len(b2))[y]) / len(y)
        D1 = mask(D2 @ W2.T, Z1)
        db1, db2 = D1.sum(axis=0), D2.sum(axis=0)
        beside = bias_penalty * reg
        dW1, dW2 = penalty(X.T @ D1, W1, reg), penalty(A1.T @ D2, W2, reg)
        return dW1, db1 + beside * b1, dW2, db2 + beside * b2

    return gradients


def _with(
    gradients: Callable[..., Parts], loss: Callable[..., float] = relu_loss
) -> Callable[..., Passes]:
    return lambda *arguments: (loss(*arguments), gradients(*arguments))


def _without_reg(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    return relu_loss(X, y, W1, b1, W2, b2, 0.0)


def _doubled_reg(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    return relu_loss(X, y, W1, b1, W2, b2, 2 * reg)


def _without_biases(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    return relu_loss(X, y, W1, 0 * b1, W2, 0 * b2, reg)


LOSS_AND_GRADIENTS = (
    Mistake(
        "mask-missing",
        _with(_gradients(mask=lambda dA1, Z1: dA1)),
        "The error passes the ReLU as if every unit were on. Which units let nothing through?",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "mask-from-gradient",
        _with(_gradients(mask=lambda dA1, Z1: np.maximum(0, dA1))),
        "The gradient's own sign decides what passes. What decides whether a unit is on?",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "slope-of-sigmoid",
        _with(_gradients(mask=lambda dA1, Z1: dA1 * np.maximum(0, Z1) * (1 - np.maximum(0, Z1)))),
        "The hidden error holds a(1 − a), the slope of a sigmoid. This layer is a ReLU.",
        loses=("dW1", "db1"),
    ),
    Mistake(
        "reg-forgotten",
        _with(_gradients(penalty=lambda dW, W, reg: dW), _without_reg),
        REG_FORGOTTEN,
        loses=("loss", "dW1", "dW2"),
    ),
    Mistake(
        "half-missing",
        _with(_gradients(), _doubled_reg),
        "The penalty in the loss is twice too large. Which factor stands before reg?",
        loses=("loss",),
    ),
    Mistake(
        "reg-twice",
        _with(_gradients(penalty=lambda dW, W, reg: dW + 2 * reg * W)),
        "The penalty's part is twice too large. What becomes of the ½ when ½·reg·‖W‖² is derived?",
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "reg-times-gradient",
        _with(_gradients(penalty=lambda dW, W, reg: dW + reg * dW)),
        "reg multiplies the gradient here. What is the derivative of ½·reg·‖W‖² by W?",
        loses=("dW1", "dW2"),
    ),
    Mistake(
        "biases-regularised",
        _with(_gradients(bias_penalty=1.0)),
        BIASES_REGULARISED,
        loses=("db1", "db2"),
    ),
    Mistake("biases-forgotten", _with(_gradients(biases=0.0), _without_biases), BIASES_FORGOTTEN),
)


def _descent(
    gradients: Callable[..., Parts] = _gradients(),
    factor: Callable[[float], float] = lambda rate: -rate,
) -> Callable[..., tuple[Parts, list[float]]]:
    """The loop, with the gradients or the step to choose."""

    def train(
        X: Array,
        y: Labels,
        W1: Array,
        b1: Array,
        W2: Array,
        b2: Array,
        learning_rate: float,
        reg: float,
        steps: int,
    ) -> tuple[Parts, list[float]]:
        now, losses = (W1, b1, W2, b2), []
        for _ in range(steps):
            losses.append(relu_loss(X, y, *now, reg))
            moves = gradients(X, y, *now, reg)
            W1, b1, W2, b2 = (
                p + factor(learning_rate) * dp for p, dp in zip(now, moves, strict=True)
            )
            now = W1, b1, W2, b2
        return now, losses

    return train


def _losses_after(*arguments: Tree) -> tuple[Parts, list[float]]:
    X, y, *_, reg, _ = arguments
    (W1, b1, W2, b2), losses = SOLUTIONS.train(*arguments)
    return (W1, b1, W2, b2), [*losses[1:], relu_loss(X, y, W1, b1, W2, b2, reg)]


def _last_loss(*arguments: Tree) -> tuple[Parts, list[float]]:
    parameters, losses = SOLUTIONS.train(*arguments)
    return parameters, losses[-1:]


STEPPED = ("W1", "b1", "W2", "b2", "losses")

TRAIN = (
    Mistake(
        "uphill",
        _descent(factor=lambda rate: rate),
        "The parameters move along the gradient, uphill. Which way does the loss fall?",
    ),
    Mistake(
        "rate-forgotten",
        _descent(factor=lambda rate: -1.0),
        "Each step is the whole gradient. Which number scales a step?",
        loses=STEPPED,
    ),
    Mistake(
        "reg-forgotten",
        _descent(_gradients(penalty=lambda dW, W, reg: dW)),
        "The updates know nothing of reg. Whose gradients does descent follow?",
        loses=STEPPED,
    ),
    Mistake(
        "losses-after-the-update",
        _losses_after,
        "Each loss was taken after its update. The first one belongs to the parameters given.",
        loses=("losses",),
    ),
    Mistake(
        "last-loss-only",
        _last_loss,
        "Only the last loss came back. The list has one for each step.",
        loses=("losses",),
    ),
)
