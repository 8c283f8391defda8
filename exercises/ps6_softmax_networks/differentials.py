"""How a result changes along a differential: what the rungs of 6.4 to 6.6 are compared with."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import elementwise_derivative

from .draws import Array


def along(f: Callable[[Array], Array], X: Array, dX: Array) -> Array:
    """Differentiate t ↦ f(X + t·dX) at t = 0, for each number that f returns."""
    return elementwise_derivative(lambda t: f(X + t * dX), np.zeros(()))
