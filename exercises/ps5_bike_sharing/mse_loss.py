"""5.3 The loss: one number, from y and ŷ, both (N, 1)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import bike_sharing

from .network import Array


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw y and ŷ, (N, 1)."""
    return rng.normal(size=(sizes["N"], 1)), rng.normal(size=(sizes["N"], 1))


def oracle(y: Array, y_hat: Array) -> float:
    """Take the loss from the length of the error."""
    return float(np.linalg.norm(y_hat - y) ** 2 / y.size / 2)


EXERCISE = Exercise(
    reference=bike_sharing.mse_loss,
    draw=draw,
    axes="N",
    oracle=oracle,
    checks=(Check("loss", 1),),
    mistakes=(
        Mistake(
            "absolute",
            lambda y, y_hat: np.mean(np.abs(y_hat - y)) / 2,
            "The differences are taken by their size. The loss takes their squares.",
        ),
        Mistake(
            "rooted",
            lambda y, y_hat: np.sqrt(np.mean((y_hat - y) ** 2)) / 2,
            "There is a square root too much: the loss is the mean of the squares itself.",
        ),
        Mistake(
            "every-pair",
            lambda y, y_hat: np.sum((y_hat - y.ravel()) ** 2) / (2 * len(y)),
            "Every prediction is compared with every target. What is the shape of the difference?",
        ),
    ),
)
