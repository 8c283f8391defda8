"""4.6 The gradient of the weights: dW (n_l, n_prev) of the mean loss, from dZ and A_prev."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from exercises.pictures import picture
from solutions import batch_mlp

from .draws import error_and_input
from .network import Array


def oracle(dZ: Array, A_prev: Array) -> Array:
    """Move each weight in ⟨dZ, W·A_prev⟩ / N: no algebra of ours in it."""
    N, W = dZ.shape[1], np.zeros((len(dZ), len(A_prev)))
    return central_differences(lambda W: float((dZ * (W @ A_prev)).sum()) / N, W)


EXERCISE = Exercise(
    reference=batch_mlp.weight_gradient,
    draw=error_and_input,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$dW = \frac1N\, dZ\, A^T, \qquad (n_l, N)(N, n_{l-1}) = (n_l, n_{l-1})$$

The index that is summed, $n$, is the side where the two matrices meet. $A\, dZ^T$ fits as well;
it has the shape of $W^T$. The shape of $W$ decides between the two.

"""
    + picture("ps4_batch_mlp/weight_gradient"),
    checks=(Check("dW", points=2),),
    mistakes=(
        Mistake(
            "divided-by-units",
            lambda dZ, A_prev: dZ @ A_prev.T / dZ.shape[0],
            "The sum was divided by the number of units. Which axis of dZ counts examples?",
        ),
        Mistake(
            "divided-by-inputs",
            lambda dZ, A_prev: dZ @ A_prev.T / A_prev.shape[0],
            "The sum was divided by the number of inputs. Which axis of A_prev counts examples?",
        ),
        Mistake(
            "summed-before-multiplying",
            lambda dZ, A_prev: np.outer(dZ.sum(axis=1), A_prev.sum(axis=1)) / dZ.shape[1],
            "Errors and activations were summed over the batch before they were multiplied. "
            "Which comes first?",
        ),
    ),
)
