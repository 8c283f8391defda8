"""3.9 Training, and when to stop: W_ih (D, H), W_ho (H,) and the losses of every tenth epoch."""

import numpy as np

from autograder.exercise import (
    TRAINED,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import gre_admissions

from .draws import batch
from .early_stopping import Training, rising_at_once, rising_later
from .network import (
    Array,
    Trained,
    Weights,
    descent,
    every_tenth,
    half_mean_square,
    half_square_sum,
    has_risen,
    output_weights_first,
    summed_gradients,
    training,
)
from .wrong_gradients import OUTPUT_ERROR_REUSED, of_the_last_record, with_the_output_error

STOPPING = ("stops at once", "stops later")


def two_epochs(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training of two epochs at an uncommon rate.

    Draws again until it shows in W_ho, well outside the tolerance, when W_ho is updated before
    the hidden error is taken.
    """
    while True:
        drawn: Training = (*batch(rng, sizes), rng.uniform(0.2, 0.6), 2)
        right, wrong = (training(step)(*drawn) for step in (descent(), output_weights_first))
        if not np.allclose(wrong[1], right[1], rtol=4e-6, atol=4e-9):
            return drawn


def falling(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training whose recorded loss only falls: five records in 55 epochs."""
    return *batch(rng, sizes), rng.uniform(0.2, 0.6), 55


def inside_the_record_loop(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
    """Update after every record, with what has been summed so far."""
    W_ih, W_ho = weights
    total_ih, total_ho = np.zeros_like(W_ih), np.zeros_like(W_ho)
    for row in range(len(y)):
        dW_ih, dW_ho = summed_gradients(X[row : row + 1], y[row : row + 1], W_ih, W_ho)
        total_ih, total_ho = total_ih + dW_ih, total_ho + dW_ho
        W_ih, W_ho = W_ih - rate * total_ih / len(y), W_ho - rate * total_ho / len(y)
    return W_ih, W_ho


def never_reset(X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float, epochs: int) -> Trained:
    """Keep adding to the sums of the epochs before."""
    total_ih, total_ho = np.zeros_like(W_ih), np.zeros_like(W_ho)

    def accumulated(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
        dW_ih, dW_ho = summed_gradients(X, y, W_ih, W_ho)
        np.add(total_ih, dW_ih, out=total_ih)
        np.add(total_ho, dW_ho, out=total_ho)
        return total_ih, total_ho

    return training(descent(accumulated))(X, y, W_ih, W_ho, rate, epochs)


def recorded_before_the_update(
    X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float, epochs: int
) -> Trained:
    """Append the loss of the weights with which the epoch began."""
    losses: list[float] = []
    for epoch in range(1, epochs + 1):
        if every_tenth(epoch):
            losses.append(half_mean_square(X, y, W_ih, W_ho))
        W_ih, W_ho = descent()(X, y, (W_ih, W_ho), rate)
        if every_tenth(epoch) and has_risen(losses):
            break
    return W_ih, W_ho, losses


def rolled_back(X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float, epochs: int) -> Trained:
    """Return the weights of the record before the rise."""
    full = training()(X, y, W_ih, W_ho, rate, epochs)
    if not has_risen(full[2]):
        return full
    kept = 10 * (len(full[2]) - 1)
    return (*training()(X, y, W_ih, W_ho, rate, kept)[:2], full[2])


def worse_loss_dropped(
    X: Array, y: Array, W_ih: Array, W_ho: Array, rate: float, epochs: int
) -> Trained:
    """Stop before the worse loss is appended."""
    W_ih, W_ho, losses = training()(X, y, W_ih, W_ho, rate, epochs)
    return W_ih, W_ho, losses[:-1] if has_risen(losses) else losses


with_summed_losses = training(loss=half_square_sum)
"""Ends where it should: N times a loss rises where the loss does."""

EXERCISE = Exercise(
    reference=gre_admissions.train,
    draw=two_epochs,
    axes="N D H",
    oracle=training(),
    keeps_arguments=True,
    checks=(
        Check("W_ih", 1, part=0, tolerance=TRAINED),
        Check("W_ho", 0.5, part=1, tolerance=TRAINED),
        Check("losses", 1, part=2, draw=falling, tolerance=TRAINED, losses=True),
        Check(
            "stops at once",
            0.5,
            draw=rising_at_once,
            fixed=True,
            tolerance=TRAINED,
            also=(with_summed_losses,),
        ),
        Check(
            "stops later",
            1,
            draw=rising_later,
            fixed=True,
            tolerance=TRAINED,
            also=(with_summed_losses,),
        ),
    ),
    example=rising_later,
    trains=True,
    calls=("epoch_gradients",),
    reveal=r"$W \leftarrow W - \frac{\eta}{N}\sum_n dW_n$, both sums at the old weights; the loss "
    r"is looked at after every tenth epoch, and training ends where it has risen.",
    mistakes=(
        Mistake(
            "rate-missing",
            training(descent(share=lambda rate, records: 1 / records)),
            "The learning rate does not enter the update.",
        ),
        Mistake(
            "rate-twice",
            training(descent(share=lambda rate, records: rate**2 / records)),
            "The learning rate enters the update twice.",
        ),
        Mistake(
            "not-averaged",
            training(descent(share=lambda rate, records: rate)),
            "The sum over the records is used as it is; the loss is a mean. What is missing?",
        ),
        Mistake(
            "averaged-twice",
            training(descent(share=lambda rate, records: rate / records**2)),
            "The gradient is divided by the number of records twice.",
        ),
        Mistake(
            "last-record",
            training(descent(of_the_last_record)),
            "Only the last record of an epoch counts. What becomes of the sums when the next "
            "record comes?",
        ),
        Mistake(
            "inside-the-record-loop",
            training(inside_the_record_loop),
            "The weights change after every record. How many steps does one epoch make?",
        ),
        Mistake(
            "output-weights-first",
            training(output_weights_first),
            "W_ho is updated before the hidden error is taken. At which weights is each gradient "
            "taken?",
        ),
        Mistake(
            "output-error-reused", training(descent(with_the_output_error)), OUTPUT_ERROR_REUSED
        ),
        Mistake(
            "never-reset",
            never_reset,
            "The sums of earlier epochs are still in the accumulators. Where does an epoch begin?",
        ),
        Mistake(
            "recorded-before-the-update",
            recorded_before_the_update,
            "The recorded loss is the one before the update of its epoch.",
            loses=("losses", *STOPPING),
        ),
        Mistake(
            "counted-from-zero",
            training(due=lambda epoch: epoch % 10 == 1),
            "The loss is recorded after the 1st, the 11th, the 21st epoch. Which epochs are asked "
            "for, when the first one is number 1?",
            loses=("losses", *STOPPING),
        ),
        Mistake(
            "recorded-every-epoch",
            training(due=lambda epoch: True),
            "The loss is recorded after every epoch; only every tenth is asked for.",
            loses=("losses", *STOPPING),
            twins=("recorded-in-the-first-ten",),
        ),
        Mistake(
            "recorded-in-the-first-ten",
            training(due=lambda epoch: (epoch - 1) // 10 == 0),
            "The loss is recorded in the first ten epochs and never again. What does `//` give, "
            "and what does `%`?",
            loses=("losses", *STOPPING),
            twins=("recorded-every-epoch",),
        ),
        Mistake(
            "summed-loss",
            with_summed_losses,
            "The recorded loss is a sum over the records, not their mean.",
            loses=("losses",),
        ),
        Mistake(
            "never-stops",
            training(ended=lambda losses: False),
            "Training goes on although the recorded loss has risen. Is the loss of ten epochs ago "
            "still remembered?",
            loses=STOPPING,
            twins=("stops-on-a-fall",),
        ),
        Mistake(
            "stops-on-a-fall",
            training(ended=lambda losses: len(losses) > 1 and losses[-1] < losses[-2]),
            "Training ends when the loss falls; it should end when the loss rises.",
            loses=("losses", *STOPPING),
            twins=("never-stops",),
        ),
        Mistake(
            "rolled-back",
            rolled_back,
            "The weights are those of an earlier epoch. They stay as they are when training stops.",
            loses=STOPPING,
        ),
        Mistake(
            "worse-loss-dropped",
            worse_loss_dropped,
            "The last loss, the one that rose, is not in the list.",
            loses=STOPPING,
        ),
    ),
)
