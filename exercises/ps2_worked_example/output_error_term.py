"""2.4 The error term of the output: the number δ_o = −∂L/∂out, from y and y_hat."""

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
from .oracles import slope_at_output


def arguments(net: Network) -> Arguments:
    """y, y_hat."""
    return net.y, net.y_hat


def sigmoid_twice(y: float, y_hat: float) -> float:
    """σ' at ŷ, as if ŷ were a sum."""
    again = worked_example.sigmoid(y_hat)
    return (y - y_hat) * again * (1 - again)


EXERCISE = Exercise(
    reference=worked_example.output_error_term,
    draw=drawn(arguments),
    decides=both_signs(lambda y, y_hat: y - y_hat),
    oracle=lambda y, y_hat: (y - y_hat) * slope_at_output(y_hat),
    checks=(Check("value", 1), worked(arguments, 5e-4)),
    reveal=r"$\delta_o = (y - \hat y)\;\hat y(1 - \hat y)$: the first two slopes of the chain, "
    r"without the minus sign of the first. It is positive where the answer was too small.",
    mistakes=(
        Mistake(
            "slope-lost",
            lambda y, y_hat: y - y_hat,
            "Only the error is here. It still has to go back through the output's sigmoid.",
        ),
        Mistake(
            "sigmoid-twice",
            sigmoid_twice,
            "σ is applied to ŷ once more, but ŷ already is an output of σ.",
        ),
        Mistake(
            "quarter",
            lambda y, y_hat: (y - y_hat) / 4,
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
        ),
        Mistake(
            "half-a-slope",
            lambda y, y_hat: (y - y_hat) * (1 - y_hat),
            "Only a part of the slope of σ is there. Which slope does σ have where its answer is "
            "ŷ?",
        ),
    ),
)
