"""1.3 The slope from the output: σ'(z) for each element of a = σ(z), of any shape."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    elementwise_derivative,
)
from solutions import derivatives

from .draws import Array, Generator, pre_activations
from .oracles import logistic


def outputs(rng: Generator, sizes: Sizes) -> Arguments:
    """Outputs a = σ(z), of any shape."""
    (z,) = pre_activations(rng, sizes)
    return (np.asarray(1 / (1 + np.exp(-z))),)


def oracle(a: Array) -> Array:
    """Central differences of σ at the z that gives a."""
    return elementwise_derivative(logistic, np.log(a / (1 - a)))


EXERCISE = Exercise(
    reference=derivatives.sigmoid_prime_from_output,
    draw=outputs,
    axes="N M",
    oracle=oracle,
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "taken-for-input",
            derivatives.sigmoid_prime,
            "σ is applied to a once more, but a already is an output of σ.",
        ),
        Mistake(
            "slope-of-tanh",
            lambda a: 1 - a**2,
            "1 − a² is the slope of tanh. What is it for σ?",
        ),
        Mistake("factor-lost", lambda a: 1 - a, "Only 1 − a is left of a product of two."),
    ),
)
