"""What often goes wrong in networks with any number of layers."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Function, Mistake
from solutions import deep_networks as answers

from .draws import Array, Labels, logistic

Arrays = list[Array]


def forward(
    hidden: Function = logistic,
    last: Function = answers.softmax,
    bias: float = 1,
    keep: Callable[[Array, Array], Array] = lambda Z, A: A,
) -> Function:
    """Make a forward pass with one ingredient exchanged; without arguments, a right one."""

    def deep_forward(X: Array, weights: Arrays, biases: Arrays) -> Arrays:
        A, kept = X, [X]
        for W, b in zip(weights, biases, strict=True):
            Z = W @ A + bias * b
            A = last(Z) if W is weights[-1] else hidden(Z)
            kept.append(keep(Z, A))
        return kept

    return deep_forward


DEEP_FORWARD = (
    Mistake(
        "sigmoid-at-the-end",
        forward(last=logistic),
        "The last layer goes through a sigmoid. Its columns are to be "
        "probabilities: each sums to 1.",
        loses=("all activations", "output"),
    ),
    Mistake(
        "scores-returned",
        forward(last=lambda Z: Z),
        "The last entry holds scores: the softmax is missing.",
        loses=("all activations", "output"),
        twins=("sums-kept",),
    ),
    Mistake(
        "softmax-over-the-examples",
        forward(last=lambda Z: answers.softmax(Z.T).T),
        "The softmax is normalised over the batch. Which axis holds the classes here?",
        loses=("all activations", "output"),
    ),
    Mistake(
        "biases-forgotten",
        forward(bias=0),
        "The biases have no influence.",
    ),
    Mistake(
        "sums-kept",
        forward(keep=lambda Z, A: Z),
        "The list holds the sums z of the layers. What leaves a layer is its activation.",
        twins=("scores-returned",),
    ),
    Mistake(
        "input-missing",
        lambda X, weights, biases: answers.deep_forward(X, weights, biases)[1:],
        "The list starts with the first hidden layer. A0, the batch itself, belongs to it.",
        loses=("all activations", "first hidden layer"),
    ),
)


def half_squares(Ws: Arrays, bs: Arrays) -> float:
    """The penalty, without its reg."""
    return float(sum(np.sum(W**2) for W in Ws) / 2)


def loss(
    data: Callable[[Array], float] = lambda logs: -logs.mean(),
    penalty: Callable[[Arrays, Arrays], float] = half_squares,
) -> Function:
    """Make a loss from the log-probabilities of the true classes and the parameters."""

    def deep_loss(X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float) -> float:
        probs = answers.deep_forward(X, Ws, bs)[-1]
        return float(data(np.log(probs[y, np.arange(len(y))])) + reg * penalty(Ws, bs))

    return deep_loss


DEEP_LOSS = (
    Mistake(
        "half-missing",
        loss(penalty=lambda Ws, bs: sum(np.sum(W**2) for W in Ws)),
        "The ½ of the regularisation is missing.",
    ),
    Mistake(
        "regularisation-missing",
        loss(penalty=lambda Ws, bs: 0.0),
        "reg has no influence: the sum of squared weights is missing.",
    ),
    Mistake(
        "biases-regularised",
        loss(penalty=lambda Ws, bs: sum(np.sum(p**2) for p in [*Ws, *bs]) / 2),
        "The biases are in the penalty. Only weights are.",
    ),
    Mistake(
        "norms-not-squared",
        loss(penalty=lambda Ws, bs: sum(np.sqrt(np.sum(W**2)) for W in Ws) / 2),
        "The penalty takes norms. It is to take their squares.",
    ),
    Mistake(
        "summed-over-the-batch",
        loss(data=lambda logs: -logs.sum()),
        "The cross-entropy is summed over the batch; its mean is asked for.",
    ),
)


def sigmoid_slope(Z: Array, A: Array) -> Array:
    """σ'(z) from the activation."""
    return A * (1 - A)


def scaled_by_batch(product: Array, W: Array, reg: float, N: int) -> Array:
    """The weight gradient from the product summed over the batch."""
    return product / N + reg * W


