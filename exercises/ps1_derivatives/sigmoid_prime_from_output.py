"""1.5 The slope from the output: σ'(z) for each element of a = σ(z), of any shape."""

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
    examples=False,
    oracle=oracle,
    checks=(Check("value", 1),),
    reveal=r"""
$$\sigma'(z) = a\,(1 - a) \qquad\text{with } a = \sigma(z)$$

The same number as in 1.4 from another argument: a network keeps $a$ from the way forward, so the
way back needs no exponential.
""",
    mistakes=(
        Mistake(
            "taken-for-input",
            derivatives.sigmoid_prime,
            "σ is applied to a once more, but a already is an output of σ.",
        ),
        Mistake(
            "slope-of-tanh",
            lambda a: 1 - a**2,
            "This is the slope of tanh, which runs from −1 to 1. At which outputs must the "
            "slope of σ vanish?",
        ),
        Mistake(
            "factor-lost",
            lambda a: 1 - a,
            "Near a = 0 the curve is flat, and this is not 0 there. Which factor is missing?",
        ),
    ),
)
