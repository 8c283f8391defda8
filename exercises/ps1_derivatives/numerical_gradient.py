"""1.1 A gradient without algebra: ∂f/∂x in the shape of x, by central differences with step h."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    Tolerance,
    central_differences,
)
from exercises.named import SCALARS, ScalarFunction, sum_of_sines
from solutions import derivatives

from .draws import Array, Generator, away_from_zero

QUOTIENT = Tolerance("difference quotient", 1e-7, 1e-8)
"""Rounding, ε·|f|/h, moves a central difference by about 1e-10; a one-sided one is off by 1e-5."""


def vector_function(rng: Generator, sizes: Sizes) -> Arguments:
    """One of the named functions at a vector; h is left to its default."""
    return _any_function(rng), away_from_zero(rng, (sizes["M"],), 0.3)


def matrix_function(rng: Generator, sizes: Sizes) -> Arguments:
    """One of the named functions at a matrix of at least two columns."""
    return _any_function(rng), away_from_zero(rng, (sizes["N"], sizes["M"]), 0.3)


def large_step(rng: Generator, sizes: Sizes) -> Arguments:
    """A sum of sines and an h so large that it shows in the result, with h² or with h⁴."""
    x = away_from_zero(rng, (sizes["M"],), 0.3)
    return sum_of_sines, x, float(rng.uniform(0.1, 0.2))


def _any_function(rng: Generator) -> ScalarFunction:
    return SCALARS[rng.integers(len(SCALARS))]


def five_point(f: ScalarFunction, x: Array, h: float = 1e-5) -> Array:
    """Central differences of a higher order, (8·Δ(h) − Δ(2h))/12h: right as well."""
    near, far = central_differences(f, x, h), central_differences(f, x, 2 * h)
    return (4 * near - far) / 3


def one_sided(f: ScalarFunction, x: Array, h: float = 1e-5) -> Array:
    """Forward differences."""
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + step) - f(x)) / h for step in steps]).reshape(x.shape)


def all_at_once(f: ScalarFunction, x: Array, h: float = 1e-5) -> Array:
    """One quotient for all elements, which move together."""
    return np.full_like(x, (f(x + h) - f(x - h)) / (2 * h))


def row_by_row(f: ScalarFunction, x: Array, h: float = 1e-5) -> Array:
    """A loop over the first axis only: a whole row moves at a time."""
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


EXERCISE = Exercise(
    reference=derivatives.numerical_gradient,
    draw=vector_function,
    axes="N M",
    examples=False,
    oracle=lambda f, x, h=1e-5: central_differences(f, x, h),
    keeps_arguments=True,
    checks=(
        Check("vector", 1, tolerance=QUOTIENT),
        Check("matrix", 1, draw=matrix_function, tolerance=QUOTIENT),
        Check("step", 1, draw=large_step, tolerance=QUOTIENT, also=(five_point,)),
    ),
    reveal=r"""
$$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}$$

The *central* difference: one element moves, by $h$ to either side, and the terms in $h$ cancel.
What is left shrinks like $h^2$, so half the step has a quarter of the error.
""",
    mistakes=(
        Mistake(
            "one-sided",
            one_sided,
            "The error halves with h, so something of order h is left. What does one side of x "
            "not show?",
        ),
        Mistake(
            "all-at-once",
            all_at_once,
            "All elements of x move together; a partial derivative moves one of them.",
        ),
        Mistake(
            "row-by-row",
            row_by_row,
            "A whole row of x moves at a time. How do you reach each element of a matrix?",
            loses=("matrix",),
        ),
        Mistake(
            "step-ignored",
            lambda f, x, h=1e-5: derivatives.numerical_gradient(f, x),
            "The result does not depend on h: a step of its own is built in.",
            loses=("step",),
        ),
    ),
)
