"""1.6 Four local derivatives, of x + 3, 3x, 1/x and eˣ: one (M,) each, from x (M,)."""

from collections.abc import Callable

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

from .draws import Array, Generator, away_from_zero

FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "add": lambda x: x + 3,
    "scale": lambda x: 3 * x,
    "reciprocal": lambda x: 1 / x,
    "exp": np.exp,
}


def one_vector(rng: Generator, sizes: Sizes) -> Arguments:
    """A vector without zeros, so that 1/x exists."""
    return (away_from_zero(rng, (sizes["M"],), 0.4),)


def oracle(x: Array) -> dict[str, Array]:
    """Central differences of the four functions."""
    return {name: elementwise_derivative(f, x) for name, f in FUNCTIONS.items()}


def values(x: Array) -> dict[str, Array]:
    """The functions themselves."""
    return {name: f(x) for name, f in FUNCTIONS.items()}


def right_but(**wrong: Callable[[Array], Array]) -> Callable[[Array], dict[str, Array]]:
    """The right answer with some of its entries replaced."""
    return lambda x: {
        **derivatives.local_gradients(x),
        **{name: f(x) for name, f in wrong.items()},
    }


EXERCISE = Exercise(
    reference=derivatives.local_gradients,
    draw=one_vector,
    axes="M",
    oracle=oracle,
    checks=(
        Check("reciprocal", 0.5, part="reciprocal"),
        Check("exp", 0.5, part="exp"),
        Check("add", 0.5, part="add", needs=("reciprocal", "exp")),
        Check("scale", 0.5, part="scale", needs=("reciprocal", "exp")),
    ),
    reveal=r"""
$$(x + 3)' = 1,
\qquad (3x)' = 3,
\qquad \Bigl(\frac1x\Bigr)' = -\frac{1}{x^2},
\qquad (e^x)' = e^x$$

The first two do not depend on $x$, and still each element has an entry of its own. $\frac{1}{x +
\varepsilon} - \frac1x = \frac{-\varepsilon}{x(x + \varepsilon)}$ gives the third; $e^{x +
\varepsilon} = e^x e^{\varepsilon}$ the fourth.
""",
    mistakes=(
        Mistake(
            "values",
            values,
            "These are the functions' values. How fast do they change with x?",
            loses=("add", "scale", "reciprocal"),
        ),
        Mistake(
            "one-slope",
            right_but(scale=lambda x: np.array(3.0)),
            "The slope of 3x stands there once; every element of x should have its own entry.",
            loses=("scale",),
        ),
        Mistake(
            "logarithm",
            right_but(reciprocal=lambda x: np.log(np.abs(x))),
            "ln|x| is what has the slope 1/x. Here the slope of 1/x is asked for.",
            loses=("reciprocal",),
        ),
        Mistake(
            "square-lost",
            right_but(reciprocal=lambda x: -1 / x),
            "Write 1/x as a power of x: which exponent is left after differentiating?",
            loses=("reciprocal",),
        ),
        Mistake(
            "power-rule",
            right_but(exp=lambda x: x * np.exp(x - 1)),
            "x·eˣ⁻¹ is the rule for powers; here x is in the exponent.",
            loses=("exp",),
        ),
    ),
)
