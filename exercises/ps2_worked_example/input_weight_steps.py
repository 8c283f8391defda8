"""2.5 The steps of the hidden unit's weights: ΔW (2,), from the rate, delta_h and x (2,)."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    both_signs,
)
from solutions import worked_example

from .draws import drawn, worked
from .network import Network


def arguments(net: Network) -> Arguments:
    """learning_rate, delta_h, x."""
    return net.learning_rate, net.delta_h, net.x


EXERCISE = Exercise(
    reference=worked_example.input_weight_steps,
    draw=drawn(arguments),
    decides=both_signs(lambda rate, delta_h, x: delta_h, lambda rate, delta_h, x: x),
    oracle=lambda learning_rate, delta_h, x: np.array([learning_rate * delta_h * v for v in x]),
    checks=(Check("value", 1), worked(arguments, 1.2e-5)),
    reveal=r"$\Delta W_i = \eta\,\delta_h\,x_i$: the same rule as for $w_{out}$, one layer "
    r"earlier; each weight has its own input.",
    mistakes=(
        Mistake(
            "rate-forgotten",
            lambda learning_rate, delta_h, x: delta_h * x,
            "learning_rate is missing, and a step contains it.",
        ),
        Mistake(
            "rate-twice",
            lambda learning_rate, delta_h, x: learning_rate**2 * delta_h * x,
            "The learning rate enters twice.",
        ),
        Mistake(
            "input-lost",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * np.ones_like(x),
            "Both weights get the same step. Which input does each of them multiply?",
        ),
        Mistake(
            "inputs-swapped",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * x[::-1],
            "Each weight has the other one's input.",
        ),
    ),
)
