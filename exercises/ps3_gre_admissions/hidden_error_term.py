"""3.5 One record, through the hidden sigmoid: error terms (H,), from errors and hidden (H,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    elementwise_derivative,
)
from solutions import gre_admissions

from .draws import one_record, output_term
from .network import Array, logistic


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw the hidden errors and the hidden activations of a forward pass, both (H,)."""
    delta_o, W_ho = output_term(rng, sizes)
    x, W_ih, _ = one_record(rng, sizes)
    return delta_o * W_ho, logistic(x @ W_ih)


def oracle(hidden_error: Array, hidden: Array) -> Array:
    """Differentiate the sigmoid at the sums that give these activations."""
    sums = np.log(hidden / (1 - hidden))
    return hidden_error * elementwise_derivative(logistic, sums)


EXERCISE = Exercise(
    reference=gre_admissions.hidden_error_term,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    checks=(Check("error term", 1),),
    reveal=r"$\delta = \frac{\partial L}{\partial a} \odot a \odot (1 - a)$, of shape $(H,)$: sum "
    r"$h_j$ moves activation $a_j$ and no other, so nothing is summed. $\odot$ multiplies element "
    r"by element.",
    mistakes=(
        Mistake(
            "derivative-missing",
            lambda hidden_error, hidden: hidden_error,
            "This is the hidden error itself. What lies between a hidden activation and its sum?",
        ),
        Mistake(
            "sigmoid-twice",
            lambda hidden_error, hidden: hidden_error * logistic(hidden) * (1 - logistic(hidden)),
            "The activations go through the sigmoid once more; they are its outputs already.",
        ),
        Mistake(
            "dot-product",
            lambda hidden_error, hidden: hidden_error @ (hidden * (1 - hidden)),
            "The units are added up into one number. How many sums does the hidden layer have?",
        ),
        Mistake(
            "derivative-of-the-error",
            lambda hidden_error, hidden: hidden_error * hidden_error * (1 - hidden_error),
            "The sigmoid's slope is taken from the error. Which quantity did the sigmoid return?",
        ),
    ),
)
