"""Inputs of ps1: numbers of order 1, of both signs, away from zeros and ties."""

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.spec import Sizes
from autograder.exercise.tree import Tree
from exercises.named import FUNCTIONS

Array = NDArray[np.float64]
Generator = np.random.Generator
Arguments = tuple[Tree, ...]


def away_from_zero(rng: Generator, shape: tuple[int, ...], low: float) -> Array:
    """Numbers of both signs with low ≤ |number| ≤ low + 1.5."""
    return np.asarray(rng.choice([-1.0, 1.0], shape) * rng.uniform(low, low + 1.5, shape))


def shape_of(sizes: Sizes) -> tuple[int, ...]:
    """Any shape: a number where N is 1, else a matrix, so that every case set has both."""
    return () if sizes["N"] == 1 else (sizes["N"], sizes["M"])


def pre_activations(rng: Generator, sizes: Sizes) -> Arguments:
    """One z of any shape."""
    return (away_from_zero(rng, shape_of(sizes), 0.3),)


def far_out(rng: Generator, _: Sizes) -> Arguments:
    """Both ends of the real line, among ordinary numbers of both signs."""
    ordinary = rng.uniform(0.3, 1.8, 4) * [-1, -1, 1, 1]
    return (rng.permutation(np.array([-1000.0, 1000.0, *ordinary])),)


def outputs(rng: Generator, sizes: Sizes) -> Arguments:
    """Outputs a = σ(z), of any shape."""
    return (np.asarray(1 / (1 + np.exp(-away_from_zero(rng, shape_of(sizes), 0.3)))),)


def one_vector(rng: Generator, sizes: Sizes) -> Arguments:
    """A vector without zeros, so that 1/x exists."""
    return (away_from_zero(rng, (sizes["M"],), 0.4),)


def gate(rng: Generator, sizes: Sizes) -> Arguments:
    """Two inputs and an upstream gradient; each input is ahead somewhere, and there is no tie."""
    shape = sizes["N"], sizes["M"]
    x = away_from_zero(rng, shape, 0.2)
    ahead = rng.permutation(np.resize([-1.0, 1.0], x.size)).reshape(shape)
    return x, x + ahead * rng.uniform(0.2, 1.5, shape), away_from_zero(rng, shape, 0.3)


def neuron(rng: Generator, _: Sizes) -> Arguments:
    """Three weights, the bias first, and two inputs."""
    return away_from_zero(rng, (3,), 0.3), away_from_zero(rng, (2,), 0.3)


def linear_unit(rng: Generator, sizes: Sizes) -> Arguments:
    """Weights, one example, and a target that the unit misses by at least 0.4."""
    w, x = (away_from_zero(rng, (sizes["D"],), 0.3) for _ in range(2))
    return w, x, float(w @ x + away_from_zero(rng, (), 0.4))


def linear_step(rng: Generator, sizes: Sizes) -> Arguments:
    """The same, and a learning rate."""
    return *linear_unit(rng, sizes), float(rng.uniform(0.2, 0.6))


def vector_function(rng: Generator, sizes: Sizes) -> Arguments:
    """One of the named functions at a vector; h is left to its default."""
    name = str(rng.choice(list(FUNCTIONS)))
    return FUNCTIONS[name], away_from_zero(rng, (sizes["M"],), 0.3)


def matrix_function(rng: Generator, sizes: Sizes) -> Arguments:
    """One of the named functions at a matrix of at least two columns."""
    name = str(rng.choice(list(FUNCTIONS)))
    return FUNCTIONS[name], away_from_zero(rng, (sizes["N"], sizes["M"]), 0.3)


def large_step(rng: Generator, sizes: Sizes) -> Arguments:
    """A sum of cubes and an h so large that its h² shows in the result."""
    x = away_from_zero(rng, (sizes["M"],), 0.3)
    return FUNCTIONS["sum_of_cubes"], x, float(rng.uniform(0.05, 0.2))
