"""What often goes wrong in the first half of ps7: the formulas and the ReLU network."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Function, Mistake
from solutions import deep_networks as answers

from .draws import Array
from .oracles import relu_loss

SQUARED_ERROR_GRADIENT = (
    Mistake(
        "squared-l1-norm",
        lambda y_pred, y: 2 * np.abs(y_pred - y).sum() * np.sign(y_pred - y),
        "This is the gradient of the square of a sum of absolute values. The loss is a sum of "
        "squares: differentiate one summand.",
    ),
    Mistake(
        "squares-kept",
        lambda y_pred, y: 2 * (y_pred - y) ** 2,
        "The square is still there. What does differentiating do to an exponent of 2?",
    ),
    Mistake(
        "mean-over-all-entries",
        lambda y_pred, y: 2 * (y_pred - y) / y.size,
        "This is divided by the number of entries. Does this loss take a mean or a sum?",
    ),
)

BILINEAR_GRADIENT = (
    Mistake(
        "right-vector-missing",
        lambda a, b: np.outer(a, np.ones_like(b)),
        "b has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
    ),
    Mistake(
        "left-vector-missing",
        lambda a, b: np.outer(np.ones_like(a), b),
        "a has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
    ),
    Mistake(
        "flattened",
        lambda a, b: np.outer(a, b).ravel(),
        "The numbers stand in one long row. A gradient has the shape of what it differentiates.",
    ),
)

BILINEAR_TRANSPOSED_GRADIENT = (
    Mistake(
        "transposed",
        np.outer,
        "This is the answer for aᵀXb. With Xᵀ in the middle the vectors change places: look at "
        "the shape of X.",
    ),
    Mistake(
        "only-a",
        lambda a, b: np.outer(a, a),
        "This is aaᵀ, which is right only where b equals a.",
    ),
    Mistake(
        "only-b",
        lambda a, b: np.outer(b, b),
        "This is bbᵀ, which is right only where a equals b.",
    ),
)

DIMENSIONS_THAT_FIT = (
    Mistake(
        "transposed",
        lambda delta, A_prev: A_prev @ delta.T,
        "The boxes are in the other order: the rows of W belong to delta.",
    ),
    Mistake(
        "summed-too-early",
        lambda delta, A_prev: np.outer(delta.sum(axis=1), A_prev.sum(axis=1)),
        "The batch is summed before the product. A sum of products is not the product of the sums.",
    ),
    Mistake(
        "means-multiplied",
        lambda delta, A_prev: np.outer(delta.mean(axis=1), A_prev.mean(axis=1)),
        "The batch is averaged before the product. Which index do the two factors share?",
    ),
)

GRADIENT_FROM_JACOBIAN = (
    Mistake(
        "unchanged",
        lambda jacobian: jacobian,
        "The matrix D of df = tr(D·dX) comes back as it is. In which shape does a gradient come?",
    ),
    Mistake(
        "reshaped",
        lambda jacobian: jacobian.reshape(jacobian.shape[::-1]),
        "The shape is right and the entries stand elsewhere: reshape keeps the reading order.",
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
        relu_gradients(factor=1),
        "The factor 2 is missing. This loss has no ½ in front of its squares.",
    ),
    Mistake(
        "gate-missing",
        relu_gradients(gate=lambda h, dh: np.ones_like(h)),
        "Shut units pass the gradient on. What is the slope of max(0, h) where h is negative?",
        loses=("dw1",),
    ),
    Mistake(
        "gate-from-the-gradient",
        relu_gradients(gate=lambda h, dh: dh > 0),
        "The gate looks at the sign of the gradient. Which quantity decides if a unit is open?",
        loses=("dw1",),
    ),
    Mistake(
        "hidden-sums-in-dw2",
        relu_gradients(feed=lambda h: h),
        "dw2 uses h as it was before ReLU. What exactly is multiplied by w2 in the forward pass?",
        loses=("dw2",),
    ),
    Mistake(
        "relu-forgotten-forward",
        relu_gradients(forward=lambda h: h),
        "The forward pass seems to have no ReLU, so that the error y_pred − y is another one.",
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
        relu_training(sign=1),
        "The weights climb: a step adds the gradient. Which way does the loss fall?",
    ),
    Mistake(
        "loss-after-update",
        relu_training(after=True),
        "Each loss is taken after its update; the record is asked for before.",
        loses=("losses",),
    ),
    Mistake(
        "mean-loss",
        relu_training(share=lambda y: 1 / len(y)),
        "The recorded losses are means over the batch. This network's loss is the plain sum.",
        loses=("losses",),
    ),
    Mistake(
        "w2-updated-first",
        relu_training(in_turn=True),
        "dw1 is computed with the new w2. Both gradients belong to the same point.",
    ),
    Mistake(
        "gradients-computed-once",
        relu_training(frozen=True),
        "Every step uses the gradients of the first one. They change with the weights.",
    ),
)
