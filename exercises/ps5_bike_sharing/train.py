"""5.7 Training: W_ih (D, H), W_ho (H, 1) and both losses of every epoch."""

from typing import Any

import numpy as np

from autograder.exercise import (
    TRAINED,
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import bike_sharing

from .network import (
    Array,
    Step,
    Train,
    Trained,
    Weights,
    descent,
    gradients,
    half_mean_square,
    linear_loss,
    logistic,
    training,
)

Training = tuple[Array, Array, Array, Array, Array, Array, float, int]

HISTORY = ("train losses", "valid losses")
EVERY_STEP = ("W_ih", "W_ho", *HISTORY)


def two_epochs(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training of two epochs at an uncommon rate; V examples for validation."""
    weights = rng.normal(size=(sizes["D"], sizes["H"])), rng.normal(size=(sizes["H"], 1))
    train = rng.normal(size=(sizes["N"], sizes["D"])), rng.normal(size=(sizes["N"], 1))
    valid = rng.normal(size=(sizes["V"], sizes["D"])), rng.normal(size=(sizes["V"], 1))
    return *train, *valid, *weights, rng.uniform(0.2, 0.6), 2


def a_threshold(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training that a line cannot follow: y is a steep, smooth step in one direction of X.

    Draws again until the network wins clearly when it is trained rightly, and loses clearly
    when it sees one example only or hardly moves.
    """
    hopeless: tuple[Step, ...] = (
        descent(of_the_last_example),
        descent(share=lambda rate, examples: rate / examples),
    )
    while True:
        X, direction = rng.normal(size=(35, 3)), rng.normal(size=(3, 1))
        y = np.tanh(8 * X @ direction / np.linalg.norm(direction))
        weights = 0.7 * rng.normal(size=(3, 4)), 0.7 * rng.normal(size=(4, 1))
        drawn = (X[:20], y[:20], X[20:], y[20:], *weights, rng.uniform(0.4, 0.6), 150)
        line = linear_loss(*drawn[:4])
        if _valid_loss(training(), drawn) < 0.6 * line and all(
            _valid_loss(training(step), drawn) > 1.1 * line for step in hopeless
        ):
            return drawn


def beats_a_line(trained: Any, arguments: Arguments) -> bool:
    """Whether the trained weights predict the validation data better than the best line.

    The loss is taken from the weights, not from the history.
    """
    X, y, X_valid, y_valid = arguments[:4]
    with np.errstate(all="ignore"):  # a training that ran away is no reason to warn
        found = half_mean_square(X_valid, y_valid, *trained)
    return found < linear_loss(X, y, X_valid, y_valid)


def _valid_loss(train: Train, drawn: Training) -> float:
    return half_mean_square(drawn[2], drawn[3], *train(*drawn)[:2])


def of_the_last_example(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Assign in a loop over the examples instead of adding."""
    found = gradients(X[-1:], y[-1:], W_ih, W_ho)
    return found[0] / len(X), found[1] / len(X)


def output_derivative_kept(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Multiply the error by ŷ(1 − ŷ)."""
    hidden = logistic(X @ W_ih)
    y_hat = hidden @ W_ho
    error = (y_hat - y) * y_hat * (1 - y_hat)
    of_W_ih = X.T @ (error @ W_ho.T * hidden * (1 - hidden))
    return of_W_ih / len(X), hidden.T @ error / len(X)


def output_weights_first(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
    """Update W_ho, and send the error back through the new one."""
    W_ih, W_ho = weights
    hidden = logistic(X @ W_ih)
    error = hidden @ W_ho - y
    W_ho = W_ho - rate * hidden.T @ error / len(X)
    delta = error @ W_ho.T * hidden * (1 - hidden)
    return W_ih - rate * X.T @ delta / len(X), W_ho


def inside_the_example_loop(X: Array, y: Array, weights: Weights, rate: float) -> Weights:
    """Update after every example, as the indentation of the lecture's pseudo-code has it."""
    for row in range(len(X)):
        weights = descent()(X[row : row + 1], y[row : row + 1], weights, rate / len(X))
    return weights


def recorded_before_the_update(
    X: Array,
    y: Array,
    X_valid: Array,
    y_valid: Array,
    W_ih: Array,
    W_ho: Array,
    rate: float,
    epochs: int,
) -> Trained:
    """Record the losses of the weights with which each epoch began."""
    trained = training()(X, y, X_valid, y_valid, W_ih, W_ho, rate, epochs)
    first = {
        "train": half_mean_square(X, y, W_ih, W_ho),
        "valid": half_mean_square(X_valid, y_valid, W_ih, W_ho),
    }
    return *trained[:2], {key: [first[key], *trained[2][key][:-1]] for key in first}


def only_the_last_losses(*arguments: Any) -> Trained:
    """Record nothing but the losses at the end."""
    trained = training()(*arguments)
    return *trained[:2], {key: losses[-1:] for key, losses in trained[2].items()}


def validated_on_the_training_data(X: Array, y: Array, *others: Any) -> Trained:
    """Take the validation loss from the training data."""
    return training()(X, y, X, y, *others[2:])


def trained_on_everything(
    X: Array, y: Array, X_valid: Array, y_valid: Array, *others: Any
) -> Trained:
    """Let the validation data into the training."""
    everything = np.vstack([X, X_valid]), np.vstack([y, y_valid])
    train = training(lambda X, y, weights, rate: descent()(*everything, weights, rate))
    return train(X, y, X_valid, y_valid, *others)


def one_epoch_more(*arguments: Any) -> Trained:
    """Train for an epoch more than asked."""
    *others, epochs = arguments
    return training()(*[*others, epochs + 1])


def one_epoch_fewer(*arguments: Any) -> Trained:
    """Train for an epoch less than asked."""
    *others, epochs = arguments
    return training()(*[*others, epochs - 1])


NEARLY = (one_epoch_more, one_epoch_fewer)
"""The number of epochs is judged where W_ho and the train losses are, and nowhere else."""

EXERCISE = Exercise(
    reference=bike_sharing.train,
    draw=two_epochs,
    axes="N V D H",
    oracle=training(),
    checks=(
        Check("W_ih", 1, part=0, tolerance=TRAINED, also=NEARLY),
        Check("W_ho", 1, part=1, tolerance=TRAINED),
        Check("train losses", 1, part=(2, "train"), tolerance=TRAINED, losses=True),
        Check("valid losses", 1, part=(2, "valid"), tolerance=TRAINED, losses=True, also=NEARLY),
        Check(
            "better than a line",
            1,
            part=slice(2),
            draw=a_threshold,
            fixed=True,
            accept=beats_a_line,
            needs=("W_ih", "W_ho"),
            expects="After 150 epochs the validation loss should be below that of the best "
            "linear model, and it is not. Does your training loss fall, epoch by epoch?",
        ),
    ),
    trains=True,
    mistakes=(
        Mistake(
            "rate-missing",
            training(descent(share=lambda rate, examples: 1.0)),
            "The learning rate does not enter the update.",
            loses=EVERY_STEP,
        ),
        Mistake(
            "rate-twice",
            training(descent(share=lambda rate, examples: rate**2)),
            "The learning rate enters the update twice.",
            loses=EVERY_STEP,
        ),
        Mistake(
            "not-averaged",
            training(descent(share=lambda rate, examples: rate * examples)),
            "The gradients are sums over the batch; the loss is a mean. What is missing?",
        ),
        Mistake(
            "averaged-twice",
            training(descent(share=lambda rate, examples: rate / examples)),
            "The gradients are divided by the number of examples once more; they carry the 1/N.",
        ),
        Mistake(
            "last-example",
            training(descent(of_the_last_example)),
            "Only the last example of the batch counts: each one replaces the sum instead of being "
            "added to it.",
        ),
        Mistake(
            "output-derivative-kept",
            training(descent(output_derivative_kept)),
            "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        ),
        Mistake(
            "output-weights-first",
            training(output_weights_first),
            "W_ho is updated before the hidden error terms are taken, so the error comes back "
            "through the wrong weights. Take both gradients first.",
            loses=EVERY_STEP,
        ),
        Mistake(
            "inside-the-example-loop",
            training(inside_the_example_loop),
            "The weights change after every example. An epoch makes one step with the whole batch.",
            loses=EVERY_STEP,
        ),
        Mistake(
            "trained-on-everything",
            trained_on_everything,
            "The validation data took part in the training. What is it kept apart for?",
            loses=EVERY_STEP,
        ),
        Mistake(
            "one-epoch-more",
            one_epoch_more,
            "There is an epoch more than was asked for. Where does the count begin, and end?",
            loses=("W_ho", "train losses"),
        ),
        Mistake(
            "one-epoch-fewer",
            one_epoch_fewer,
            "There is an epoch less than was asked for. Where does the count begin, and end?",
            loses=("W_ho", "train losses"),
        ),
        Mistake(
            "recorded-before-the-update",
            recorded_before_the_update,
            "The recorded losses are those before the update of their epoch.",
            loses=HISTORY,
        ),
        Mistake(
            "only-the-last-losses",
            only_the_last_losses,
            "There is one loss for all epochs. The history has one per epoch.",
            loses=HISTORY,
        ),
        Mistake(
            "validated-on-the-training-data",
            validated_on_the_training_data,
            "The validation losses are those of the training data.",
            loses=("valid losses",),
        ),
    ),
)
