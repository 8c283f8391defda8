"""8.6 The network of ps4 as a program: its loss, and dW1, db1, dW2, db2."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Function, Mistake, Sizes, gradients_of
from solutions import autodiff

from .draws import network
from .machine import Array

Parts = tuple[float, tuple[Array, ...]]


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, Y, W1, b1, W2, b2)."""
    return network(rng, sizes)


def loss(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    """The mean of −log of the probability that the network gives to the label."""
    A2 = sigmoid(W2 @ sigmoid(W1 @ X + b1) + b2)
    return float(-np.log(np.where(Y == 1, A2, 1 - A2)).sum() / Y.size)


def oracle(*arguments: Array) -> Parts:
    """The loss, and its differences."""
    return loss(*arguments), gradients_of(loss, *arguments, wrt=(2, 3, 4, 5))


def sigmoid(Z: Array) -> Array:
    """σ(Z), elementwise."""
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def altered(
    share: Callable[[Array], Array] = np.ones_like,
    factor: Callable[[int], float] = lambda N: 1 / N,
) -> Function:
    """Make the loss and its gradients with examples that count by their share of Y."""

    def loss_and_gradients(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
        A1 = sigmoid(W1 @ X + b1)
        A2 = sigmoid(W2 @ A1 + b2)
        weight = factor(Y.size) * share(Y)
        d2 = weight * (A2 - Y)
        d1 = W2.T @ d2 * A1 * (1 - A1)
        sums = d1.sum(axis=1, keepdims=True), d2.sum(axis=1, keepdims=True)
        cost = -(weight * np.log(np.where(Y == 1, A2, 1 - A2))).sum()
        return float(cost), (d1 @ X.T, sums[0], d2 @ A1.T, sums[1])

    return loss_and_gradients


def by_hand(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[float, tuple[Array, ...]]:
    """The same without the tape, as in ps4."""
    N = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = sigmoid(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    loss = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / N
    dZ2 = (A2 - Y) / N
    dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
    dW1, db1 = dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True)
    dW2, db2 = dZ2 @ A1.T, dZ2.sum(axis=1, keepdims=True)
    return float(loss), (dW1, db1, dW2, db2)


PARTS = ("dW1", "db1", "dW2", "db2")

EXERCISE = Exercise(
    reference=autodiff.mlp_loss_and_gradients,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    also_written=(by_hand,),
    reveal=(
        r"Fifteen steps give $-\frac1N \sum_n \big(y_n \log a_n + (1 - y_n)\log(1 - a_n)\big)$, "
        r"and the tape gives the gradients of set 4 to the last digits. Nobody told it that "
        r"$a(1 - a)$ "
        r"cancels against $\frac1a$ and $\frac1{1-a}$: it divides and multiplies instead."
        "\n\n" + Path(__file__).with_name("program.svg").read_text("ascii")
    ),
    checks=(
        Check("loss", points=1, part=0),
        *(Check(name, points=0.5, part=(1, i)) for i, name in enumerate(PARTS)),
    ),
    mistakes=(
        Mistake(
            "N-forgotten",
            altered(factor=lambda N: 1.0),
            "The losses of the examples are summed. What does the loss of set 4 do with them?",
        ),
        Mistake(
            "ones-only",
            altered(share=lambda Y: Y),
            "Examples with label 0 have no part in the loss. Which logarithm is theirs?",
        ),
        Mistake(
            "sign",
            altered(factor=lambda N: -1 / N),
            "Everything has the opposite sign. Is the logarithm of a probability a loss or a gain?",
        ),
    ),
)
