"""Programs that sections of ps8 share. Leaves come in any order; numbers are of order 1."""

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Sizes

from .machine import Array, Program

Line = tuple[str, str, str] | tuple[str, str, str, int]
"""(name, op, names of the inputs), and the axis of a sum."""
APART = 0.1
"""How far the two sides of a maximum are apart, at least."""
SURE = 5.0
"""No output's sum is further from 0: where a is nearly 1, rounding shows in log(1 − a)."""


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Numbers of order 1 with either sign, none of them small."""
    numbers: Array = rng.uniform(0.3, 1.3, shape) * rng.choice([-1.0, 1.0], shape)
    return numbers


def program_of(rng: Generator, leaves: Mapping[str, Array], lines: list[Line]) -> Arguments:
    """(program, leaves): lines with names as steps with numbers, the leaves shuffled."""
    names = [str(name) for name in rng.permutation(list(leaves))]
    place = {name: number for number, name in enumerate(names)}
    program: Program = []
    for name, op, inputs, *axis in lines:
        where = tuple(place[one] for one in inputs.split())
        program.append((op, where, axis[0] if axis else None))
        place[name] = len(place)
    return program, [leaves[name] for name in names]


def tables(rng: Generator, sizes: Sizes) -> dict[str, Array]:
    """A (R, C), a column, a row, a single number, and B (C, M)."""
    R, C, M = sizes["R"], sizes["C"], sizes["M"]
    return {
        "A": away_from_zero(rng, R, C),
        "column": away_from_zero(rng, R, 1),
        "row": away_from_zero(rng, 1, C),
        "one": away_from_zero(rng, 1, 1),
        "B": away_from_zero(rng, C, M),
    }


def network(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, Y, W1, b1, W2, b2) of the network of ps4: columns, both classes where N allows it."""
    N, D, H = (sizes[axis] for axis in "NDH")
    Y = rng.permutation(np.arange(N) + rng.integers(2))[None] % 2.0
    while True:
        X, W1, b1 = rng.normal(size=(D, N)), away_from_zero(rng, H, D), away_from_zero(rng, H, 1)
        W2, b2 = away_from_zero(rng, 1, H), away_from_zero(rng, 1, 1)
        if np.abs(W2 @ (1 / (1 + np.exp(-(W1 @ X + b1)))) + b2).max() < SURE:
            return X, Y, W1, b1, W2, b2


def network_program(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves) of that network's loss; the last value is a number."""
    names = ("X", "Y", "W1", "b1", "W2", "b2")
    leaves: dict[str, Array] = dict(zip(names, network(rng, sizes), strict=True))
    leaves |= {"1": np.ones((1, 1)), "-1/N": np.full((1, 1), -1 / sizes["N"])}
    lines: list[Line] = [
        ("W1X", "matmul", "W1 X"),
        ("Z1", "add", "W1X b1"),
        ("A1", "sigmoid", "Z1"),
        ("W2A1", "matmul", "W2 A1"),
        ("Z2", "add", "b2 W2A1"),
        ("A2", "sigmoid", "Z2"),
        ("1-A2", "sub", "1 A2"),
        ("log", "log", "A2"),
        ("log1-", "log", "1-A2"),
        ("1-Y", "sub", "1 Y"),
        ("ones", "mul", "Y log"),
        ("zeros", "mul", "1-Y log1-"),
        ("both", "add", "ones zeros"),
        ("scaled", "mul", "-1/N both"),
        ("loss", "sum", "scaled"),
    ]
    return program_of(rng, leaves, lines)
