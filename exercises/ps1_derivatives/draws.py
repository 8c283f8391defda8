"""Inputs that sections of ps1 share: of order 1 and both signs, without zeros and ties."""

import numpy as np
from numpy.typing import NDArray

from autograder.exercise import (
    Arguments,
    Sizes,
)

Array = NDArray[np.float64]
Generator = np.random.Generator


def away_from_zero(rng: Generator, shape: tuple[int, ...], low: float) -> Array:
    """Numbers of both signs with low ≤ |number| ≤ low + 1.5."""
    return np.asarray(rng.choice([-1.0, 1.0], shape) * rng.uniform(low, low + 1.5, shape))


def pre_activations(rng: Generator, sizes: Sizes) -> Arguments:
    """One z: a number where N is 1, else a matrix, so that every case set has both."""
    shape = () if sizes["N"] == 1 else (sizes["N"], sizes["M"])
    return (away_from_zero(rng, shape, 0.3),)


def gate(rng: Generator, sizes: Sizes) -> Arguments:
    """Two inputs and an upstream gradient; each input is ahead somewhere, and there is no tie.

    In each row one input is ahead by about 1e-4 only, which is not a tie either.
    """
    shape = sizes["N"], sizes["M"]
    x = away_from_zero(rng, shape, 0.2)
    ahead = rng.permutation(np.resize([-1.0, 1.0], x.size)).reshape(shape)
    lead = rng.uniform(0.2, 1.5, shape)
    lead[:, rng.integers(sizes["M"])] = rng.uniform(0.8e-4, 1.5e-4, len(x))
    return x, x + ahead * lead, away_from_zero(rng, shape, 0.3)


def linear_unit(rng: Generator, sizes: Sizes) -> tuple[Array, Array, float]:
    """Weights, one example, and a target that the unit misses by at least 0.4."""
    w, x = (away_from_zero(rng, (sizes["D"],), 0.3) for _ in range(2))
    return w, x, float(w @ x + away_from_zero(rng, (), 0.4))
