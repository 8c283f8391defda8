"""1.4 The slope of the sigmoid: σ'(z) for each element of z, of any shape."""

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
    examples=False,
    oracle=lambda z: elementwise_derivative(logistic, z),
    checks=(Check("value", 1),),
    reveal=r"""
$$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \sigma(z)\,\bigl(1 - \sigma(z)\bigr)$$

One factor $\frac{1}{1 + e^{-z}}$ is $\sigma$; the other, $\frac{e^{-z}}{1 + e^{-z}}$, is what
$\sigma$ lacks to 1. In the notes: lines 3 to 6. The slope is never more than ¼, which it is at $z
= 0$.
""",
    mistakes=(
        Mistake("no-derivative", logistic, "This is σ(z) itself, not its slope."),
        Mistake(
            "z-for-output",
            lambda z: z * (1 - z),
            "This treats z as if it were an output of σ. Is z what comes out of σ, or what "
            "goes in?",
        ),
        Mistake(
            "sigmoid-twice",
            lambda z: derivatives.sigmoid_prime(logistic(z)),
            "σ is applied twice before the derivative is taken; once is enough.",
        ),
        Mistake(
            "square-lost",
            lambda z: 1 - logistic(z),
            "This is the slope without one of its factors. What does the chain rule do to the "
            "power of u?",
        ),
    ),
)
