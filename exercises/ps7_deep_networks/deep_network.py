"""The networks of 7.13–7.15, of any depth: their draws, their loss. Columns are examples."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Sizes,
)

from .draws import Array, Labels, logistic

Arrays = list[Array]
Network = tuple[Array, Labels, Arrays, Arrays]
"""X (D, N), y (N,), weights, biases."""


def network(rng: Generator, sizes: Sizes) -> Network:
    """Four layers, and three for a single example."""
    return _of_lengths(rng, sizes["N"], *_layers(sizes, depth=3 if sizes["N"] == 1 else 4))


def small_network(rng: Generator, sizes: Sizes) -> Network:
    """Three layers: small enough to look at."""
    return _of_lengths(rng, sizes["N"], *_layers(sizes, depth=3))


def batch(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, weights, biases, reg)."""
    return *network(rng, sizes), float(rng.uniform(0.2, 0.6))


def small_batch(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, weights, biases, reg) of three layers."""
    return *small_network(rng, sizes), float(rng.uniform(0.2, 0.6))


def loss(X: Array, y: Labels, weights: Arrays, biases: Arrays, reg: float) -> float:
    """The mean of −log p, one example at a time, plus ½·reg·Σ‖W‖²."""
    A = X
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        A = logistic(W @ A + b)
    logs = log_softmax(weights[-1] @ A + biases[-1])
    data = -sum(logs[label, n] for n, label in enumerate(y)) / len(y)
    return float(data + sum(reg * np.linalg.norm(W) ** 2 / 2 for W in weights))


def log_softmax(Z: Array) -> Array:
    """Logarithms of the probabilities of columns."""
    logs: Array = Z - np.logaddexp.reduce(Z, axis=0)
    return logs


def _layers(sizes: Sizes, depth: int) -> list[int]:
    """Order the drawn lengths: the most classes that the batch can show come last."""
    lengths = [sizes[axis] for axis in "DHMPK"]
    classes = max(length for length in lengths if length <= max(sizes["N"], 3))
    lengths.remove(classes)
    return [*lengths[:depth], classes]


def _of_lengths(rng: Generator, N: int, *lengths: int) -> Network:
    shapes = list(zip(lengths[1:], lengths[:-1], strict=True))
    y = rng.permutation(np.arange(N) % lengths[-1])
    weights = [rng.normal(size=shape) for shape in shapes]
    biases = [rng.normal(size=(rows, 1)) for rows, _ in shapes]
    return rng.normal(size=(lengths[0], N)), y, weights, biases
