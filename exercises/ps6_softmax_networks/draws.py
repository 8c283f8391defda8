"""Inputs for ps6: rows, and columns for the 2-3-2 network; no ReLU near its kink."""

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.spec import Sizes
from autograder.exercise.tree import Tree
from solutions import softmax_networks as SOLUTIONS

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Generator = np.random.Generator

KINK = 0.02
"""No pre-activation of a ReLU is nearer to 0."""


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Numbers of order 1 with either sign, none of them small."""
    numbers: Array = rng.uniform(0.3, 1.3, shape) * rng.choice([-1.0, 1.0], shape)
    return numbers


def labels(rng: Generator, N: int, K: int) -> Labels:
    """Labels (N,) below K: every class if there is room, and two at least if N allows it."""
    return rng.permutation(np.resize(rng.permutation(K), N))


def rate(rng: Generator) -> float:
    """A learning rate or a regularisation that nobody uses by habit."""
    return float(rng.uniform(0.2, 0.6))


def distribution(rng: Generator, N: int, K: int) -> Array:
    """Rows of probabilities, none of them tiny."""
    powers = rng.uniform(0.2, 2.0, (N, K))
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


def scores(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(scores,) of order 1."""
    return (1.5 * rng.normal(size=(sizes["N"], sizes["K"])),)


def large_scores(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(scores,) around 1000, around −1000, and both in one row."""
    values = rng.normal(size=(3, sizes["K"]))
    values[0] += 1000
    values[1] -= 1000
    values[2, 0] += 1000
    values[2, 1] -= 1000
    return (values,)


def one_distribution(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(p,) with K entries."""
    return (distribution(rng, 1, sizes["K"])[0],)


def labelled_distribution(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(probs, y)."""
    N, K = sizes["N"], sizes["K"]
    return distribution(rng, N, K), labels(rng, N, K)


def columns_network(rng: Generator) -> tuple[Array, Array, Array, Array]:
    """W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1)."""
    W1, b1 = away_from_zero(rng, 3, 2), away_from_zero(rng, 3, 1)
    return W1, b1, away_from_zero(rng, 2, 3), away_from_zero(rng, 2, 1)


def example_of_class_0(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(x, 0, W1, b1, W2, b2)."""
    return away_from_zero(rng, 2, 1), 0, *columns_network(rng)


def example_of_class_1(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(x, 1, W1, b1, W2, b2)."""
    return away_from_zero(rng, 2, 1), 1, *columns_network(rng)


def columns_batch(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, y, W1, b1, W2, b2, reg) of the 2-3-2 network."""
    N = sizes["N"]
    return rng.normal(size=(2, N)), labels(rng, N, 2), *columns_network(rng), rate(rng)


def affine(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dout, X, W)."""
    N, D, M = sizes["N"], sizes["D"], sizes["M"]
    return away_from_zero(rng, N, M), rng.normal(size=(N, D)), away_from_zero(rng, D, M)


def rectifier(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(dout, Z), every pair of signs among them where four fit."""
    shape = sizes["N"], sizes["H"]
    quadrant = rng.permutation(np.arange(np.prod(shape)) % 4).reshape(shape)
    signs = np.where(quadrant % 2, 1, -1), np.where(quadrant > 1, 1, -1)
    return rng.uniform(0.3, 1.3, shape) * signs[0], rng.uniform(0.3, 1.3, shape) * signs[1]


def relu_network(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, y, W1, b1, W2, b2, reg)."""
    while True:
        X, y, *parameters = _rows_network(rng, sizes)
        if _is_clear(X, *parameters[:2]):
            return X, y, *parameters, rate(rng)


def two_steps(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, y, W1, b1, W2, b2, learning_rate, reg, 2)."""
    while True:
        X, y, *parameters = _rows_network(rng, sizes)
        speeds = rate(rng), rate(rng)
        moved, _ = SOLUTIONS.train(X, y, *parameters, *speeds, 1)
        if _is_clear(X, *parameters[:2]) and _is_clear(X, *moved[:2]):
            return X, y, *parameters, *speeds, 2


def spiral(rng: Generator, points: int, noise: float = 0.2) -> tuple[Array, Labels]:
    """Three arms with so many points each: X (3·points, 2), y. The same as the notebook's."""
    y = np.repeat(np.arange(3), points)
    radius = np.tile(np.linspace(0, 1, points), 3)
    angle = 4 * (y + radius) + noise * rng.normal(size=y.size)
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]), y


def spiral_network(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """(X, y, W1, b1, W2, b2, 1.0, 1e-3, 150): starts from which the reference does well."""
    while True:
        X, y = spiral(rng, points=50, noise=0.05)
        W1, b1 = 2.5 * rng.normal(size=(2, 40)), 0.3 * rng.normal(size=40)
        W2, b2 = 0.5 * rng.normal(size=(40, 3)), 0.1 * rng.normal(size=3)
        arguments = X, y, W1, b1, W2, b2, 1.0, 1e-3, 150
        if share_right(SOLUTIONS.train(*arguments)[0], X, y) >= 0.98:
            return arguments


def share_right(parameters: Tree, X: Array, y: Labels) -> float:
    """The share of points whose class gets the highest score; 0 where a score is not finite."""
    W1, b1, W2, b2 = parameters
    scores = np.maximum(0, X @ W1 + b1) @ W2 + b2
    return float(np.mean(scores.argmax(axis=1) == y)) if np.isfinite(scores).all() else 0.0


def _rows_network(rng: Generator, sizes: Sizes) -> tuple[Tree, ...]:
    N, D, H, K = (sizes[axis] for axis in "NDHK")
    W1, b1 = away_from_zero(rng, D, H), away_from_zero(rng, H)
    W2, b2 = away_from_zero(rng, H, K), away_from_zero(rng, K)
    return rng.normal(size=(N, D)), labels(rng, N, K), W1, b1, W2, b2


def _is_clear(X: Array, W1: Array, b1: Array) -> bool:
    """No kink is near, and a batch switches units both on and off."""
    Z1 = X @ W1 + b1
    mixed = len(X) == 1 or (Z1.min() < 0 < Z1.max())
    return bool(np.abs(Z1).min() > KINK and mixed)
