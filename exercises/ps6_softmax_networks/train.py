"""6.14 Training: (W1, b1, W2, b2) after `steps` steps, and the loss before each of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    TRAINED,
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
)
from solutions import softmax_networks

from .cost import cost, penalty, softmax
from .draws import Array, Labels, Parts, rate
from .relu_network import backward, is_clear, loss, network
from .spiral import gets_the_spiral, spiral_network

Trained = tuple[Parts, list[float]]

STEPPED = ("W1", "b1", "W2", "b2", "losses")
"""What a wrong step loses. Weights can be typed in that get the spiral, so it needs one of them."""


def two_steps(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, W1, b1, W2, b2, learning_rate, reg, 2); no kink is near at either step."""
    while True:
        X, y, W1, b1, W2, b2 = network(rng, sizes)
        learning_rate, reg = rate(rng), rate(rng)
        moved, _ = softmax_networks.train(X, y, W1, b1, W2, b2, learning_rate, reg, 1)
        if is_clear(X, W1, b1) and is_clear(X, moved[0], moved[1]):
            return X, y, W1, b1, W2, b2, learning_rate, reg, 2


def oracle(
    X: Array,
    y: Labels,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    learning_rate: float,
    reg: float,
    steps: int,
) -> Trained:
    """Columns, with each bias as one more column of its weights (which L2 spares)."""
    ones, one_hot = np.ones((1, len(y))), np.eye(len(b2))[:, y]
    V1, V2 = np.column_stack([W1.T, b1]), np.column_stack([W2.T, b2])
    X = np.vstack([X.T, ones])
    losses = []
    for _ in range(steps):
        Z1 = V1 @ X
        A1 = np.vstack([Z1 * (Z1 > 0), ones])
        scores = V2 @ A1
        losses.append(cost(scores.T, y) + penalty(V1[:, :-1], V2[:, :-1], reg))
        D2 = (softmax(scores.T).T - one_hot) / len(y)
        D1 = (V2[:, :-1].T @ D2) * (Z1 > 0)
        V1, V2 = _step(V1, D1 @ X.T, learning_rate, reg), _step(V2, D2 @ A1.T, learning_rate, reg)
    return (V1[:, :-1].T, V1[:, -1], V2[:, :-1].T, V2[:, -1]), losses


def _step(V: Array, dV: Array, learning_rate: float, reg: float) -> Array:
    weights = np.append(np.ones(V.shape[1] - 1), 0)
    return V - learning_rate * (dV + reg * weights * V)


def altered(
    gradients: Callable[..., Parts] = backward(),
    factor: Callable[[float], float] = lambda learning_rate: -learning_rate,
) -> Function:
    """Make the descent with other gradients or another factor before them."""

    def train(X: Array, y: Labels, *rest: Any) -> Trained:
        W1, b1, W2, b2, learning_rate, reg, steps = rest
        now, losses = (W1, b1, W2, b2), []
        for _ in range(steps):
            losses.append(loss(X, y, *now, reg))
            moves = zip(now, gradients(X, y, *now, reg), strict=True)
            W1, b1, W2, b2 = (p + factor(learning_rate) * dp for p, dp in moves)
            now = W1, b1, W2, b2
        return now, losses

    return train


def losses_after(*arguments: Any) -> Trained:
    """Take each loss after its update."""
    X, y, *_, reg, _ = arguments
    trained, losses = softmax_networks.train(*arguments)
    return trained, [*losses[1:], loss(X, y, *trained, reg)]


def last_loss(*arguments: Any) -> Trained:
    """Keep no loss but the last."""
    trained, losses = softmax_networks.train(*arguments)
    return trained, losses[-1:]


EXERCISE = Exercise(
    reference=softmax_networks.train,
    draw=two_steps,
    axes="N D H K",
    oracle=oracle,
    keeps_arguments=True,
    checks=(
        Check("W1", points=0.25, part=(0, 0), tolerance=TRAINED),
        Check("b1", points=0.25, part=(0, 1), tolerance=TRAINED),
        Check("W2", points=0.25, part=(0, 2), tolerance=TRAINED),
        Check("b2", points=0.25, part=(0, 3), tolerance=TRAINED),
        Check("losses", points=1, part=1, tolerance=TRAINED, losses=True),
        Check(
            "spiral",
            points=1,
            part=0,
            draw=spiral_network,
            fixed=True,
            tolerance=TRAINED,
            accept=gets_the_spiral,
            needs=STEPPED,
            expects="After 150 steps on a three-arm spiral, at least 97 % of the points "
            "should get the right class. Does the loss fall in your own picture?",
        ),
    ),
    trains=True,
    reveal=(
        r"$\theta \leftarrow \theta - \eta\, \partial L / \partial \theta$ for all four "
        "parameters at once: each gradient is taken at the parameters before the step, and so is "
        "the loss."
    ),
    mistakes=(
        Mistake(
            "uphill",
            altered(factor=lambda learning_rate: learning_rate),
            "The parameters move along the gradient, uphill. Which way does the loss fall?",
        ),
        Mistake(
            "rate-forgotten",
            altered(factor=lambda learning_rate: -1.0),
            "Each step is the whole gradient. Which number scales a step?",
            loses=STEPPED,
        ),
        Mistake(
            "reg-forgotten",
            altered(backward(weights=lambda dW, W, reg: dW)),
            "reg is not in the updates. Of which loss are these the gradients?",
            loses=STEPPED,
        ),
        Mistake(
            "losses-after-the-update",
            losses_after,
            "Each loss was taken after its update. The first one belongs to the parameters given.",
            loses=("losses",),
        ),
        Mistake(
            "last-loss-only",
            last_loss,
            "Only the last loss came back. The list has one for each step.",
            loses=("losses",),
        ),
    ),
)
