"""8.7 A network that nobody differentiates by hand: ReLU, a skip from X to the output, L2."""

from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Function, Mistake, Sizes, gradients_of
from solutions import autodiff

from .draws import APART, SURE, away_from_zero, network
from .machine import Array

Parts = tuple[float, tuple[Array, ...]]


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, Y, W1, b1, W2, b2, V, reg); no pre-activation is near 0, and each unit opens and shuts.

    With one example only the first of these can be asked for. No output is sure of its class.
    """
    while True:
        X, Y, W1, b1, W2, b2 = network(rng, sizes)
        Z1 = W1 @ X + b1
        opens = np.mean(Z1 > 0, axis=1)
        lively = 0 < np.mean(opens) < 1 if X.shape[1] == 1 else (opens > 0).all()
        V = away_from_zero(rng, 1, len(X))
        unsure = np.abs(W2 @ np.maximum(Z1, 0) + V @ X + b2).max() < SURE
        if np.abs(Z1).min() > APART and lively and (Z1 < 0).any() and unsure:
            return X, Y, W1, b1, W2, b2, V, float(rng.uniform(0.2, 0.6))


def loss(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array, V: Array, reg: float
) -> float:
    """The mean cross-entropy, and half of reg times the squares of the three arrays."""
    Z1 = W1 @ X + b1
    A2 = 1 / (1 + np.exp(-(W2 @ np.where(Z1 > 0, Z1, 0) + V @ X + b2)))
    cost = -np.log(np.where(Y == 1, A2, 1 - A2)).sum() / Y.size
    return float(cost + reg / 2 * sum(np.linalg.norm(W) ** 2 for W in (W1, W2, V)))


def oracle(*arguments: Any) -> Parts:
    """The loss, and its differences."""
    return loss(*arguments), gradients_of(loss, *arguments, wrt=(2, 3, 4, 5, 6))


def altered(
    shares: tuple[float, float, float, float, float] = (0.5, 0, 0.5, 0, 0.5), skip: float = 1
) -> Function:
    """Make the loss and its gradients; `shares` of reg stand before the squares of W1, b1, … V.

    `skip` multiplies V where it meets X.
    """

    def loss_and_gradients(
        X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array, V: Array, reg: float
    ) -> Parts:
        A1 = np.maximum(W1 @ X + b1, 0)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + skip * V @ X + b2)))
        d2 = (A2 - Y) / Y.size
        d1 = W2.T @ d2 * (A1 > 0)
        sums = d1.sum(axis=1, keepdims=True), d2.sum(axis=1, keepdims=True)
        found = d1 @ X.T, sums[0], d2 @ A1.T, sums[1], skip * d2 @ X.T
        cost = -np.log(np.where(Y == 1, A2, 1 - A2)).mean()
        both = list(zip(shares, (W1, b1, W2, b2, V), strict=True))
        penalty = reg * sum(share * np.sum(p**2) for share, p in both)
        pulls = [2 * reg * share * p for share, p in both]
        grads = tuple(g + pull for g, pull in zip(found, pulls, strict=True))
        return float(cost + penalty), grads

    return loss_and_gradients


def sigmoid(Z: Array) -> Array:
    """σ(Z), elementwise."""
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def by_hand(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array, V: Array, reg: float
) -> tuple[float, tuple[Array, ...]]:
    """The same without the tape."""
    N = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    A2 = sigmoid(W2 @ A1 + V @ X + b2)
    loss = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / N
    penalty = reg / 2 * (np.sum(W1**2) + np.sum(W2**2) + np.sum(V**2))
    dZ2 = (A2 - Y) / N
    dZ1 = (W2.T @ dZ2) * (A1 > 0)
    dW1, db1 = dZ1 @ X.T + reg * W1, dZ1.sum(axis=1, keepdims=True)
    dW2, db2 = dZ2 @ A1.T + reg * W2, dZ2.sum(axis=1, keepdims=True)
    dV = dZ2 @ X.T + reg * V
    return float(loss + penalty), (dW1, db1, dW2, db2, dV)


PARTS = ("dW1", "db1", "dW2", "db2", "dV")

EXERCISE = Exercise(
    reference=autodiff.skip_loss_and_gradients,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    also_written=(by_hand,),
    reveal=(
        r"A step more for $\max$, two for $V X$, and a few for $\frac{reg}{2}\|\cdot\|^2$: none of "
        "them needed a derivation. The nine lines of 8.3 hold for every network that is made of "
        "these steps, however they are put together."
    ),
    checks=(
        Check("loss", points=0.5, part=0),
        *(Check(name, points=0.5, part=(1, i)) for i, name in enumerate(PARTS)),
    ),
    mistakes=(
        Mistake(
            "penalty-without-half",
            altered(shares=(1, 0, 1, 0, 1)),
            "The penalty is twice as large as it should be. Which factor stands before the sum?",
            loses=("loss", "dW1", "dW2", "dV"),
        ),
        Mistake(
            "biases-penalised",
            altered(shares=(0.5, 0.5, 0.5, 0.5, 0.5)),
            "The biases are in the penalty as well. Which three arrays does it name?",
            loses=("loss", "db1", "db2"),
        ),
        Mistake(
            "skip-not-penalised",
            altered(shares=(0.5, 0, 0.5, 0, 0)),
            "V is missing from the penalty. Which three arrays does it name?",
            loses=("loss", "dV"),
        ),
        Mistake(
            "skip-lost",
            altered(skip=0),
            "V has no part in the outputs. By which second way does X reach them?",
        ),
    ),
)
