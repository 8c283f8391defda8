"""4.2 The activation, backward: dZ (n_l, N) from dA (n_l, N) and Z (n_l, N)."""

from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    elementwise_derivative,
)
from solutions import batch_mlp

from .draws import away_from_zero
from .network import logistic, slope


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dA, Z) of a layer of H units."""
    shape = sizes["H"], sizes["N"]
    return away_from_zero(rng, *shape), 1.5 * away_from_zero(rng, *shape)


EXERCISE = Exercise(
    reference=batch_mlp.sigmoid_backward,
    draw=draw,
    axes="N H",
    oracle=lambda dA, Z: dA * elementwise_derivative(logistic, Z),
    checks=(Check("dZ", points=1),),
    mistakes=(
        Mistake(
            "slope-alone",
            lambda dA, Z: slope(logistic(Z)),
            "This is σ'(Z) by itself. By the chain rule, what is it multiplied with?",
        ),
        Mistake(
            "slope-of-activation",
            lambda dA, Z: dA * slope(logistic(logistic(Z))),
            "σ' was taken at σ(Z), so the sigmoid was applied twice. Where is its slope needed?",
        ),
        Mistake(
            "slope-of-z",
            lambda dA, Z: dA * slope(Z),
            "Z·(1 − Z) is not the slope: the short form holds for the activation, not for Z.",
        ),
        Mistake(
            "times-activation",
            lambda dA, Z: dA * logistic(Z),
            "dA was multiplied with σ(Z) itself. Which factor does the chain rule ask for?",
        ),
    ),
)
