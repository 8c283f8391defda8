"""5.4 The error terms of the hidden layer: (N, H), from y, ŷ (N, 1), W_ho (H, 1) and hidden."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import bike_sharing

from .draws import hidden_layer
from .network import Array, logistic


def oracle(y: Array, y_hat: Array, W_ho: Array, hidden: Array) -> Array:
    """Move the sums before the hidden sigmoid in Σ½(ŷ − y)², at those of `hidden`."""
    sums = np.log(hidden / (1 - hidden))
    return central_differences(
        lambda Z: 0.5 * float(np.sum((y_hat + (logistic(Z) - hidden) @ W_ho - y) ** 2)), sums
    )


EXERCISE = Exercise(
    reference=bike_sharing.hidden_error_term,
    draw=hidden_layer,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$\delta = (\hat y - y)\, W_{ho}^T \odot A \odot (1 - A)$$

A column $(N, 1)$ times a row $(1, H)$ is the table of all products of an example and a unit. The
slope belongs to the same place of the table, so it is multiplied elementwise.

> **Where the notes stumble.** They write the three factors side by side, as if both products were
> of one kind. The shapes tell which is which.
""",
    checks=(Check("error terms", 1),),
    mistakes=(
        Mistake(
            "derivative-missing",
            lambda y, y_hat, W_ho, hidden: (y_hat - y) @ W_ho.T,
            "This is the derivative with respect to the activations. "
            "What lies between them and the sums?",
        ),
        Mistake(
            "sigmoid-twice",
            lambda y, y_hat, W_ho, hidden: (
                (y_hat - y) @ W_ho.T * logistic(hidden) * (1 - logistic(hidden))
            ),
            "The activations went through the sigmoid once more, and they are its outputs already.",
        ),
        Mistake(
            "output-derivative-kept",
            lambda y, y_hat, W_ho, hidden: (
                ((y_hat - y) * y_hat * (1 - y_hat)) @ W_ho.T * hidden * (1 - hidden)
            ),
            "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        ),
        Mistake(
            "output-error-reused",
            lambda y, y_hat, W_ho, hidden: (y_hat - y) * hidden * (1 - hidden),
            "The hidden layer uses the output's error as it is. "
            "What did each activation meet on its way to the output?",
        ),
    ),
)
