"""3.5 One record, back to the output unit: the number δ_o, from the numbers y and ŷ."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import gre_admissions

from .draws import output
from .network import Array, logistic


def oracle(y: float, y_hat: float) -> Array:
    """Differentiate ½(y − σ(out))² by out, at the out that gives this ŷ."""
    out = np.log(y_hat / (1 - y_hat))
    return central_differences(lambda z: float(0.5 * (y - logistic(z)) ** 2), out)


EXERCISE = Exercise(
    reference=gre_admissions.output_error_term,
    draw=output,
    axes="N D H",
    oracle=oracle,
    checks=(Check("error term", 1),),
    reveal=r"$\delta_o = \frac{\partial L}{\partial out} = (\hat y - y)\;\hat y(1 - \hat y)$: two "
    r"slopes of the chain. There is no minus sign inside, so descent subtracts what is made of it.",
    mistakes=(
        Mistake(
            "derivative-missing",
            lambda y, y_hat: y_hat - y,
            "This is the error alone. Which link of the chain leads from ŷ back to out?",
        ),
        Mistake(
            "sigmoid-twice",
            lambda y, y_hat: (y_hat - y) * logistic(y_hat) * (1 - logistic(y_hat)),
            "ŷ goes through the sigmoid once more; it is a sigmoid's output already.",
        ),
        Mistake(
            "half-a-derivative",
            lambda y, y_hat: (y_hat - y) * y_hat,
            "Only a part of the sigmoid's slope is there. Which slope has σ where its answer is ŷ?",
        ),
    ),
)
