"""7.1 The gradient (m, n) of aᵀXᵀb with respect to X, from a (n,) and b (m,)."""

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
    reveal=(
        r"$df = \sum_{ij} a_j\,dX_{ij}\,b_i$, so the gradient is $b\,a^T$: the vector that meets "
        "the rows of $X$ comes first. With $a = b$ it is the symmetric $a a^T$, and the order "
        "no longer shows. A test with equal vectors proves little."
    ),
    mistakes=(
        Mistake(
            "transposed",
            np.outer,
            "This is the gradient of aᵀXb. What does the transpose change for one entry of X?",
        ),
        Mistake(
            "only-a",
            lambda a, b: np.outer(a, a),
            "b has no influence: this is right only where b equals a.",
        ),
        Mistake(
            "only-b",
            lambda a, b: np.outer(b, b),
            "a has no influence: this is right only where a equals b.",
        ),
    ),
)
