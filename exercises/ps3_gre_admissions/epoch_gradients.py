"""3.7 An epoch: dW_ih (D, H) and dW_ho (H,) summed over features (N, D) and targets (N,)."""

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
    checks=(Check("dW_ih", 1.25, part=0), Check("dW_ho", 0.75, part=1)),
    reveal=r"$dW = \sum_n dW_n$: the derivative of a sum is the sum of the derivatives. With the "
    r"records as rows of $X$ and their error terms as rows of $\Delta$, the first is $X^T "
    r"\Delta$, the subject of the next sets.",
    mistakes=(
        Mistake(
            "last-record",
            of_the_last_record,
            "Only the last record counts. What becomes of the sum when the next record comes?",
        ),
        Mistake(
            "summed-too-early",
            summed_too_early,
            "The records are summed before they are multiplied. Is a sum of products the product "
            "of the sums?",
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
