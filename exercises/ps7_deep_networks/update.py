"""7.6 One step of gradient descent: a new list of parameters, in the shapes of the old ones."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(parameters, gradients, learning_rate)."""
    D, H, K = (sizes[axis] for axis in "DHK")
    shapes = (H, D), (H, 1), (K, H)
    parameters, gradients = ([rng.normal(size=shape) for shape in shapes] for _ in range(2))
    return parameters, gradients, float(rng.uniform(0.2, 0.6))


def oracle(parameters: list[Array], gradients: list[Array], learning_rate: float) -> list[Array]:
    """Element by element."""
    pairs = zip(parameters, gradients, strict=True)
    return [np.vectorize(lambda p, g: p - learning_rate * g)(p, g) for p, g in pairs]


EXERCISE = Exercise(
    reference=deep_networks.update,
    draw=draw,
    axes="D H K",
    oracle=oracle,
    keeps_arguments=True,
    checks=(Check("parameters", points=1),),
    mistakes=(
        Mistake(
            "uphill",
            lambda parameters, gradients, rate: [
                p + rate * g for p, g in zip(parameters, gradients, strict=True)
            ],
            "The step is added. The gradient points to where the loss grows.",
        ),
        Mistake(
            "rate-missing",
            lambda parameters, gradients, rate: [
                p - g for p, g in zip(parameters, gradients, strict=True)
            ],
            "The learning rate has no influence on the step.",
        ),
        Mistake(
            "step-only",
            lambda parameters, gradients, rate: [-rate * g for g in gradients],
            "These are the steps; the parameters after the steps are asked for.",
        ),
        Mistake(
            "parameters-shrunk",
            lambda parameters, gradients, rate: [
                rate * (p - g) for p, g in zip(parameters, gradients, strict=True)
            ],
            "The rate multiplies the parameter too. Only the gradient is scaled.",
        ),
    ),
)
