"""7.1 A gradient, element by element: of Σ(ŷ − y)² by y_pred; both are (N, K)."""

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


def draw(rng: Generator, sizes: Sizes) -> tuple[Array, Array]:
    """(y_pred, y), both (N, K)."""
    shape = sizes["N"], sizes["K"]
    return rng.normal(size=shape), rng.normal(size=shape)


def oracle(y_pred: Array, y: Array) -> Array:
    """Central differences of Σ(ŷ − y)²."""
    return central_differences(lambda moved: float(np.sum((moved - y) ** 2)), y_pred)


EXERCISE = Exercise(
    reference=deep_networks.squared_error_gradient,
    draw=draw,
    axes="N K",
    oracle=oracle,
    checks=(Check("dy_pred", points=1),),
    mistakes=(
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
    ),
)
