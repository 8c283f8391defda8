"""3.7 The loss of all records: one number, from targets (N,) and outputs (N,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import gre_admissions

from .draws import labels
from .network import Array


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw targets (N,) and outputs (N,) between 0 and 1."""
    return labels(rng, sizes), rng.uniform(0.05, 0.95, size=sizes["N"])


def oracle(targets: Array, outputs: Array) -> float:
    """Take the loss from the length of the error."""
    error = targets - outputs
    return float(np.linalg.norm(error) ** 2 / error.size / 2)


EXERCISE = Exercise(
    reference=gre_admissions.mse_loss,
    draw=draw,
    axes="N",
    oracle=oracle,
    checks=(Check("loss", 1),),
    mistakes=(
        Mistake(
            "absolute",
            lambda targets, outputs: np.mean(np.abs(targets - outputs)) / 2,
            "The differences are taken by their size. The loss takes their squares.",
        ),
        Mistake(
            "rooted",
            lambda targets, outputs: np.sqrt(np.mean((targets - outputs) ** 2)) / 2,
            "There is a square root too much: this is the length of the error, not its square.",
        ),
        Mistake(
            "square-of-the-sum",
            lambda targets, outputs: np.sum(targets - outputs) ** 2 / (2 * len(targets)),
            "The differences are summed first and then squared, so that opposite errors cancel.",
        ),
    ),
)
