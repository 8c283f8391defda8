"""7.4 Differentials: the gradient (m, n) from the matrix D (n, m) of df = tr(D·dX)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import deep_networks

from .draws import Array


def draw(rng: Generator, sizes: Sizes) -> tuple[Array]:
    """(jacobian,), a matrix that is not square."""
    return (rng.normal(size=(sizes["R"], sizes["C"])),)


def oracle(jacobian: Array) -> Array:
    """Central differences of tr(D·X), a function whose differential is tr(D·dX)."""
    shape = jacobian.shape[::-1]
    return central_differences(lambda X: float(np.trace(jacobian @ X)), np.ones(shape))


EXERCISE = Exercise(
    reference=deep_networks.gradient_from_jacobian,
    draw=draw,
    axes="R C",
    oracle=oracle,
    checks=(Check("gradient", points=1),),
    mistakes=(
        Mistake(
            "unchanged",
            lambda jacobian: jacobian,
            "The matrix D of df = tr(D·dX) comes back as it is. "
            "In which shape does a gradient come?",
        ),
        Mistake(
            "reshaped",
            lambda jacobian: jacobian.reshape(jacobian.shape[::-1]),
            "The shape is right and the entries stand elsewhere: reshape keeps the reading order.",
        ),
    ),
)
