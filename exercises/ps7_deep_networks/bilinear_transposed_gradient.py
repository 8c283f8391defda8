"""7.2 The same with Xᵀ: the gradient (m, n) of aᵀXᵀb by X, from a (n,) and b (m,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import deep_networks

from .draws import Array, two_vectors


def oracle(a: Array, b: Array) -> Array:
    """Central differences of aᵀXᵀb; it is linear, so any X will do."""
    return central_differences(lambda X: float(a @ X.T @ b), np.ones((len(b), len(a))))


EXERCISE = Exercise(
    reference=deep_networks.bilinear_transposed_gradient,
    draw=two_vectors,
    axes="R C",
    oracle=oracle,
    checks=(Check("dX", points=1),),
    mistakes=(
        Mistake(
            "transposed",
            np.outer,
            "This is the answer for aᵀXb. With Xᵀ in the middle the vectors change places: look "
            "at the shape of X.",
        ),
        Mistake(
            "only-a",
            lambda a, b: np.outer(a, a),
            "This is aaᵀ, which is right only where b equals a.",
        ),
        Mistake(
            "only-b",
            lambda a, b: np.outer(b, b),
            "This is bbᵀ, which is right only where a equals b.",
        ),
    ),
)