def gradients(
    slope: Callable[[Array, Array], Array] = sigmoid_slope,
    feed: int = 0,
    weight: Callable[[Array, Array, float, int], Array] = scaled_by_batch,
    bias: Callable[[Array, Array, float], Array] = lambda delta, b, reg: delta.mean(
        axis=1, keepdims=True
    ),
) -> Function:
    """Make the recursion with one ingredient exchanged; without arguments, a right one.

    `feed`: how many layers above its own input a weight looks for its activation.
    """

    def deep_gradients(
        X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float
    ) -> tuple[Arrays, Arrays]:
        activations = answers.deep_forward(X, Ws, bs)
        N = len(y)
        delta = activations[-1] - (np.arange(len(activations[-1]))[:, None] == y)
        dWs: Arrays = []
        dbs: Arrays = []
        for i in reversed(range(len(Ws))):
            product = delta @ activations[i + feed].T
            dWs.insert(0, weight(product, Ws[i] if not feed else np.zeros(1), reg, N))
            dbs.insert(0, bias(delta, bs[i], reg))
            Z = Ws[i - 1] @ activations[i - 1] + bs[i - 1] if i else X
            delta = (Ws[i].T @ delta) * slope(Z, activations[i])
        return dWs, dbs

    return deep_gradients


def _one_layer_off(
    X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float
) -> tuple[Arrays, Arrays]:
    """Give each layer the gradients of the one above it."""
    dWs, dbs = answers.deep_gradients(X, y, Ws, bs, reg)
    return dWs[1:] + dWs[-1:], dbs[1:] + dbs[-1:]


def _last_layer_first(
    X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float
) -> tuple[Arrays, Arrays]:
    """Leave the gradients in the order in which the recursion finds them."""
    dWs, dbs = answers.deep_gradients(X, y, Ws, bs, reg)
    return dWs[::-1], dbs[::-1]


DEEP_GRADIENTS = (
    Mistake(
        "hidden-derivative-missing",
        gradients(slope=lambda Z, A: np.ones_like(A)),
        "The derivative of the sigmoid is missing in the hidden layers.",
    ),
    Mistake(
        "derivative-of-the-sums",
        gradients(slope=lambda Z, A: Z * (1 - Z)),
        "The sums z stand where the activations belong: a(1 − a) is σ' written with a = σ(z).",
    ),
    Mistake(
        "sigmoid-twice",
        gradients(slope=lambda Z, A: logistic(A) * (1 - logistic(A))),
        "The activations go through the sigmoid once more; they are its outputs already.",
    ),
    Mistake(
        "half-a-derivative",
        gradients(slope=lambda Z, A: A),
        "Only one of the two factors of the sigmoid's derivative is there.",
    ),
    Mistake(
        "own-activation",
        gradients(feed=1),
        "Each weight is paired with the activation that it makes. Which one does it multiply?",
        loses=("dW",),
    ),
    Mistake(
        "one-layer-off",
        _one_layer_off,
        "The error terms are indexed one layer too high: entry i belongs to weights[i].",
    ),
    Mistake(
        "last-layer-first",
        _last_layer_first,
        "The lists start with the last layer, as the recursion found them. Which order is asked?",
    ),
    Mistake(
        "regularisation-missing",
        gradients(weight=lambda product, W, reg, N: product / N),
        "reg has no influence: the derivative of the penalty is missing.",
        loses=("dW",),
    ),
    Mistake(
        "regularisation-doubled",
        gradients(weight=lambda product, W, reg, N: product / N + 2 * reg * W),
        "The regularisation counts twice. What does its ½ do to the derivative of a square?",
        loses=("dW",),
    ),
    Mistake(
        "regularisation-of-the-gradient",
        gradients(weight=lambda product, W, reg, N: (1 + reg) * product / N),
        "reg multiplies the gradient. What does ½·reg·‖W‖² have for a derivative?",
        loses=("dW",),
    ),
    Mistake(
        "regularisation-averaged",
        gradients(weight=lambda product, W, reg, N: (product + reg * W) / N),
        "The regularisation is divided by N with the rest. It does not belong to the mean.",
        loses=("dW",),
    ),
    Mistake(
        "biases-regularised",
        gradients(bias=lambda delta, b, reg: delta.mean(axis=1, keepdims=True) + reg * b),
        "The biases are regularised too. The loss has only weights in its penalty.",
        loses=("db",),
    ),
    Mistake(
        "units-summed-too",
        gradients(bias=lambda delta, b, reg: np.full_like(b, delta.sum() / delta.shape[1])),
        "One number comes for all biases of a layer. Only the batch is shared: which axis is that?",
        loses=("db",),
    ),
)
