"""2.5 The step of the output's weight: the number Δw_out, from the rate, delta_o and a."""

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
    """learning_rate, delta_o, a."""
    return net.learning_rate, net.delta_o, net.a


EXERCISE = Exercise(
    reference=worked_example.output_weight_step,
    draw=drawn(arguments),
    decides=both_signs(lambda rate, delta_o, a: delta_o),
    oracle=lambda learning_rate, delta_o, a: np.prod([learning_rate, delta_o, a]),
    checks=(Check("value", 1), worked(arguments, 5e-5)),
    reveal=r"$\Delta w_{out} = \eta\,\delta_o\,a$: the rate, times the error term where the edge "
    r"ends, times the value where it begins. The minus of $-\eta$ and the one inside $\delta_o$ "
    r"cancel.",
    mistakes=(
        Mistake(
            "rate-forgotten",
            lambda learning_rate, delta_o, a: delta_o * a,
            "learning_rate is missing, and a step contains it.",
        ),
        Mistake(
            "rate-twice",
            lambda learning_rate, delta_o, a: learning_rate**2 * delta_o * a,
            "The learning rate enters twice.",
        ),
        Mistake(
            "activation-lost",
            lambda learning_rate, delta_o, a: learning_rate * delta_o,
            "Nothing of what came in over this edge is in it. How far does out move when w_out "
            "moves?",
        ),
        Mistake(
            "slope-twice",
            lambda learning_rate, delta_o, a: learning_rate * delta_o * a * (1 - a),
            "σ' of the hidden unit is in it; w_out lies behind that unit.",
        ),
    ),
)
