"""3.8 The page's loop, fixed: W_ih (D, H) and W_ho (H,) after one step down the mean loss."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import gre_admissions

from .draws import batch
from .network import (
    Array,
    Weights,
    descent,
    half_mean_square,
    output_weights_first,
    summed_gradients,
)


def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """Draw a batch, and a rate so large that each step moves the next one's gradient."""
    return *batch(rng, sizes), float(rng.uniform(2.2, 2.8))


def oracle(
    features: Array, targets: Array, W_ih: Array, W_ho: Array, learning_rate: float
) -> Weights:
    """One step down central differences of the mean loss."""
    dW_ih, dW_ho = gradients_of(half_mean_square, features, targets, W_ih, W_ho, wrt=(2, 3))
    return W_ih - learning_rate * dW_ih, W_ho - learning_rate * dW_ho


def step_each_record(X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float) -> Weights:
    """One step for each record, with that record's gradients alone."""
    for row in range(len(y)):
        dW_ih, dW_ho = summed_gradients(X[row : row + 1], y[row : row + 1], W_ih, W_ho)
        W_ih, W_ho = W_ih - rate * dW_ih / len(y), W_ho - rate * dW_ho / len(y)
    return W_ih, W_ho


EXERCISE = Exercise(
    reference=gre_admissions.fixed_epoch,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    checks=(Check("W_ih", 1, part=0), Check("W_ho", 1, part=1)),
    calls=("epoch_gradients",),
    starts_from=gre_admissions.epoch_as_noted,
    reveal=r"One epoch, one step: both updates belong behind the loop over the records, $W - "
    r"\frac{\eta}{N}\sum_n dW_n$. The page has two more slips: zeros(W) means zeros in the shape "
    r"of W, and the test $e\,//\,10 = 0$ means that 10 divides e.",
    mistakes=(
        Mistake(
            "as-noted",
            gre_admissions.epoch_as_noted,
            "This is what the page's program gives. How often do the weights move in one epoch, "
            "and how often should they?",
        ),
        Mistake(
            "step-each-record",
            step_each_record,
            "The weights move after each record, with that record's gradient alone. How many steps "
            "does an epoch make?",
        ),
        Mistake(
            "not-mean",
            lambda X, y, W_ih, W_ho, rate: descent(share=lambda rate, records: rate)(
                X, y, (W_ih, W_ho), rate
            ),
            "The step is made of the sum over the records. Of which loss was the gradient wanted?",
        ),
        Mistake(
            "ascent",
            lambda X, y, W_ih, W_ho, rate: descent()(X, y, (W_ih, W_ho), -rate),
            "The step goes uphill: the loss grows. Is a gradient added or subtracted?",
        ),
        Mistake(
            "new-W_ho-first",
            lambda X, y, W_ih, W_ho, rate: output_weights_first(X, y, (W_ih, W_ho), rate),
            "The step of W_ih uses the W_ho that has moved already. At which weights is each "
            "gradient taken?",
            loses=("W_ih",),
        ),
    ),
)
