"""Inputs that sections of ps3 share: everything of order 1, both classes, no ŷ near ½."""

import numpy as np

from autograder.exercise import (
    Sizes,
)

from .network import Array, Weights, outputs


def weights(rng: np.random.Generator, sizes: Sizes) -> Weights:
    """Draw W_ih (D, H) and W_ho (H,)."""
    return rng.normal(size=(sizes["D"], sizes["H"])), rng.normal(size=sizes["H"])


def labels(rng: np.random.Generator, sizes: Sizes) -> Array:
    """Draw targets (N,): both classes where N > 1, and the last applicant is admitted."""
    others = rng.permutation(np.arange(sizes["N"] - 1) % 2)
    return np.append(others, 1).astype(float)


def batch(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw features (N, D), targets (N,), W_ih and W_ho."""
    features = rng.normal(size=(sizes["N"], sizes["D"]))
    return features, labels(rng, sizes), *weights(rng, sizes)


def one_record(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw x (D,), W_ih and W_ho."""
    return rng.normal(size=sizes["D"]), *weights(rng, sizes)


def label(sizes: Sizes) -> float:
    """Choose y so that each case set holds both classes: 0 in its case of N = 1, else 1."""
    return float(sizes["N"] > 1)


def output(rng: np.random.Generator, sizes: Sizes) -> tuple[float, float]:
    """Draw y, and ŷ from a forward pass that leaves it away from 0, ½ and 1."""
    while True:
        y_hat = float(outputs(*one_record(rng, sizes)))
        if 0.1 < abs(y_hat - 0.5) < 0.4:
            return label(sizes), y_hat


def output_term(rng: np.random.Generator, sizes: Sizes) -> tuple[float, Array]:
    """Draw δ_o from a forward pass, and W_ho."""
    y, y_hat = output(rng, sizes)
    return (y_hat - y) * y_hat * (1 - y_hat), weights(rng, sizes)[1]
