"""5.4 The gradient of the input weights: dW_ih (D, H), from X (N, D) and error terms (N, H)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    central_differences,
)
from exercises.pictures import picture
from solutions import bike_sharing

from .draws import hidden_layer
from .network import Array


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw X (N, D) and the error terms (N, H) of a forward pass."""
    y, y_hat, W_ho, hidden = hidden_layer(rng, sizes)
    X = rng.normal(size=(sizes["N"], sizes["D"]))
    return X, (y_hat - y) * W_ho.T * hidden * (1 - hidden)


def oracle(X: Array, hidden_error_term: Array) -> Array:
    """The hidden sums are X·W: a loss that is linear in them has these gradients."""
    shape = X.shape[1], hidden_error_term.shape[1]
    return central_differences(
        lambda W: float(np.mean(np.sum(X @ W * hidden_error_term, axis=1))), np.zeros(shape)
    )


EXERCISE = Exercise(
    reference=bike_sharing.input_weight_gradient,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$dW_{ih} = \frac1N\, X^T \delta$$

What came into the layer, turned, times the error terms of the layer: the same rule as for
$W_{ho}$. The $\frac1N$ enters here, once.

"""
    + picture("ps5_bike_sharing/input_weight_gradient"),
    checks=(Check("dW_ih", 1),),
    mistakes=(
        Mistake(
            "averaged-over-the-features",
            lambda X, hidden_error_term: X.T @ hidden_error_term / X.shape[1],
            "The sum is divided by the number of features. Over what does the loss take its mean?",
        ),
        Mistake(
            "summed-too-early",
            lambda X, hidden_error_term: np.outer(X.mean(0), hidden_error_term.mean(0)),
            "The examples are averaged before they are multiplied. A mean of products is not the "
            "product of the means.",
        ),
        Mistake(
            "last-example",
            lambda X, hidden_error_term: np.outer(X[-1], hidden_error_term[-1]) / len(X),
            "Only the last example counts: each one replaces the sum instead of being added to it.",
        ),
    ),
)
