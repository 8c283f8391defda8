"""3.5 One record, back to the hidden units: their errors (H,), from δ_o and W_ho (H,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import gre_admissions

from .draws import output_term
from .network import Array


def oracle(output_error_term: float, W_ho: Array) -> Array:
    """Differentiate anywhere: the sum out is linear in the activations."""
    return central_differences(lambda a: float(output_error_term * (a @ W_ho)), np.zeros(len(W_ho)))


EXERCISE = Exercise(
    reference=gre_admissions.hidden_error,
    draw=output_term,
    axes="N D H",
    oracle=oracle,
    checks=(Check("hidden error", 1),),
    reveal=r"$\frac{\partial L}{\partial a} = \delta_o\,W_{ho}$, of shape $(H,)$: out holds $a_j$ "
    r"once, times its weight. The notes call it the error that each hidden unit contributed.",
    mistakes=(
        Mistake(
            "summed",
            lambda delta_o, W_ho: np.sum(delta_o * W_ho),
            "The hidden units are summed into one number. Each of them has its own contribution.",
        ),
        Mistake(
            "shared-out",
            lambda delta_o, W_ho: delta_o * W_ho / np.sum(W_ho),
            "The error is shared out in proportion to the weights. By how much does out move when "
            "one activation moves?",
        ),
        Mistake(
            "weights-missing",
            lambda delta_o, W_ho: delta_o * np.ones_like(W_ho),
            "Every hidden unit gets the same error. What lies between a hidden unit and the "
            "output?",
        ),
    ),
)
