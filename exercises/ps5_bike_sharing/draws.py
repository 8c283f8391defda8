"""Inputs that sections of ps5 share: batches in rows, and forward passes of them."""

import numpy as np

from autograder.exercise import (
    Sizes,
)

from .network import Array, logistic


def batch(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw X (N, D), W_ih (D, H) and W_ho (H, 1)."""
    X = rng.normal(size=(sizes["N"], sizes["D"]))
    return X, rng.normal(size=(sizes["D"], sizes["H"])), rng.normal(size=(sizes["H"], 1))


def hidden_layer(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw y and ŷ (N, 1), W_ho (H, 1) and hidden (N, H) of a forward pass."""
    X, W_ih, W_ho = batch(rng, sizes)
    hidden = logistic(X @ W_ih)
    return rng.normal(size=(len(X), 1)), hidden @ W_ho, W_ho, hidden
