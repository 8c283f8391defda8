"""2.4 The error term of the hidden unit: the number δ_h = −∂L/∂h, from w_out, delta_o and a."""

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
    """w_out, delta_o, a."""
    return net.w_out, net.delta_o, net.a


def sigmoid_twice(w_out: float, delta_o: float, a: float) -> float:
    """σ' at a, as if a were a sum."""
    again = worked_example.sigmoid(a)
    return w_out * delta_o * again * (1 - again)


EXERCISE = Exercise(
    reference=worked_example.hidden_error_term,
    draw=drawn(arguments),
    decides=both_signs(lambda w_out, delta_o, a: w_out, lambda w_out, delta_o, a: delta_o),
    oracle=lambda w_out, delta_o, a: w_out * delta_o * slope_at_output(a),
    checks=(Check("value", 1), worked(arguments, 5e-4)),
    reveal=r"$\delta_h = w_{out}\,\delta_o\;a(1 - a)$: over the edge, then through the unit. $a(1 "
    r"- a)$ is the slope at h, written with a; it is ¼ only where h = 0.",
    mistakes=(
        Mistake(
            "weight-lost",
            lambda w_out, delta_o, a: delta_o * a * (1 - a),
            "Nothing of the edge between the units is in it. How far does out move when a moves?",
        ),
        Mistake(
            "slope-lost",
            lambda w_out, delta_o, a: w_out * delta_o,
            "The error has come back over the edge, but not through the hidden unit's sigmoid.",
        ),
        Mistake(
            "output-term-reused",
            lambda w_out, delta_o, a: delta_o,
            "This is the output's own error term, passed on unchanged.",
        ),
        Mistake(
            "activation-for-slope",
            lambda w_out, delta_o, a: w_out * delta_o * a,
            "The activation a stands where the slope of σ belongs.",
        ),
        Mistake(
            "sigmoid-twice",
            sigmoid_twice,
            "σ' is taken at a; it belongs at h, and a already is σ(h).",
        ),
        Mistake(
            "quarter",
            lambda w_out, delta_o, a: w_out * delta_o / 4,
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
        ),
    ),
)
