"""2.7 Testing a gradient: the largest relative error of `gradient`, which has the shape of x."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    NUMERICAL,
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
    central_differences,
)
from exercises.named import product_of_cosines, sum_of_squares, weighted_exponential
from solutions import worked_example

from .network import Array


def wrong_gradient(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x, h): one element is wrong, and the step is coarse, which shows.

    The derivatives have both signs and none is near 0. The wrong element is one of the negative
    ones: neither a forgotten absolute value nor a floor of 1 leaves the result as it is.
    """
    f = product_of_cosines
    x = rng.uniform(0.4, 0.9, size=(sizes["R"], sizes["C"]))
    x *= rng.permutation(np.resize([-1.0, 1.0], x.size)).reshape(x.shape)
    gradient = central_differences(f, x)
    index = tuple(rng.choice(np.argwhere(gradient < 0)))
    gradient[index] *= rng.uniform(1.3, 1.7)
    return f, gradient, x, float(rng.uniform(0.1, 0.2))


def right_gradient(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x) of a sum of squares; one element of x, and so of the gradient, is 0."""
    f, _, x = squares(rng, sizes)
    x[0, rng.integers(sizes["C"])] = 0.0
    return f, central_differences(f, x), x


def squares(rng: Generator, sizes: Sizes) -> tuple[Callable[[Array], float], Array, Array]:
    """(f, gradient, x) of a sum of squares, with no element near 0."""
    x = rng.uniform(0.4, 0.9, size=(sizes["R"], sizes["C"]))
    return sum_of_squares, central_differences(sum_of_squares, x), x


def flipped_gradient(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x, h) like `wrong_gradient`, and another element has the wrong sign.

    |a| + |n| differs from |a + n| there, and the result is 1, which might be typed in.
    """
    f, gradient, x, h = wrong_gradient(rng, sizes)
    gradient[tuple(rng.choice(np.argwhere(gradient > 0)))] *= -rng.uniform(1.3, 1.7)
    return f, gradient, x, h


def small_gradient(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x, h) whose derivatives are so small that the floor is what divides.

    |a| + |n| lies between 3e-9 and 8e-9, so neither a floor of another size nor one that is added
    to it leaves the result as it is. x and h are small with it, for float32 to hold their sum.
    """
    shape = sizes["R"], sizes["C"]
    weights = 1 + np.arange(np.prod(shape)).reshape(shape) / 4  # those of the squares
    x = rng.uniform(0.8e-9, 1.2e-9, shape) / weights
    gradient = central_differences(sum_of_squares, x, 1e-9)
    gradient[tuple(rng.integers(shape))] *= rng.uniform(1.4, 1.6)
    return sum_of_squares, gradient, x, float(rng.uniform(0.8e-9, 1.2e-9))


def noticeable_gradient(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x) of a sum of squares, but for one element that is half as large again."""
    f, gradient, x = squares(rng, sizes)
    gradient[np.unravel_index(np.abs(gradient).argmax(), gradient.shape)] *= 1.5
    return f, gradient, x


def gradient_with_nan(rng: Generator, sizes: Sizes) -> Arguments:
    """(f, gradient, x), all (R,): the gradient is right, but one element, not the first, is nan."""
    f = weighted_exponential
    x = rng.uniform(0.4, 0.9, size=sizes["R"])
    gradient = central_differences(f, x)
    gradient[rng.integers(1, len(x))] = np.nan
    return f, gradient, x


def is_tiny(value: Any, arguments: Arguments) -> bool:
    """A right gradient differs from central differences by rounding alone."""
    return bool(0 <= value < 1e-6)


def is_seen(value: Any, arguments: Arguments) -> bool:
    """However the errors are put together, a wrong gradient gives more than rounding does."""
    return bool(value > 1e-3)


def is_not_finite(value: Any, arguments: Arguments) -> bool:
    """A gradient with a nan must not pass: nan or inf comes back."""
    return not np.isfinite(value)


def oracle(f: Callable[[Array], float], gradient: Array, x: Array, h: float = 1e-5) -> float:
    """Each element along its own unit vector; the largest by comparing one after the other."""
    worst = 0.0
    for unit, a in zip(np.eye(x.size), np.ravel(gradient), strict=True):
        step = h * unit.reshape(x.shape)
        n = f(x + step) / (2 * h) - f(x - step) / (2 * h)
        error = abs(a - n) / max(1e-8, abs(a) + abs(n))
        worst = error if not error <= worst else worst  # true for nan as well
        if np.isnan(error):
            break
    return float(worst)


