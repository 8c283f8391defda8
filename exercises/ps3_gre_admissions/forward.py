"""3.2 One record, forward: hidden (H,) and the number ŷ, from x (D,), W_ih (D, H), W_ho (H,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import gre_admissions

from .draws import one_record
from .network import Array, logistic, outputs


def oracle(x: Array, W_ih: Array, W_ho: Array) -> tuple[Array, float]:
    """Sum up the hidden units one by one."""
    sums = [sum(x[i] * W_ih[i, j] for i in range(len(x))) for j in range(len(W_ho))]
    return logistic(np.array(sums)), float(outputs(x, W_ih, W_ho))


EXERCISE = Exercise(
    reference=gre_admissions.forward,
    draw=one_record,
    axes="D H",
    oracle=oracle,
    checks=(Check("hidden", 0.5, part=0), Check("y_hat", 0.5, part=1)),
    reveal=r"$a = \sigma(x\,W_{ih})$, $\hat y = \sigma(a \cdot W_{ho})$: the sum runs over the "
    r"rows of $W_{ih}$, so x stands on its left.",
    mistakes=(
        Mistake(
            "hidden-not-activated",
            lambda x, W_ih, W_ho: (x @ W_ih, logistic((x @ W_ih) @ W_ho)),
            "The hidden layer is linear here. What does each hidden unit do with its sum?",
            twins=("sums-returned",),
        ),
        Mistake(
            "sums-returned",
            lambda x, W_ih, W_ho: (x @ W_ih, outputs(x, W_ih, W_ho)),
            "The first result holds the sums before the sigmoid; the activations are asked for.",
            loses=("hidden",),
            twins=("hidden-not-activated",),
        ),
        Mistake(
            "output-not-activated",
            lambda x, W_ih, W_ho: (logistic(x @ W_ih), logistic(x @ W_ih) @ W_ho),
            "ŷ is a bare sum here, so it can leave the range from 0 to 1. What does the output "
            "unit do with its sum?",
            loses=("y_hat",),
        ),
    ),
)
