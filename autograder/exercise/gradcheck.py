"""Central differences: the oracle that every gradient is checked against."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def central_differences(f: Callable[[Array], float], x: Array, h: float = 6e-6) -> Array:
    """Approximate ∂f/∂x for a scalar-valued f; x may have any shape (also ()), and is not changed.

    The error is of order h² + ε/h; h = ε^(1/3) balances the two at about 1e-10.
    """
    x = np.array(x, dtype=np.float64)
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = float(f(x))
        x[index] = kept - h
        below = float(f(x))
        x[index] = kept
        gradient[index] = (above - below) / (2 * h)
    return gradient


def gradients_of(
    loss: Callable[..., float], *arguments: Array, wrt: tuple[int, ...]
) -> tuple[Array, ...]:
    """Central differences of `loss(*arguments)` with respect to the arguments at `wrt`."""

    def gradient(position: int) -> Array:
        def moved(x: Array) -> float:
            return loss(*arguments[:position], x, *arguments[position + 1 :])

        return central_differences(moved, arguments[position])

    return tuple(gradient(position) for position in wrt)


def elementwise_derivative(f: Callable[[Array], Array], z: Array, h: float = 6e-6) -> Array:
    """Approximate f'(z) for a function that works on each element by itself."""
    derivative: Array = (f(z + h) - f(z - h)) / (2 * h)
    return derivative
