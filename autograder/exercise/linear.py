"""What `given` wants, as numbers: linear in the student's own lines, and so to be handed out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.own_lines import flat
from autograder.exercise.plain_data import Tree

Row = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """want = base + Σ coefficient · line[place], summed into the entries of want, row by row."""

    base: Tree
    entries: tuple[tuple[int, int, float], ...]
    """(entry of what is wanted, place among all numbers of the answer, coefficient)."""

    def __call__(self, lines: Tree) -> Tree:
        """What is wanted, given these lines (own_lines.py)."""
        base, numbers = np.asarray(self.base, np.float64), flat(lines)
        want = base.ravel().copy()
        for entry, place, coefficient in self.entries:
            want[entry] += coefficient * numbers[place]
        return want.reshape(base.shape)


def linear(function: Callable[[Tree], Any], lines: Tree) -> Linear:
    """Read the coefficients off, one number of the answer at a time; `lines` give its structure."""
    base = np.asarray(function(filled(lines, np.zeros(flat(lines).size))), np.float64)
    return Linear(base, tuple(_entries(function, lines, base)))


def _entries(
    function: Callable[[Tree], Any], lines: Tree, base: Row
) -> Iterator[tuple[int, int, float]]:
    units = np.eye(flat(lines).size)
    for place, unit in enumerate(units):
        column = (np.asarray(function(filled(lines, unit)), np.float64) - base).ravel()
        for entry in np.flatnonzero(column):
            yield int(entry), place, float(column[entry])


def filled(lines: Any, row: Row) -> Any:
    """The structure of an answer, with the numbers of a row."""
    left = iter(row)

    def fill(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {name: fill(line) for name, line in part.items()}
        if isinstance(part, tuple):
            return tuple(map(fill, part))
        shape = np.shape(part)
        return np.array([next(left) for _ in range(int(np.prod(shape)))]).reshape(shape)

    return fill(lines)
