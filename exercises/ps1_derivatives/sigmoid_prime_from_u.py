"""1.3 The slope of the sigmoid from u = 1 + e⁻ᶻ alone: one number for each element of u."""

import numpy as np

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes, elementwise_derivative
from solutions import derivatives

from .draws import Array, Generator
from .oracles import logistic


def ordinary_u(rng: Generator, sizes: Sizes) -> Arguments:
    """The u of ordinary z; a vector where N is 1, else a matrix."""
    shape = (sizes["M"],) if sizes["N"] == 1 else (sizes["N"], sizes["M"])
    return (1 + np.exp(-rng.standard_normal(shape)),)


def oracle(u: Array) -> Array:
    """Central differences of σ at the z that gives u."""
    return elementwise_derivative(logistic, -np.log(u - 1))


EXERCISE = Exercise(
    reference=derivatives.sigmoid_prime_from_u,
    draw=ordinary_u,
    axes="N M",
    examples=False,
    oracle=oracle,
    checks=(Check("value", 1),),
    reveal=r"""
$$\sigma'(z) = \frac{d\sigma}{du}\cdot\frac{du}{dz}
= -\frac{1}{u^2}\cdot\bigl(-e^{-z}\bigr) = \frac{u - 1}{u^2}$$

The two links are multiplied, their minus signs cancel, and $e^{-z}$ is what $u$ exceeds 1 by.
This is line 3 of the notes' six, written in $u$.
""",
    mistakes=(
        Mistake(
            "outer-only",
            lambda u: -1 / u**2,
            "This is the slope with respect to u, the first link alone. How fast does u change "
            "with z?",
        ),
        Mistake(
            "one-minus-lost",
            lambda u: (1 - u) / u**2,
            "The sign is wrong. Each of the two links has a sign of its own: what is their "
            "product?",
        ),
        Mistake(
            "no-square",
            lambda u: (u - 1) / u,
            "The second link is right. Which power of u does the first link, the slope of 1/u, "
            "have?",
        ),
        Mistake(
            "u-for-e",
            lambda u: u / u**2,
            "u stands where the size of the inner slope belongs. Which summand of u depends on z?",
        ),
    ),
)
