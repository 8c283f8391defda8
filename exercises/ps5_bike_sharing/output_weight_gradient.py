"""5.4 The gradient of the output weights: dW_ho (H, 1), from hidden (N, H), y and ŷ (N, 1)."""

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


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw hidden (N, H), y and ŷ (N, 1) of a forward pass."""
    y, y_hat, _, hidden = hidden_layer(rng, sizes)
    return hidden, y, y_hat


def oracle(hidden: Array, y: Array, y_hat: Array) -> Array:
    """Move the prediction away from ŷ by hidden·W."""

    def loss(W: Array) -> float:
        return float(np.linalg.norm(y_hat + hidden @ W - y) ** 2 / y.size / 2)

    return central_differences(loss, np.zeros((hidden.shape[1], 1)))


EXERCISE = Exercise(
    reference=bike_sharing.output_weight_gradient,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$dW_{ho} = \frac1N\, A^T (\hat y - y)$$

Weight $j$ meets $A_{nj}$ in every example, so the examples add up. Behind the identity output
there is no slope: $f'(out) = 1$.

"""
    + picture("ps5_bike_sharing/output_weight_gradient"),
    checks=(Check("dW_ho", 1),),
    mistakes=(
        Mistake(
            "output-derivative-kept",
            lambda hidden, y, y_hat: hidden.T @ ((y_hat - y) * y_hat * (1 - y_hat)) / len(y),
            "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        ),
        Mistake(
            "summed-too-early",
            lambda hidden, y, y_hat: hidden.mean(0)[:, None] * np.mean(y_hat - y),
            "The examples are averaged before they are multiplied. A mean of products is not the "
            "product of the means.",
        ),
        Mistake(
            "hidden-derivative-added",
            lambda hidden, y, y_hat: (hidden * (1 - hidden)).T @ (y_hat - y) / len(y),
            "The derivative of the hidden sigmoid is in here. Does the way from W_ho to the loss "
            "lead through that sigmoid?",
        ),
    ),
)
