"""9.2 A prediction: by which factor error terms grow or shrink from a layer to the one before."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import depth_lab

from .draws import ACTIVATIONS, for_each


def layers(rng: Generator, sizes: Sizes, activation: str) -> Arguments:
    """(activation, weight_std, width): standard deviations below and above 1/√width."""
    width = int(rng.integers(11, 400))
    return activation, float(rng.uniform(0.3, 3.0) / np.sqrt(width)), width


DRAWS = for_each(layers)


def oracle(activation: str, weight_std: float, width: int) -> float:
    """The root of a variance: one summand for each unit, times the mean of squared slopes."""
    f = ACTIVATIONS[activation]
    points = np.array([-1.0, 1.0]) if activation == "relu" else np.array([0.0])
    slopes = central_differences(lambda x: float(f(x).sum()), points)
    variance = sum(weight_std**2 * np.mean(np.square(slopes)) for _ in range(width))
    return float(np.sqrt(variance))


def altered(slopes: dict[str, float], power: float = 0.5) -> Function:
    """Make the prediction with other slopes, or another power of the width."""
    known = {"sigmoid": 0.25, "tanh": 1.0, "relu": 0.5**0.5} | slopes

    def backward_factor(activation: str, weight_std: float, width: int) -> float:
        return float(weight_std * width**power * known[activation])

    return backward_factor


EXERCISE = Exercise(
    reference=depth_lab.backward_factor,
    draw=DRAWS["sigmoid"],
    axes="",
    batch="",
    oracle=oracle,
    reveal=(
        "An error term is a sum of *width* independent terms, so its variance is "
        r"$n\,s^2$ times that of the terms behind it: the factor is $s\sqrt n$, "
        r"times the root of the mean of $f'^2$: $\frac14$ for the sigmoid at 0, $1$ for tanh, and "
        r"$\sqrt{\frac12}$ for ReLU, where half of the squares are 1 and half are 0."
    ),
    checks=(
        Check("sigmoid", points=0.5),
        Check("tanh", points=0.5, draw=DRAWS["tanh"]),
        Check("relu", points=1, draw=DRAWS["relu"]),
    ),
    mistakes=(
        Mistake(
            "variance",
            lambda *given: depth_lab.backward_factor(*given) ** 2,
            "This is the factor of the variance. The question is about the root mean square.",
        ),
        Mistake(
            "width-not-root",
            altered({}, power=1),
            "The terms are added as if all had one sign. How does a sum of independent terms grow?",
        ),
        Mistake(
            "relu-half",
            altered({"relu": 0.5}),
            "Half of the slopes are 1 and half are 0. What is their root mean square?",
            loses=("relu",),
        ),
        Mistake(
            "sigmoid-output",
            altered({"sigmoid": 0.5}),
            "½ is what the sigmoid answers at 0. How steep is it there?",
            loses=("sigmoid",),
        ),
    ),
)
