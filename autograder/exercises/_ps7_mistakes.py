"""What often goes wrong in the first half of ps7: the formulas and the ReLU network."""

from collections.abc import Callable

import numpy as np

from autograder.course import load_solutions
from autograder.exercises._ps7_draws import Array
from autograder.exercises._ps7_oracles import relu_loss
from autograder.spec import Function, Mistake

answers = load_solutions("deep_networks")

SQUARED_ERROR_GRADIENT = (
    Mistake(
        "squared-l1-norm",
        "This is the gradient of the square of a sum of absolute values. The loss is a sum of "
        "squares: differentiate one summand.",
        lambda y_pred, y: 2 * np.abs(y_pred - y).sum() * np.sign(y_pred - y),
    ),
    Mistake(
        "squares-kept",
        "The square is still there. What does differentiating do to an exponent of 2?",
        lambda y_pred, y: 2 * (y_pred - y) ** 2,
    ),
    Mistake(
        "mean-over-all-entries",
        "This is divided by the number of entries. Does this loss take a mean or a sum?",
        lambda y_pred, y: 2 * (y_pred - y) / y.size,
    ),
)

BILINEAR_GRADIENT = (
    Mistake(
        "right-vector-missing",
        "b has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
        lambda a, b: np.outer(a, np.ones_like(b)),
    ),
    Mistake(
        "left-vector-missing",
        "a has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
        lambda a, b: np.outer(np.ones_like(a), b),
    ),
    Mistake(
        "flattened",
        "The numbers stand in one long row. A gradient has the shape of what it differentiates.",
        lambda a, b: np.outer(a, b).ravel(),
    ),
)

BILINEAR_TRANSPOSED_GRADIENT = (
    Mistake(
        "transposed",
        "This is the answer for aᵀXb. With Xᵀ in the middle the vectors change places: look at "
        "the shape of X.",
        np.outer,
    ),
    Mistake(
        "only-a",
        "This is aaᵀ, which is right only where b equals a.",
        lambda a, b: np.outer(a, a),
    ),
    Mistake(
        "only-b",
        "This is bbᵀ, which is right only where a equals b.",
        lambda a, b: np.outer(b, b),
    ),
)

DIMENSIONS_THAT_FIT = (
    Mistake(
        "transposed",
        "The boxes are in the other order: the rows of W belong to delta.",
        lambda delta, A_prev: A_prev @ delta.T,
    ),
    Mistake(
        "summed-too-early",
        "The batch is summed before the product. A sum of products is not the product of the sums.",
        lambda delta, A_prev: np.outer(delta.sum(axis=1), A_prev.sum(axis=1)),
    ),
    Mistake(
        "means-multiplied",
        "The batch is averaged before the product. Which index do the two factors share?",
        lambda delta, A_prev: np.outer(delta.mean(axis=1), A_prev.mean(axis=1)),
    ),
)

GRADIENT_FROM_JACOBIAN = (
    Mistake(
        "unchanged",
        "The matrix D of df = tr(D·dX) comes back as it is. In which shape does a gradient come?",
        lambda jacobian: jacobian,
    ),
    Mistake(
        "reshaped",
        "The shape is right and the entries stand elsewhere: reshape keeps the reading order.",
        lambda jacobian: jacobian.reshape(jacobian.shape[::-1]),
    ),
)


def relu_gradients(
    factor: float = 2,
    gate: Function = lambda h, dh: h > 0,
    feed: Callable[[Array], Array] = lambda h: np.maximum(h, 0),
    forward: Callable[[Array], Array] = lambda h: np.maximum(h, 0),
) -> Function:
    """Make the two gradients with one ingredient exchanged; without arguments, a right one."""

    def gradients(x: Array, y: Array, w1: Array, w2: Array) -> tuple[Array, Array]:
        h = x @ w1
        dy_pred = factor * (forward(h) @ w2 - y)
        dh = dy_pred @ w2.T
        return x.T @ (dh * gate(h, dh)), feed(h).T @ dy_pred

    return gradients


TWO_LAYER_RELU_GRADIENTS = (
    Mistake(
        "factor-two-missing",
        "The factor 2 is missing. This loss has no ½ in front of its squares.",
        relu_gradients(factor=1),
    ),
    Mistake(
        "gate-missing",
        "Shut units pass the gradient on. What is the slope of max(0, h) where h is negative?",
        relu_gradients(gate=lambda h, dh: np.ones_like(h)),
        loses=("dw1",),
    ),
    Mistake(
        "gate-from-the-gradient",
        "The gate looks at the sign of the gradient. Which quantity decides if a unit is open?",
        relu_gradients(gate=lambda h, dh: dh > 0),
        loses=("dw1",),
    ),
    Mistake(
        "hidden-sums-in-dw2",
        "dw2 uses h as it was before ReLU. What exactly is multiplied by w2 in the forward pass?",
        relu_gradients(feed=lambda h: h),
        loses=("dw2",),
    ),
    Mistake(
        "relu-forgotten-forward",
        "The forward pass seems to have no ReLU, so that the error y_pred − y is another one.",
        relu_gradients(forward=lambda h: h),
    ),
)


def relu_training(
    gradients: Function = answers.two_layer_relu_gradients,
    sign: float = -1,
    after: bool = False,
    share: Callable[[Array], float] = lambda y: 1.0,
    in_turn: bool = False,
    frozen: bool = False,
) -> Function:
    """Make the training with one thing done differently; without arguments, a right one."""

    def train(
        x: Array, y: Array, w1: Array, w2: Array, rate: float, steps: int
    ) -> tuple[Array, Array, list[float]]:
        losses, start = [], (w1, w2)
        for _ in range(steps):
            before = relu_loss(x, y, w1, w2)
            dw1, dw2 = gradients(x, y, *(start if frozen else (w1, w2)))
            w2 = w2 + sign * rate * dw2
            if in_turn:
                dw1, _ = gradients(x, y, w1, w2)
            w1 = w1 + sign * rate * dw1
            losses.append(share(y) * (relu_loss(x, y, w1, w2) if after else before))
        return w1, w2, losses

    return train


TWO_LAYER_RELU_TRAIN = (
    Mistake(
        "uphill",
        "The weights climb: a step adds the gradient. Which way does the loss fall?",
        relu_training(sign=1),
    ),
    Mistake(
        "loss-after-update",
        "Each loss is taken after its update; the record is asked for before.",
        relu_training(after=True),
        loses=("losses",),
    ),
    Mistake(
        "mean-loss",
        "The recorded losses are means over the batch. This network's loss is the plain sum.",
        relu_training(share=lambda y: 1 / len(y)),
        loses=("losses",),
    ),
    Mistake(
        "w2-updated-first",
        "dw1 is computed with the new w2. Both gradients belong to the same point.",
        relu_training(in_turn=True),
    ),
    Mistake(
        "gradients-computed-once",
        "Every step uses the gradients of the first one. They change with the weights.",
        relu_training(frozen=True),
    ),
)
