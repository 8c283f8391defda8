"""The residual layer of 7.8–7.11, A = σ(Z) + A_prev. Columns are examples.

What each record calls the truth is made here from the layer itself: J moves as ⟨G, A⟩ does, and
the layer is run at the places that the differentials lead to.
"""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Sizes,
)

from .draws import Array, logistic


def layer(rng: Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """(G, Z, W, A_prev) of a forward pass with a bias; W (D, D), the others (D, N)."""
    N, D = sizes["N"], sizes["D"]
    W, b, A_prev = (rng.normal(size=shape) for shape in ((D, D), (D, 1), (D, N)))
    return rng.normal(size=(D, N)), W @ A_prev + b, W, A_prev


def slope(Z: Array) -> Array:
    """σ'(Z), as students are given it."""
    return logistic(Z) * (1 - logistic(Z))


def sums_of(S: Array) -> Array:
    """A Z with σ'(Z) = S, of the two that there are the one that is not negative."""
    root: Array = np.sqrt(np.maximum(0, 1 - 4 * S))
    return np.log((1 + root) / (1 - root))


def pulled(G: Array, Z: Array, A_prev: Array) -> float:
    """⟨G, σ(Z) + A_prev⟩, whose differential is that of J."""
    return float(np.sum(G * (logistic(Z) + A_prev)))
