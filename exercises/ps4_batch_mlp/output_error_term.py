"""4.6 The output's error term: dZ2 (1, N) from A2 (1, N) and the labels Y (1, N)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import batch_mlp

from .draws import output
from .network import Array, logistic, slope, summed_loss


def oracle(A2: Array, Y: Array) -> Array:
    """Differentiate the loss by Z2 = log(a/(1 − a))."""
    return central_differences(lambda Z: summed_loss(logistic(Z), Y), np.log(A2 / (1 - A2)))


EXERCISE = Exercise(
    reference=batch_mlp.output_error_term,
    draw=output,
    axes="N",
    oracle=oracle,
    checks=(Check("dZ2", points=1),),
    mistakes=(
        Mistake(
            "slope-left-in",
            lambda A2, Y: (A2 - Y) * slope(A2),
            "The factor a(1 − a) is still there. What happens to it when dA2 is multiplied out?",
        ),
        Mistake(
            "activation-gradient",
            lambda A2, Y: -Y / A2 + (1 - Y) / (1 - A2),
            "This is dA2. To get from A2 to Z2 the chain rule needs one more factor.",
        ),
    ),
)
