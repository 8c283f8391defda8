"""1.2 The slope of the sigmoid: σ'(z) for each element of z, of any shape."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    elementwise_derivative,
)
from solutions import derivatives

from .draws import pre_activations
from .oracles import logistic

EXERCISE = Exercise(
    reference=derivatives.sigmoid_prime,
    draw=pre_activations,
    axes="N M",
    oracle=lambda z: elementwise_derivative(logistic, z),
    checks=(Check("value", 1),),
    mistakes=(
        Mistake("no-derivative", logistic, "This is σ(z) itself, not its slope."),
        Mistake(
            "z-for-output",
            lambda z: z * (1 - z),
            "It is z·(1 − z): the formula holds for the output of σ, and z is its input.",
        ),
        Mistake(
            "sigmoid-twice",
            lambda z: derivatives.sigmoid_prime(logistic(z)),
            "σ is applied twice before the derivative is taken; once is enough.",
        ),
        Mistake(
            "square-lost",
            lambda z: 1 - logistic(z),
            "This is e⁻ᶻ/(1 + e⁻ᶻ). What does the quotient rule do to the denominator?",
        ),
    ),
)
