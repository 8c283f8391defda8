"""7.2 A matrix between two vectors: the gradient (m, n) of aᵀXb by X, from a (m,) and b (n,)."""

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
    """Central differences of aᵀXb; it is linear, so any X will do."""
    return central_differences(lambda X: float(a @ X @ b), np.ones((len(a), len(b))))


EXERCISE = Exercise(
    reference=deep_networks.bilinear_gradient,
    draw=two_vectors,
    axes="R C",
    oracle=oracle,
    checks=(Check("dX", points=1),),
    mistakes=(
        Mistake(
            "right-vector-missing",
            lambda a, b: np.outer(a, np.ones_like(b)),
            "b has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
        ),
        Mistake(
            "left-vector-missing",
            lambda a, b: np.outer(np.ones_like(a), b),
            "a has no influence here. Each X[i, j] is multiplied by one entry of a and one of b.",
        ),
        Mistake(
            "flattened",
            lambda a, b: np.outer(a, b).ravel(),
            "The numbers stand in one long row. "
            "A gradient has the shape of what it differentiates.",
        ),
    ),
)
