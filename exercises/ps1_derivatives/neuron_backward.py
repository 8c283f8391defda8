"""1.10 Back through a whole neuron: dw (3,) and dx (2,) from w (3,), the bias first, and x (2,)."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    both_signs,
    gradients_of,
)
from exercises.pictures import picture
from solutions import derivatives

from .draws import Array, Generator, away_from_zero
from .oracles import logistic


def weights_and_inputs(rng: Generator, _: Sizes) -> Arguments:
    """Three weights, the bias first, and two inputs."""
    return away_from_zero(rng, (3,), 0.3), away_from_zero(rng, (2,), 0.3)


def neuron(w: Array, x: Array) -> float:
    """σ(w0 + w1·x1 + w2·x2)."""
    return float(logistic(w[0] + w[1] * x[0] + w[2] * x[1]))


def with_slope(slope: Callable[[Array, Array], float]) -> Callable[..., tuple[Array, Array]]:
    """The neuron's backward pass with a slope of the caller's in the place of σ'(z)."""
    return lambda w, x: (slope(w, x) * np.array([1.0, *x]), slope(w, x) * w[1:])


def slope_without_bias(w: Array, x: Array) -> float:
    """σ' at a z that forgot w0."""
    return float(derivatives.sigmoid_prime(w[1:] @ x))


def bias_last(w: Array, x: Array) -> tuple[Array, Array]:
    """The bias's slope in the last place of dw."""
    dw, dx = derivatives.neuron_backward(w, x)
    return np.roll(dw, -1), dx


def inputs_from_first(w: Array, x: Array) -> tuple[Array, Array]:
    """Take w0 and w1 for dx, as if there were no bias."""
    dw, _ = derivatives.neuron_backward(w, x)
    return dw, dw[0] * w[:2]


EXERCISE = Exercise(
    reference=derivatives.neuron_backward,
    draw=weights_and_inputs,
    decides=both_signs(lambda w, x: w[1:]),
    oracle=lambda w, x: gradients_of(neuron, w, x, wrt=(0, 1)),
    checks=(Check("dw", 1, part=0), Check("dx", 1, part=1)),
    calls=("sigmoid_prime_from_output", "multiply_backward"),
    reveal=r"""
$$\frac{\partial f}{\partial w_0} = \sigma'(z),
\qquad \frac{\partial f}{\partial w_i} = \sigma'(z)\,x_i,
\qquad \frac{\partial f}{\partial x_i} = \sigma'(z)\,w_i$$

The sigmoid multiplies by its slope, the sum hands the same number on to each summand, and each
product sends it across. The picture is the one of the text with the way back filled in.

"""
    + picture("ps1_derivatives/neuron_backward"),
    mistakes=(
        Mistake(
            "slope-lost",
            with_slope(lambda w, x: 1.0),
            "These are the derivatives of z. What lies between z and f?",
        ),
        Mistake(
            "value-for-slope",
            with_slope(neuron),
            "σ(z) stands where its slope belongs.",
        ),
        Mistake(
            "bias-forgotten",
            with_slope(slope_without_bias),
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
