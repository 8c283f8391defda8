"""ps1, first half: functions that work on each element by itself."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.gradcheck import elementwise_derivative
from autograder.exercise.spec import Check, Exercise, Mistake
from solutions import derivatives as right

from . import draws
from .draws import Array


def logistic(z: Array) -> Array:
    """σ once more, by way of tanh."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * z)))


def slope_at_output(a: Array) -> Array:
    """Central differences of σ at the z that gives a."""
    return elementwise_derivative(logistic, np.log(a / (1 - a)))


LOCAL: dict[str, Callable[[Array], Array]] = {
    "add": lambda x: x + 3,
    "scale": lambda x: 3 * x,
    "reciprocal": lambda x: 1 / x,
    "exp": np.exp,
}


def local_slopes(x: Array) -> dict[str, Array]:
    """Central differences of the four functions."""
    return {name: elementwise_derivative(f, x) for name, f in LOCAL.items()}


def locals_with(**wrong: Callable[[Array], Array]) -> Callable[[Array], dict[str, Array]]:
    """The right answer with some of its entries replaced."""
    return lambda x: {**right.local_gradients(x), **{name: f(x) for name, f in wrong.items()}}


def slopes_through(gate: Callable[[Array, Array], Array]) -> Callable[..., tuple[Array, Array]]:
    """Build an oracle: dout times central differences of an elementwise gate."""

    def oracle(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
        dx = elementwise_derivative(lambda moved: gate(moved, y), x)
        dy = elementwise_derivative(lambda moved: gate(x, moved), y)
        return dout * dx, dout * dy

    return oracle


SIGMOID = Exercise(
    axes="N M",
    reference=right.sigmoid,
    draw=draws.pre_activations,
    oracle=logistic,
    checks=(Check("value", 0.5), Check("limits", 0.5, draw=draws.far_out, fixed=True)),
    mistakes=(
        Mistake(
            "flipped", lambda z: logistic(-z), "It falls where σ rises. Look at the sign of z."
        ),
        Mistake("tanh", np.tanh, "This is tanh, which runs from −1 to 1; σ runs from 0 to 1."),
        Mistake(
            "overflow",
            lambda z: np.exp(z) / (1 + np.exp(z)),
            "eᶻ is infinite at z = 1000, and ∞/∞ is nan. Which exponent stays small there?",
            loses=("limits",),
        ),
    ),
)

SIGMOID_PRIME = Exercise(
    axes="N M",
    calls=("sigmoid",),
    reference=right.sigmoid_prime,
    draw=draws.pre_activations,
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
            lambda z: right.sigmoid_prime(logistic(z)),
            "σ is applied twice before the derivative is taken; once is enough.",
        ),
        Mistake(
            "square-lost",
            lambda z: 1 - logistic(z),
            "This is e⁻ᶻ/(1 + e⁻ᶻ). What does the quotient rule do to the denominator?",
        ),
    ),
)

SIGMOID_PRIME_FROM_OUTPUT = Exercise(
    axes="N M",
    reference=right.sigmoid_prime_from_output,
    draw=draws.outputs,
    oracle=slope_at_output,
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "taken-for-input",
            right.sigmoid_prime,
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

LOCAL_GRADIENTS = Exercise(
    axes="M",
    reference=right.local_gradients,
    draw=draws.one_vector,
    oracle=local_slopes,
    checks=tuple(Check(name, 0.5, part=name) for name in LOCAL),
    mistakes=(
        Mistake(
            "values",
            lambda x: {name: f(x) for name, f in LOCAL.items()},
            "These are the functions' values. How fast do they change with x?",
            loses=("add", "scale", "reciprocal"),
        ),
        Mistake(
            "one-slope",
            locals_with(scale=lambda x: np.array(3.0)),
            "The slope of 3x stands there once; every element of x should have its own entry.",
            loses=("scale",),
        ),
        Mistake(
            "logarithm",
            locals_with(reciprocal=lambda x: np.log(np.abs(x))),
            "ln|x| is what has the slope 1/x. Here the slope of 1/x is asked for.",
            loses=("reciprocal",),
        ),
        Mistake(
            "square-lost",
            locals_with(reciprocal=lambda x: -1 / x),
            "Write 1/x as a power of x: which exponent is left after differentiating?",
            loses=("reciprocal",),
        ),
        Mistake(
            "power-rule",
            locals_with(exp=lambda x: x * np.exp(x - 1)),
            "x·eˣ⁻¹ is the rule for powers; here x is in the exponent.",
            loses=("exp",),
        ),
    ),
)

MULTIPLY_BACKWARD = Exercise(
    axes="N M",
    reference=right.multiply_backward,
    draw=draws.gate,
    oracle=slopes_through(np.multiply),
    checks=(Check("dx", 1, part=0), Check("dy", 1, part=1)),
    mistakes=(
        Mistake(
            "swapped",
            lambda x, y, dout: (dout * x, dout * y),
            "Each input's own value multiplies dout. If x grows by 1, by how much does x·y grow?",
        ),
        Mistake(
            "upstream-lost",
            lambda x, y, dout: (y, x),
            "dout is missing: the local slope is there, but the chain rule multiplies it.",
        ),
        Mistake(
            "upstream-passed-on",
            lambda x, y, dout: (dout, dout),
            "dout comes through unchanged, as it would at a sum; this gate is a product.",
        ),
    ),
)

MAX_BACKWARD = Exercise(
    axes="N M",
    reference=right.max_backward,
    draw=draws.gate,
    oracle=slopes_through(np.maximum),
    checks=(Check("dx", 1, part=0), Check("dy", 1, part=1)),
    mistakes=(
        Mistake(
            "loser-takes-all",
            lambda x, y, dout: (dout * (x < y), dout * (y < x)),
            "The smaller input gets the gradient. Which of the two does the output follow?",
        ),
        Mistake(
            "both-get-it",
            lambda x, y, dout: (dout, dout),
            "Both inputs get all of dout, as at a sum. What if the smaller one moves a little?",
        ),
        Mistake(
            "upstream-lost",
            lambda x, y, dout: (1.0 * (x > y), 1.0 * (y > x)),
            "These are zeros and ones: the local slopes, without dout.",
        ),
        Mistake(
            "values",
            lambda x, y, dout: (x * (x > y), y * (y > x)),
            "The larger value itself comes back. A max passes on dout, not its input.",
        ),
    ),
)

EXERCISES = (
    SIGMOID,
    SIGMOID_PRIME,
    SIGMOID_PRIME_FROM_OUTPUT,
    LOCAL_GRADIENTS,
    MULTIPLY_BACKWARD,
    MAX_BACKWARD,
)
