"""Networks of any depth with a softmax at the end: their draws, and their loss. Columns."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Sizes

from .draws import ACTIVATIONS, Array, Labels

Arrays = list[Array]
KINK = 0.05
"""How far pre-activations of ReLUs stay away from 0."""


def network(rng: Generator, sizes: Sizes, activation: str) -> Arguments:
    """(X, y, weights, biases, activation): four layers, and three for a single example."""
    while True:
        X, y, weights, biases = _network(rng, sizes, depth=3 if sizes["N"] == 1 else 4)
        if activation != "relu" or _is_lively(X, weights, biases):
            return X, y, weights, biases, activation


def _network(rng: Generator, sizes: Sizes, depth: int) -> tuple[Array, Labels, Arrays, Arrays]:
    N, lengths = sizes["N"], [sizes[axis] for axis in "DHMPK"]
    classes = max(length for length in lengths if length <= max(N, 3))
    lengths.remove(classes)
    lengths = [*lengths[:depth], classes]
    shapes = list(zip(lengths[1:], lengths[:-1], strict=True))
    y = rng.permutation(np.arange(N) % classes)
    weights = [rng.normal(size=shape) for shape in shapes]
    biases = [rng.uniform(0.3, 1.0, size=(rows, 1)) for rows, _ in shapes]
    return rng.normal(size=(lengths[0], N)), y, weights, biases


def _is_lively(X: Array, weights: Arrays, biases: Arrays) -> bool:
    """Whether each hidden layer has units on both sides of 0, and none near it."""
    A = X
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        Z = W @ A + b
        if np.abs(Z).min() < KINK or not 0 < np.mean(Z > 0) < 1:
            return False
        A = np.maximum(Z, 0)
    return True


def loss(X: Array, y: Labels, weights: Arrays, biases: Arrays, activation: str) -> float:
    """The mean of −log p, one example at a time."""
    A = X
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        A = ACTIVATIONS[activation](W @ A + b)
    Z = weights[-1] @ A + biases[-1]
    logs = Z - np.logaddexp.reduce(Z, axis=0)
    return float(-sum(logs[label, n] for n, label in enumerate(y)) / len(y))
