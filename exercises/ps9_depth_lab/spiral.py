"""The turned spirals of 9.6: how they are drawn, how far one is turned, and how a network does."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Sizes
from exercises.judges import LINEAR, ONE_CLASS, classes_of, layers_of

from .draws import Array, Labels

POINTS = 100
"""In each of the three arms."""
FRESH = 300
"""The same, of the spiral that a network is judged on."""
NOISE = 0.2
APART = 1.0
"""By so much (rad), at least, the spirals of one submission are turned against each other."""
MEMORISED = "It knows a spiral at another angle. Does it learn from the X and y of this call?"


def spiral(rng: Generator, points: int, turn: float, noise: float = NOISE) -> tuple[Array, Labels]:
    """Three arms with so many points each, turned by an angle: X (3·points, 2), y."""
    y = np.repeat(np.arange(3), points)
    radius = np.tile(np.linspace(0, 1, points), 3)
    angle = 4 * (y + radius) + noise * rng.normal(size=y.size) + turn
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]), y


def turned_spiral(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y): a spiral turned by any angle."""
    return spiral(rng, POINTS, turn=float(rng.uniform(-np.pi, np.pi)))


def turn_of(X: Array, y: Labels) -> float:
    """By how much a spiral is turned: the mean direction of what its points say, up to noise."""
    radius = np.hypot(X[:, 0], X[:, 1])
    angle = np.arctan2(X[:, 0], X[:, 1]) - 4 * (y + radius)
    return float(np.arctan2(radius @ np.sin(angle), radius @ np.cos(angle)))


def apart(cases: Sequence[Arguments]) -> bool:
    """Whether no two spirals are turned alike, and none is nearly as it was."""
    turns = [0.0, *(turn_of(X, y) for X, y in cases)]
    gaps = np.abs(np.angle(np.exp(1j * np.subtract.outer(turns, turns))))
    return bool((gaps + 4 * np.eye(len(turns)) > APART).all())


def fresh_points(X: Array, y: Labels) -> tuple[Array, Labels]:
    """900 other points of the same spiral: the same ones each time that X is the same."""
    seed = hashlib.sha256(np.ascontiguousarray(X).tobytes()).digest()
    return spiral(np.random.default_rng(list(seed)), FRESH, turn_of(X, y))


def reaches(mark: float) -> Callable[[Any, Arguments], bool | str]:
    """A judge: whether a network gets so large a share of fresh points right."""

    def judge(answer: Any, arguments: Arguments) -> bool | str:
        layers = layers_of(answer)
        if isinstance(layers, str):
            return layers
        X, y = fresh_points(*arguments)
        found = classes_of(answer[0], layers, X)
        share = float(np.mean(found == y))
        return share >= mark or _reason(answer[0], layers, found, arguments)

    return judge


def _reason(
    activation: str, layers: list[tuple[Array, Array]], found: Array, arguments: Arguments
) -> bool | str:
    """Why a network misses a mark, where that shows; else False."""
    if (found == found[0]).all():
        return ONE_CLASS
    if len(layers) == 1:
        return LINEAR
    rng, turn = np.random.default_rng(0), turn_of(*arguments)
    for other in np.linspace(APART, 2 * np.pi - APART, 24):
        X, y = spiral(rng, POINTS, turn + other)
        if np.mean(classes_of(activation, layers, X) == y) >= 0.8:
            return MEMORISED
    return False
