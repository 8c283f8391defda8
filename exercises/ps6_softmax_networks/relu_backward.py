"""6.9 ReLU, backward: dZ (N, H) from dout (N, H) and Z (N, H)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    elementwise_derivative,
)
from solutions import softmax_networks


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout, Z), every pair of signs among them where four fit."""
    shape = sizes["N"], sizes["H"]
    quadrant = rng.permutation(np.arange(np.prod(shape)) % 4).reshape(shape)
    signs = np.where(quadrant % 2, 1, -1), np.where(quadrant > 1, 1, -1)
    return rng.uniform(0.3, 1.3, shape) * signs[0], rng.uniform(0.3, 1.3, shape) * signs[1]


EXERCISE = Exercise(
    reference=softmax_networks.relu_backward,
    draw=draw,
    axes="N H",
    oracle=lambda dout, Z: dout * elementwise_derivative(lambda z: np.maximum(0, z), Z),
    checks=(Check("dZ", points=1),),
    mistakes=(
        Mistake(
            "mask-missing",
            lambda dout, Z: dout,
            "Everything passes. Which units let nothing through in the forward pass?",
        ),
        Mistake(
            "mask-from-gradient",
            lambda dout, Z: np.maximum(0, dout),
            "The gradient's own sign decides here. What decides whether a unit is on?",
        ),
        Mistake(
            "mask-alone",
            lambda dout, Z: (Z > 0) * 1.0,
            "This is the slope by itself. By the chain rule, what is it multiplied with?",
        ),
        Mistake(
            "times-activation",
            lambda dout, Z: dout * np.maximum(0, Z),
            "dout was multiplied with max(0, Z) itself. What is the slope of that function?",
        ),
    ),
)
