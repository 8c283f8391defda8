"""Slips on the way back that a gradient (2.6) and a training step (2.9) have in common.

Each is a formula for the error terms and what they multiply, without sign and learning rate.
"""

from collections.abc import Callable

from autograder.exercise import (
    Mistake,
)
from solutions import worked_example

from .network import Array, Network

Pair = tuple[Array, float]
"""One array (2,) for W, one number for w_out."""
Formula = Callable[[Network], Pair]


def right_formula(net: Network) -> Pair:
    """Pair δ_h with x, and δ_o with a."""
    return net.delta_h * net.x, net.delta_o * net.a


def output_slope_lost(net: Network) -> Pair:
    """(y − ŷ) for δ_o, in both layers."""
    error = net.y - net.y_hat
    return worked_example.hidden_error_term(net.w_out, error, net.a) * net.x, error * net.a


def output_term_reused(net: Network) -> Pair:
    """δ_o for δ_h."""
    return net.delta_o * net.x, net.delta_o * net.a


def hidden_slope_lost(net: Network) -> Pair:
    """No σ' in the hidden unit."""
    return net.w_out * net.delta_o * net.x, net.delta_o * net.a


def weight_lost(net: Network) -> Pair:
    """δ_h without w_out."""
    return net.delta_o * net.a * (1 - net.a) * net.x, net.delta_o * net.a


def slips(program: Callable[[Formula], Callable[..., Pair]], hidden: str) -> tuple[Mistake, ...]:
    """The slips as mistakes: `program` builds on a formula, `hidden` is the check that W fails."""
    return (
        Mistake(
            "output-slope-lost",
            program(output_slope_lost),
            "The error goes back as it is. What lies between ŷ and out?",
        ),
        Mistake(
            "output-term-reused",
            program(output_term_reused),
            "W gets the output's own error term. What lies between the output and the hidden unit?",
            loses=(hidden,),
        ),
        Mistake(
            "hidden-slope-lost",
            program(hidden_slope_lost),
            "The way to W leads through the hidden unit, and its slope is not in it.",
            loses=(hidden,),
        ),
        Mistake(
            "weight-lost",
            program(weight_lost),
            "The way from the output to W leads over an edge, which is left out.",
            loses=(hidden,),
        ),
    )
