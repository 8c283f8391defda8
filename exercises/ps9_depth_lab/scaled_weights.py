"""9.4 A repair: standard normal numbers, scaled so that 9.2 predicts the factor 1."""

import math
from collections.abc import Callable

from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Function, Mistake, Sizes
from solutions import depth_lab

from .draws import Array, for_each

GAINS = {"sigmoid": 4.0, "tanh": 1.0, "relu": math.sqrt(2)}


def three_layers(rng: Generator, sizes: Sizes, activation: str) -> Arguments:
    """(normals, activation): three layers of different widths."""
    widths = [sizes[axis] for axis in "DHMK"]
    shapes = zip(widths[1:], widths[:-1], strict=True)
    return [rng.normal(size=shape) for shape in shapes], activation


DRAWS = for_each(three_layers)


def oracle(normals: list[Array], activation: str) -> list[Array]:
    """Each with the scale at which the factor of 9.2 is 1: found from the factor at scale 1."""
    return [
        normal / depth_lab.backward_factor(activation, 1.0, len(normal[0])) for normal in normals
    ]


def altered(scale: Callable[[float, int, int], float]) -> Function:
    """Make the repair with another scale, made of (gain, n_out, n_in)."""

    def scaled_weights(normals: list[Array], activation: str) -> list[Array]:
        return [scale(GAINS[activation], *normal.shape) * normal for normal in normals]

    return scaled_weights


EXERCISE = Exercise(
    reference=depth_lab.scaled_weights,
    draw=DRAWS["sigmoid"],
    axes="D H M K",
    batch="",
    oracle=oracle,
    reveal=(
        r"The factor $s\sqrt n \cdot c$ of 9.2 is 1 for $s = \frac{1}{c\sqrt n}$: "
        r"$\frac{1}{\sqrt n}$ for tanh (*Xavier*, for equal widths), $\sqrt{\frac2n}$ for ReLU "
        r"(*He*), and $\frac{4}{\sqrt n}$ for the sigmoid, where it is not enough. "
        r"Measured with 8 hidden layers of 30 units, 600 steps and $\eta = 0.1$: tanh and ReLU get "
        "100 % of their examples right, the sigmoid 53 %."
    ),
    checks=(
        Check("sigmoid", points=0.25),
        Check("tanh", points=0.25, draw=DRAWS["tanh"]),
        Check("relu", points=0.5, draw=DRAWS["relu"]),
    ),
    mistakes=(
        Mistake(
            "variance",
            altered(lambda gain, n_out, n_in: gain**2 / n_in),
            "The numbers are multiplied by a variance. What is it that 9.2 calls weight_std?",
        ),
        Mistake(
            "n-out",
            altered(lambda gain, n_out, n_in: gain / math.sqrt(n_out)),
            "The width is n_out. How many terms does one entry of Z add up?",
        ),
        Mistake(
            "same-for-all",
            altered(lambda gain, n_out, n_in: 1 / math.sqrt(n_in)),
            "The scale is the same for every activation. Which factors did you predict in 9.2?",
            loses=("sigmoid", "relu"),
        ),
    ),
)
