"""4.4 The output's error term: dZ2 (1, N) from A2 (1, N) and the labels Y (1, N)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes, central_differences
from solutions import batch_mlp

from .draws import certain, output
from .network import Array, slope


def at_the_ends(rng: Generator, sizes: Sizes) -> Arguments:
    """(A2, Y): exact 0 and 1, right and wrong, and one in between."""
    return certain(rng)


def oracle(A2: Array, Y: Array) -> Array:
    """Differentiate log(1 + eᶻ) − y·z, the loss written with z; at the ends, where it is level."""
    A = A2.clip(1e-18, 1 - 1e-16)
    Z = np.log(A) - np.log1p(-A)
    return central_differences(lambda Z: float(np.sum(np.logaddexp(0, Z) - Y * Z)), Z)


EXERCISE = Exercise(
    reference=batch_mlp.output_error_term,
    draw=output,
    axes="N",
    oracle=oracle,
    reveal=r"""
$$dZ^{[2]} = dA^{[2]} \odot \sigma'(Z^{[2]}) = A^{[2]} - Y$$

The slope $a(1 - a)$ cancels both denominators. So nothing is divided, and a saturated output that
is *wrong* still gets an error of size 1: this is why sigmoid and cross-entropy go together.
""",
    checks=(
        Check("dZ2", points=1),
        Check("at exact 0 and 1", points=0, draw=at_the_ends, fixed=True),
    ),
    mistakes=(
        Mistake(
            "slope-left-in",
            lambda A2, Y: (A2 - Y) * slope(A2),
            "The slope of the sigmoid is still in it. What became of it when the chain rule was "
            "multiplied out?",
        ),
        Mistake(
            "activation-gradient",
            lambda A2, Y: -Y / A2 + (1 - Y) / (1 - A2),
            "This is dA2. To get from A2 to Z2 the chain rule needs one more factor.",
        ),
        Mistake(
            "probability-alone",
            lambda A2, Y: A2 * (1 - A2),
            "This is the slope of the sigmoid alone. Where do the labels come in?",
        ),
    ),
)
