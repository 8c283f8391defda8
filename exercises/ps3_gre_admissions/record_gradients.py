"""3.6 One record, all gradients: dW_ih (D, H) and dW_ho (H,), from x (D,), y and the weights."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import gre_admissions

from .draws import label, one_record
from .network import Array, Gradients, Weights, half_square_sum, logistic
from .wrong_gradients import (
    HIDDEN_DERIVATIVE_MISSING,
    OUTPUT_ERROR_REUSED,
    with_the_output_error,
    without_hidden_derivative,
)


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, float, Array, Array]:
    """Draw x (D,), y, W_ih and W_ho."""
    x, W_ih, W_ho = one_record(rng, sizes)
    return x, label(sizes), W_ih, W_ho


def oracle(x: Array, y: float, W_ih: Array, W_ho: Array) -> tuple[Array, ...]:
    """Differentiate the loss of a batch that holds this record alone."""
    return gradients_of(half_square_sum, x[None], np.array([y]), W_ih, W_ho, wrt=(2, 3))


def without_output_derivative(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Forget ŷ(1 − ŷ): the gradients of another loss, the cross-entropy."""
    hidden = logistic(X @ W_ih)
    error = logistic(hidden @ W_ho) - y
    return X.T @ (np.outer(error, W_ho) * hidden * (1 - hidden)), hidden.T @ error


def of_one(gradients: Gradients) -> Callable[[Array, float, Array, Array], Weights]:
    """Turn gradients of a batch into those of one record."""
    return lambda x, y, W_ih, W_ho: gradients(x[None], np.array([y]), W_ih, W_ho)


EXERCISE = Exercise(
    reference=gre_admissions.record_gradients,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    checks=(Check("dW_ih", 1.5, part=0), Check("dW_ho", 1.5, part=1)),
    reveal=r"""$dW_{ho} = \delta_o\,a$ and $dW_{ih} = x\,\delta$, the outer product: row i, column j
holds $x_i\,\delta_j$, a column $(D, 1)$ times a row $(1, H)$. Each weight gets the error term where
its edge ends, times what comes in.

"""
    + Path(__file__).with_name("way_back.svg").read_text("utf-8"),
    mistakes=(
        Mistake(
            "output-derivative-missing",
            of_one(without_output_derivative),
            "The output's error goes back as it is. What lies between ŷ and out?",
        ),
        Mistake(
            "hidden-derivative-missing",
            of_one(without_hidden_derivative),
            HIDDEN_DERIVATIVE_MISSING,
            loses=("dW_ih",),
        ),
        Mistake(
            "output-error-reused",
            of_one(with_the_output_error),
            OUTPUT_ERROR_REUSED,
            loses=("dW_ih",),
        ),
    ),
)
