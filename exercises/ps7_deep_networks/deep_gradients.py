"""7.15 Its gradients: the list of dW (n_l, n_{l−1}) and the list of db (n_l, 1) of the loss."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Function,
    Mistake,
    central_differences,
)
from solutions import deep_networks

from .deep_network import Arrays, batch, loss, small_batch
from .draws import Array, Labels, logistic
from .pictures import recursion

Gradients = tuple[Arrays, Arrays]


def oracle(X: Array, y: Labels, weights: Arrays, biases: Arrays, reg: float) -> Gradients:
    """Central differences of the loss, one parameter at a time."""

    def moved(parameters: Arrays, i: int, x: Array) -> Arrays:
        return [*parameters[:i], x, *parameters[i + 1 :]]

    def of_weight(i: int) -> Callable[[Array], float]:
        return lambda W: loss(X, y, moved(weights, i, W), biases, reg)

    def of_bias(i: int) -> Callable[[Array], float]:
        return lambda b: loss(X, y, weights, moved(biases, i, b), reg)

    return (
        [central_differences(of_weight(i), W) for i, W in enumerate(weights)],
        [central_differences(of_bias(i), b) for i, b in enumerate(biases)],
    )


def sigmoid_slope(Z: Array, A: Array) -> Array:
    """σ'(z) from the activation."""
    return A * (1 - A)


def scaled_by_batch(product: Array, W: Array, reg: float, N: int) -> Array:
    """The weight gradient from the product summed over the batch."""
    return product / N + reg * W


def mean_over_batch(delta: Array, b: Array, reg: float) -> Array:
    """The bias gradient from the error terms."""
    return np.asarray(delta.mean(axis=1, keepdims=True))


def altered(
    slope: Callable[[Array, Array], Array] = sigmoid_slope,
    feed: int = 0,
    weight: Callable[[Array, Array, float, int], Array] = scaled_by_batch,
    bias: Callable[[Array, Array, float], Array] = mean_over_batch,
) -> Function:
    """Make the recursion with one ingredient exchanged; without arguments, a right one.

    `feed`: how many layers above its own input a weight looks for its activation.
    """

    def deep_gradients(X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float) -> Gradients:
        activations = deep_networks.deep_forward(X, Ws, bs)
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


def one_layer_off(*arguments: Any) -> Gradients:
    """Give each layer the gradients of the one above it."""
    dWs, dbs = deep_networks.deep_gradients(*arguments)
    return dWs[1:] + dWs[-1:], dbs[1:] + dbs[-1:]


def last_layer_first(*arguments: Any) -> Gradients:
    """Leave the gradients in the order in which the recursion finds them."""
    dWs, dbs = deep_networks.deep_gradients(*arguments)
    return dWs[::-1], dbs[::-1]


EXERCISE = Exercise(
    reference=deep_networks.deep_gradients,
    draw=batch,
    axes="N D H M P K",
    oracle=oracle,
    checks=(Check("dW", points=2.5, part=0), Check("db", points=1.5, part=1)),
    example=small_batch,
    reveal=(
        r"$\delta^L = P - Y$, then $\delta^l = \big((W^{l+1})^T \delta^{l+1}\big) \odot A^l "
        r"\odot (1 - A^l)$; and $\nabla_{W^l} J = \tfrac1N \delta^l (A^{l-1})^T + \lambda W^l$, "
        r"$\;\nabla_{b^l} J = \tfrac1N \delta^l\,\mathbf 1$. This recursion is backpropagation. "
        r"The notes also write $\partial b/\partial W$ where $\partial a/\partial b$ is meant, "
        r"and a matrix product where only $\odot$ fits."
        "\n\n" + recursion(answers=True)
    ),
    mistakes=(
        Mistake(
            "hidden-derivative-missing",
            altered(slope=lambda Z, A: np.ones_like(A)),
            "The error terms of hidden layers belong to A here. What lies between A and Z?",
        ),
        Mistake(
            "derivative-of-the-sums",
            altered(slope=lambda Z, A: Z * (1 - Z)),
            "The sums Z stand in the formula of the slope. "
            "Is that formula written in sums or in activations?",
        ),
        Mistake(
            "sigmoid-twice",
            altered(slope=lambda Z, A: logistic(A) * (1 - logistic(A))),
            "The activations go through the sigmoid once more. What are they already?",
        ),
        Mistake(
            "half-a-derivative",
            altered(slope=lambda Z, A: A),
            "The sigmoid's slope is a product of two factors; one of them is here.",
        ),
        Mistake(
            "own-activation",
            altered(feed=1),
            "Each weight is paired with the activation that it makes. Which one does it multiply?",
            loses=("dW",),
        ),
        Mistake(
            "one-layer-off",
            one_layer_off,
            "Each gradient belongs to the layer above: entry i of the lists is that of weights[i].",
        ),
        Mistake(
            "last-layer-first",
            last_layer_first,
            "The lists start with the last layer, as the recursion found them. "
            "Which order is asked?",
        ),
        Mistake(
            "regularisation-missing",
            altered(weight=lambda product, W, reg, N: product / N),
            "reg has no influence. How does the penalty change with W?",
            loses=("dW",),
        ),
        Mistake(
            "regularisation-doubled",
            altered(weight=lambda product, W, reg, N: product / N + 2 * reg * W),
            "The penalty counts twice. What does its ½ do to the derivative of a square?",
            loses=("dW",),
        ),
        Mistake(
            "regularisation-of-the-gradient",
            altered(weight=lambda product, W, reg, N: (1 + reg) * product / N),
            "reg multiplies the gradient of the cross-entropy. How does ½·reg·‖W‖² change with W?",
            loses=("dW",),
        ),
        Mistake(
            "regularisation-averaged",
            altered(weight=lambda product, W, reg, N: (product + reg * W) / N),
            "The penalty's part is divided by N with the rest. "
            "Does the penalty stand inside the mean?",
            loses=("dW",),
        ),
        Mistake(
            "biases-regularised",
            altered(bias=lambda delta, b, reg: delta.mean(axis=1, keepdims=True) + reg * b),
            "reg pulls at the biases too. Which parameters are in the penalty?",
            loses=("db",),
        ),
        Mistake(
            "units-summed-too",
            altered(bias=lambda delta, b, reg: np.full_like(b, delta.sum() / delta.shape[1])),
            "All biases of a layer get one number. Which axis do they share, units or examples?",
            loses=("db",),
        ),
    ),
)
