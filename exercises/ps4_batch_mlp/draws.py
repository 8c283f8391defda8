"""Inputs for ps4: columns are examples, biases are never zero, both classes occur."""

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.spec import Sizes
from autograder.exercise.tree import Tree

Array = NDArray[np.float64]
Generator = np.random.Generator


def logistic(Z: Array) -> Array:
    """Return σ(Z), elementwise."""
    A: Array = 1 / (1 + np.exp(-Z))
    return A


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Numbers of order 1 with either sign, none of them small."""
    numbers: Array = rng.uniform(0.3, 1.3, shape) * rng.choice([-1.0, 1.0], shape)
    return numbers


def labels(rng: Generator, N: int) -> Array:
    """Y (1, N) with both classes, where N allows it."""
    return rng.permutation(np.arange(N) + rng.integers(2))[None] % 2.0


def parameters(rng: Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1)."""
    D, H = sizes["D"], sizes["H"]
    W1, W2 = away_from_zero(rng, H, D), away_from_zero(rng, 1, H)
    return W1, away_from_zero(rng, H, 1), W2, away_from_zero(rng, 1, 1)


def network(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, W1, b1, W2, b2)."""
    X = rng.normal(size=(sizes["D"], sizes["N"]))
    return X, *parameters(rng, sizes)


def labelled_network(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, Y, W1, b1, W2, b2)."""
    X, *rest = network(rng, sizes)
    return X, labels(rng, sizes["N"]), *rest


def layer(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(A_prev, W, b) of a layer of H units above D activations."""
    A_prev = logistic(1.5 * rng.normal(size=(sizes["D"], sizes["N"])))
    return A_prev, away_from_zero(rng, sizes["H"], sizes["D"]), away_from_zero(rng, sizes["H"], 1)


def activation(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dA, Z) of a layer of H units."""
    shape = sizes["H"], sizes["N"]
    return away_from_zero(rng, *shape), 1.5 * away_from_zero(rng, *shape)


def output(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(A2, Y): outputs between about 0.1 and 0.9."""
    N = sizes["N"]
    return logistic(1.7 * away_from_zero(rng, 1, N)), labels(rng, N)


def nearly_certain(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(A2, Y): outputs 1e-12 from 0 or 1, right and wrong, and one in between."""
    small = rng.uniform(1.1e-12, 1.4e-12, 4)
    A2 = np.array([small[0], 1 - small[1], small[2], 1 - small[3], rng.uniform(0.3, 0.7)])
    Y = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    order = rng.permutation(5)
    return A2[order][None], Y[order][None]


def certain(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(A2, Y): exact 0 and 1, right and wrong."""
    A2 = np.array([0.0, 1.0, 0.0, 1.0, rng.uniform(0.3, 0.7)])
    Y = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    order = rng.permutation(5)
    return A2[order][None], Y[order][None]


def error_and_input(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dZ, A_prev) of a layer of H units above D activations."""
    A_prev, _, _ = layer(rng, sizes)
    return away_from_zero(rng, sizes["H"], sizes["N"]), A_prev


def error(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dZ,) of a layer of H units."""
    return (away_from_zero(rng, sizes["H"], sizes["N"]),)


def layer_with_error(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dZ, A_prev, W) of a layer of H units above D activations."""
    dZ, A_prev = error_and_input(rng, sizes)
    return dZ, A_prev, away_from_zero(rng, sizes["H"], sizes["D"])
