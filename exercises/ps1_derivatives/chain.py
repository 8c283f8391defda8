"""ps1, second half: the chain rule through one unit, one step of descent, central differences."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.compare import Tolerance
from autograder.exercise.gradcheck import central_differences, gradients_of
from autograder.exercise.spec import Check, Exercise, Mistake
from solutions import derivatives as right

from . import draws
from .draws import Array

QUOTIENT = Tolerance("difference quotient", 1e-7, 1e-8)
"""Rounding, ε·|f|/h, moves a central difference by about 1e-10; a one-sided one is off by 1e-5."""


def neuron(w: Array, x: Array) -> float:
    """Return σ(w0 + w1·x1 + w2·x2)."""
    return float(0.5 + 0.5 * np.tanh((w[0] + w[1] * x[0] + w[2] * x[1]) / 2))


def neuron_with(slope: Callable[[Array, Array], float]) -> Callable[..., tuple[Array, Array]]:
    """The neuron's backward pass with a slope of the caller's in the place of σ'(z)."""
    return lambda w, x: (slope(w, x) * np.array([1.0, *x]), slope(w, x) * w[1:])


def without_bias(w: Array, x: Array) -> float:
    """σ' at a z that forgot w0."""
    return float(right.sigmoid_prime(w[1:] @ x))


def bias_last(w: Array, x: Array) -> tuple[Array, Array]:
    """The bias's slope in the last place of dw."""
    dw, dx = right.neuron_backward(w, x)
    return np.roll(dw, -1), dx


def inputs_from_first(w: Array, x: Array) -> tuple[Array, Array]:
    """Dx from w0 and w1, as if there were no bias."""
    dw, _ = right.neuron_backward(w, x)
    return dw, dw[0] * w[:2]


NEURON_BACKWARD = Exercise(
    calls=("sigmoid", "sigmoid_prime", "sigmoid_prime_from_output", "multiply_backward"),
    reference=right.neuron_backward,
    draw=draws.neuron,
    oracle=lambda w, x: gradients_of(neuron, w, x, wrt=(0, 1)),
    checks=(Check("dw", 1, part=0), Check("dx", 1, part=1)),
    mistakes=(
        Mistake(
            "slope-lost",
            neuron_with(lambda w, x: 1.0),
            "The slope of σ is missing: these are the derivatives of z, not of σ(z).",
        ),
        Mistake(
            "value-for-slope",
            neuron_with(neuron),
            "σ(z) stands where its slope belongs.",
        ),
        Mistake(
            "bias-forgotten",
            neuron_with(without_bias),
            "The slope is taken at a z without w0; the forward pass has it.",
        ),
        Mistake(
            "bias-last",
            bias_last,
            "The right numbers in another order: w0 comes first, so its derivative does too.",
            loses=("dw",),
        ),
        Mistake(
            "wrong-weights",
            inputs_from_first,
            "dx is made of w0 and w1. Which weights do x1 and x2 meet?",
            loses=("dx",),
        ),
    ),
)


def unit_loss(w: Array, x: Array, y: float) -> float:
    """½(y − w·x)²."""
    return 0.5 * (y - float(w @ x)) ** 2


def descent(w: Array, x: Array, y: float, learning_rate: float) -> Array:
    """A step down central differences of the loss."""
    (gradient,) = gradients_of(unit_loss, w, x, np.asarray(y), wrt=(0,))
    return w - learning_rate * gradient


LINEAR_UNIT_GRADIENT = Exercise(
    axes="D",
    reference=right.linear_unit_gradient,
    draw=draws.linear_unit,
    oracle=lambda w, x, y: central_differences(lambda moved: unit_loss(moved, x, y), w),
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "by-the-input",
            lambda w, x, y: (w @ x - y) * w,
            "This is the derivative by x: the error is multiplied by w. Which one is asked for?",
        ),
        Mistake(
            "output-for-error",
            lambda w, x, y: (w @ x) * x,
            "ŷ stands where the error belongs: the target y plays no part.",
        ),
        Mistake(
            "not-differentiated",
            lambda w, x, y: unit_loss(w, x, y) * x,
            "The loss itself is multiplied by x. What does the square turn into?",
        ),
    ),
)

LINEAR_UNIT_UPDATE = Exercise(
    axes="D",
    calls=("linear_unit_gradient",),
    reference=right.linear_unit_update,
    draw=draws.linear_step,
    oracle=descent,
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "uphill",
            lambda w, x, y, rate: w + rate * right.linear_unit_gradient(w, x, y),
            "The step goes up the slope: the gradient points to where the loss grows.",
        ),
        Mistake(
            "rate-forgotten",
            lambda w, x, y, rate: w - right.linear_unit_gradient(w, x, y),
            "The whole gradient is taken off; learning_rate says how much of it.",
        ),
        Mistake(
            "rate-twice",
            lambda w, x, y, rate: w - rate**2 * right.linear_unit_gradient(w, x, y),
            "learning_rate is multiplied in twice.",
        ),
        Mistake(
            "only-the-step",
            lambda w, x, y, rate: -rate * right.linear_unit_gradient(w, x, y),
            "The step comes back without the weights that it changes.",
        ),
    ),
)


def one_sided(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """Forward differences."""
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + step) - f(x)) / h for step in steps]).reshape(x.shape)


def all_at_once(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """One quotient for all elements, which move together."""
    return np.full_like(x, (f(x + h) - f(x - h)) / (2 * h))


def row_by_row(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """A loop over the first axis only: a whole row moves at a time."""
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


NUMERICAL_GRADIENT = Exercise(
    axes="N M",
    reference=right.numerical_gradient,
    draw=draws.vector_function,
    oracle=lambda f, x, h=1e-5: central_differences(f, x, h),
    checks=(
        Check("vector", 1, tolerance=QUOTIENT),
        Check("matrix", 1, draw=draws.matrix_function, tolerance=QUOTIENT),
        Check("step", 1, draw=draws.large_step, tolerance=QUOTIENT),
    ),
    mistakes=(
        Mistake(
            "one-sided",
            one_sided,
            "The difference is taken on one side of x only. Central ones look both ways.",
        ),
        Mistake(
            "all-at-once",
            all_at_once,
            "All elements of x move together; a partial derivative moves one at a time.",
        ),
        Mistake(
            "row-by-row",
            row_by_row,
            "A whole row of x moves at a time. How do you reach each element of a matrix?",
            loses=("matrix",),
        ),
        Mistake(
            "step-ignored",
            lambda f, x, h=1e-5: right.numerical_gradient(f, x),
            "The result does not depend on h: a step of its own is built in.",
            loses=("step",),
        ),
    ),
)

EXERCISES = (NEURON_BACKWARD, LINEAR_UNIT_GRADIENT, LINEAR_UNIT_UPDATE, NUMERICAL_GRADIENT)
