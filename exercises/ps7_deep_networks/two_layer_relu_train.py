"""7.5 Training it: w1 (D, H), w2 (H, K) after `steps` steps, and the loss before each of them."""

from collections.abc import Callable

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
from solutions import deep_networks

from .draws import Array
from .relu_network import KINK, loss, network

Trained = tuple[Array, Array, list[float]]


def three_steps(rng: Generator, sizes: Sizes) -> Arguments:
    """(x, y, w1, w2, learning_rate, 3), at an uncommon rate; no unit comes near 0 on the way."""
    while True:
        x, y, w1, w2 = network(rng, sizes)
        rate = float(rng.uniform(0.011, 0.029))
        if _stays_clear(x, y, w1, w2, rate):
            return x, y, w1, w2, rate, 3


def _stays_clear(x: Array, y: Array, w1: Array, w2: Array, rate: float) -> bool:
    """Whether three steps keep every pre-activation away from 0, and the numbers of order 1."""
    for _ in range(3):
        h = x @ w1
        error = 2 * (np.maximum(h, 0) @ w2 - y)
        if np.abs(h).min() < KINK or np.abs(error).max() > 100:
            return False
        dw1, dw2 = x.T @ (error @ w2.T * (h > 0)), np.maximum(h, 0).T @ error
        w1, w2 = w1 - rate * dw1, w2 - rate * dw2
    return True


def oracle(x: Array, y: Array, w1: Array, w2: Array, learning_rate: float, steps: int) -> Trained:
    """The same descent, its gradients summed over unit after unit and example after example."""
    losses = []
    for _ in range(steps):
        losses.append(loss(x, y, w1, w2))
        dw1, dw2 = np.zeros_like(w1), np.zeros_like(w2)
        for example, target in zip(x, y, strict=True):
            h = example @ w1
            error = 2 * (np.where(h > 0, h, 0) @ w2 - target)
            for unit in np.flatnonzero(h > 0):
                dw2[unit] += h[unit] * error
                dw1[:, unit] += example * (w2[unit] @ error)
        w1, w2 = w1 - learning_rate * dw1, w2 - learning_rate * dw2
    return w1, w2, losses


def altered(
    sign: float = -1,
    after: bool = False,
    share: Callable[[Array], float] = lambda y: 1.0,
    in_turn: bool = False,
    frozen: bool = False,
) -> Function:
    """Make the training with one thing done differently; without arguments, a right one.

    `after`: losses are taken after the update; `in_turn`: w2 moves before dw1 is computed;
    `frozen`: all steps use the first gradients. `share` multiplies the losses.
    """
    gradients = deep_networks.two_layer_relu_gradients

    def train(x: Array, y: Array, w1: Array, w2: Array, rate: float, steps: int) -> Trained:
        losses, start = [], (w1, w2)
        for _ in range(steps):
            before = loss(x, y, w1, w2)
            dw1, dw2 = gradients(x, y, *(start if frozen else (w1, w2)))
            w2 = w2 + sign * rate * dw2
            if in_turn:
                dw1, _ = gradients(x, y, w1, w2)
            w1 = w1 + sign * rate * dw1
            losses.append(share(y) * (loss(x, y, w1, w2) if after else before))
        return w1, w2, losses

    return train


EXERCISE = Exercise(
    reference=deep_networks.two_layer_relu_train,
    draw=three_steps,
    axes="N D H K",
    oracle=oracle,
    checks=(
        Check("w1", points=1, part=0, tolerance=TRAINED),
        Check("w2", points=1, part=1, tolerance=TRAINED),
        Check("losses", points=1, part=2, tolerance=TRAINED, losses=True),
    ),
    trains=True,
    mistakes=(
        Mistake(
            "uphill",
            altered(sign=1),
            "The weights climb: a step adds the gradient. Which way does the loss fall?",
        ),
        Mistake(
            "loss-after-update",
            altered(after=True),
            "Each loss is taken after its update; the record is asked for before.",
            loses=("losses",),
        ),
        Mistake(
            "mean-loss",
            altered(share=lambda y: 1 / len(y)),
            "The recorded losses are means over the batch. This network's loss is the plain sum.",
            loses=("losses",),
        ),
        Mistake(
            "w2-updated-first",
            altered(in_turn=True),
            "dw1 is computed with the new w2. Both gradients belong to the same point.",
        ),
        Mistake(
            "gradients-computed-once",
            altered(frozen=True),
            "Every step uses the gradients of the first one. They change with the weights.",
        ),
    ),
)
