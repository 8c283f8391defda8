"""3.6 An epoch: dW_ih (D, H) and dW_ho (H,) summed over features (N, D) and targets (N,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    gradients_of,
)
from solutions import gre_admissions

from .draws import batch
from .network import Array, Weights, error_terms, half_square_sum
from .wrong_gradients import (
    HIDDEN_DERIVATIVE_MISSING,
    OUTPUT_ERROR_REUSED,
    of_the_last_record,
    with_the_output_error,
    without_hidden_derivative,
)


def oracle(features: Array, targets: Array, W_ih: Array, W_ho: Array) -> tuple[Array, ...]:
    """Differentiate the summed loss of all records."""
    return gradients_of(half_square_sum, features, targets, W_ih, W_ho, wrt=(2, 3))


def summed_too_early(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Sum activations and error terms first, and multiply the sums."""
    hidden, delta_o, delta_h = error_terms(X, y, W_ih, W_ho)
    return np.outer(X.sum(0), delta_h.sum(0)), hidden.sum(0) * delta_o.sum()


EXERCISE = Exercise(
    reference=gre_admissions.epoch_gradients,
    draw=batch,
    axes="N D H",
    oracle=oracle,
    checks=(Check("dW_ih", 2, part=0), Check("dW_ho", 1, part=1)),
    mistakes=(
        Mistake(
            "last-record",
            of_the_last_record,
            "Only the last record counts: each one replaces the sum instead of being added to it.",
        ),
        Mistake(
            "summed-too-early",
            summed_too_early,
            "The records are summed before they are multiplied. A sum of products is not the "
            "product of the sums.",
        ),
        Mistake(
            "hidden-derivative-missing",
            without_hidden_derivative,
            HIDDEN_DERIVATIVE_MISSING,
            loses=("dW_ih",),
        ),
        Mistake(
            "output-error-reused",
            with_the_output_error,
            OUTPUT_ERROR_REUSED,
            loses=("dW_ih",),
        ),
    ),
)
