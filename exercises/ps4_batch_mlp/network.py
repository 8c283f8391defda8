"""The network of ps4, written down without its reference: a layer, both layers, the loss."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Parts = tuple[Array, Array, Array, Array]


def logistic(Z: Array) -> Array:
    """Return σ(Z), elementwise."""
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def slope(A: Array) -> Array:
    """σ' from the activation."""
    return A * (1 - A)


def affine(A_prev: Array, W: Array, b: Array) -> Array:
    """W·A_prev + b, one example after the other."""
    columns = [(W * a).sum(axis=1) for a in A_prev.T]
    return np.array(columns).T + b


def run(
    X: Array,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    hidden: Callable[[Array], Array] = logistic,
    out: Callable[[Array], Array] = logistic,
) -> Parts:
    """The forward pass (Z1, A1, Z2, A2), with the activations to choose."""
    Z1 = W1 @ X + b1
    A1 = hidden(Z1)
    Z2 = W2 @ A1 + b2
    return Z1, A1, Z2, out(Z2)


def mean_loss(A2: Array, Y: Array) -> float:
    """The mean of −log of the probability that A2 gives to the label."""
    A = A2.clip(1e-12, 1 - 1e-12)
    return float(-np.log(np.where(Y == 1, A, 1 - A)).sum() / Y.size)


def summed_loss(A2: Array, Y: Array) -> float:
    """The sum of the examples' losses: what dA2 and dZ2 differentiate, without the 1/N."""
    return Y.size * mean_loss(A2, Y)
