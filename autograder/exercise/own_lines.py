"""A student's own lines: what later lines are judged from, so that a wrong one costs once."""

from typing import Any

import numpy as np

from autograder.exercise.compare import conform, numbers
from autograder.exercise.plain_data import Tree

NEARLY_ZERO = 1e-3
"""A line whose largest value is below this share of the true line's counts as absent."""


def own_lines(got: Any, want: Any) -> Tree:
    """The answer in the structure of the right one, with the true line for each that is absent.

    Absent is what is missing, of another shape, not finite or nearly zero: else zeros, from which
    zeros follow, would make right lines of all that come after.
    """
    if type(want) is dict:
        lines = got if type(got) is dict else {}
        return {name: own_lines(lines.get(name), line) for name, line in want.items()}
    if type(want) is tuple:
        parts = got if type(got) in (list, tuple) and len(got) == len(want) else [None] * len(want)
        return tuple(own_lines(*pair) for pair in zip(parts, want, strict=True))
    try:
        line = np.asarray(conform(got, want), np.float64)
    except ValueError:
        return want
    size = np.abs(np.asarray(want, np.float64)).max(initial=0)
    present = np.isfinite(line).all() and np.abs(line).max(initial=0) >= NEARLY_ZERO * size
    return line if present else want


def flat(tree: Any) -> np.ndarray:
    """All numbers of a tree of lines in one row, in its own order."""
    if type(tree) is dict:
        return flat(tuple(tree.values()))
    if type(tree) is tuple:
        return np.concatenate([np.empty(0), *map(flat, tree)])
    line = numbers(tree)
    assert line is not None
    return line.ravel()