def central(f: Function, x: Array, h: float) -> Array:
    """Central differences with the step h."""
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps]).reshape(x.shape)


def forward_differences(f: Function, x: Array, h: float) -> Array:
    """One-sided differences."""
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + s) - f(x)) / h for s in steps]).reshape(x.shape)


def relative(a: Array, n: Array, floor: float = 1e-8) -> Array:
    """|a − n|/max(floor, |a| + |n|), elementwise."""
    return np.asarray(np.abs(a - n) / np.maximum(floor, np.abs(a) + np.abs(n)))


def altered(
    worst: Function = lambda a, n: relative(a, n).max(),
    numeric: Callable[..., Array] = central,
) -> Function:
    """Make the check with one ingredient exchanged; without arguments, a right one."""

    def gradient_check(f: Function, gradient: Array, x: Array, h: float = 1e-5) -> float:
        with np.errstate(all="ignore"):
            return float(worst(gradient, numeric(f, x, h)))

    return gradient_check


EXERCISE = Exercise(
    reference=worked_example.gradient_check,
    draw=wrong_gradient,
    axes="R C",
    oracle=oracle,
    keeps_arguments=True,
    checks=(
        Check("wrong gradient", points=0.75, tolerance=NUMERICAL),
        Check(
            "wrong sign",
            points=0.25,
            draw=flipped_gradient,
            tolerance=NUMERICAL,
            needs=("wrong gradient",),
        ),
        Check(
            "some error",
            points=0,
            draw=noticeable_gradient,
            accept=is_seen,
            expects="One element of the gradient is wrong, and the check hardly notices.",
        ),
        Check(
            "right gradient",
            points=0.75,
            draw=right_gradient,
            accept=is_tiny,
            needs=("some error",),
            expects="A right gradient, one element of it 0, should give a number below 1e-6. "
            "What happens in your formula where both gradients are 0?",
        ),
        Check("small gradient", points=0.25, draw=small_gradient, tolerance=NUMERICAL),
        Check(
            "gradient with nan",
            points=1,
            draw=gradient_with_nan,
            accept=is_not_finite,
            needs=("wrong gradient", "right gradient"),
            expects="One element of the gradient is nan, and the check passes it; nan or inf "
            "should come back. What does your maximum do with a nan?",
        ),
    ),
    reveal=r"$\max |a - n| / \max(10^{-8}, |a| + |n|)$, with n from central differences: "
    r"relative, so that small gradients count as much as large ones; the largest, so that one "
    r"wrong element shows.",
    mistakes=(
        Mistake(
            "forward-differences",
            altered(numeric=forward_differences),
            "The differences are taken to one side. What did set 1 say about the error of these?",
            loses=("wrong gradient", "right gradient", "small gradient"),
        ),
        Mistake(
            "step-ignored",
            altered(numeric=lambda f, x, h: central(f, x, 1e-5)),
            "h has no influence on the result.",
            loses=("wrong gradient",),
        ),
        Mistake(
            "mean-of-the-errors",
            altered(lambda a, n: relative(a, n).mean()),
            "The errors are averaged. What becomes of one wrong element among many right ones?",
            loses=("wrong gradient", "small gradient"),
        ),
        Mistake(
            "norms-compared",
            altered(lambda a, n: np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))),
            "The two norms are compared. The text compares element by element.",
            loses=("wrong gradient", "small gradient"),
        ),
        Mistake(
            "absolute-difference",
            altered(lambda a, n: np.abs(a - n).max()),
            "The difference counts as it is, large or small. Is 0.1 much, where the gradient is "
            "1000?",
            loses=("wrong gradient", "small gradient"),
        ),
        Mistake(
            "floor-missing",
            altered(lambda a, n: relative(a, n, floor=0.0).max()),
            "Where both gradients are 0, this is 0/0. What does the text say about the divisor?",
            loses=("right gradient", "small gradient"),
        ),
        Mistake(
            "floor-added",
            altered(lambda a, n: (np.abs(a - n) / (1e-8 + np.abs(a) + np.abs(n))).max()),
            "The floor is added to the two sizes. What does the text do with the floor and their "
            "sum?",
            loses=("small gradient",),
        ),
        Mistake(
            "nan-skipped",
            altered(lambda a, n: np.nanmax(relative(a, n))),
            "A gradient with a nan passes. What does your maximum do with a nan?",
            loses=("gradient with nan",),
        ),
    ),
)
