"""What a feedback page draws: where a matrix differs, and how a loss went. Never a wanted value.

Both are coarse on purpose. A student decides what comes back, so a picture of it must not become
a way to carry hidden inputs out.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from autograder.exercise.compare import (
    SINGLE,
    Array,
    Part,
    Tolerance,
    is_close,
    leaves,
    numbers,
    part_of,
)
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Exercise
from autograder.judge.diagnose import Seen

MOST_ROWS = 12
"""A longer axis is not drawn: its cells would be too small to see."""
MOST_POINTS = 60
TOP = 100
"""The height of a curve's highest point; all others are rounded to whole steps of it."""


def pattern_of(seen: Sequence[Seen], tolerance: Tolerance) -> tuple[str, ...]:
    """Where the first wrong result differs: a row of `x` (wrong) and `.` (right) per matrix row.

    Empty where there is no picture: another shape, a single number, a large matrix.
    """
    wrong = next(case for case in seen if not case.comparison.agrees)
    if wrong.comparison.problem not in ("values", "nonfinite"):
        return ()
    for where, got, want in leaves(wrong.got, wrong.want):
        if where == wrong.comparison.where:
            kind = SINGLE if wrong.comparison.notes else tolerance
            return _rows(numbers(got), numbers(want), kind)
    return ()


def curve_of(exercise: Exercise, values: Iterable[Tree]) -> tuple[int, ...]:
    """The longest list of losses among a training function's results, as heights from 0 to TOP.

    It ends before the first loss that is not finite; empty where fewer than two are left.
    """
    parts = [check.part for check in exercise.checks if check.losses]
    if not parts:
        return ()
    curves = [_losses(value, parts[0]) for value in values]
    return _heights(max(curves, key=len, default=np.empty(0)))


def _rows(got: Array | None, want: Array | None, tolerance: Tolerance) -> tuple[str, ...]:
    if got is None or want is None or got.shape != want.shape or not 1 <= got.ndim <= 2:
        return ()
    grid = np.atleast_2d(is_close(got, want, tolerance))
    if grid.size < 2 or max(grid.shape) > MOST_ROWS:
        return ()
    return tuple("".join("." if right else "x" for right in row) for row in grid)


def _losses(value: Tree, part: Part) -> Array:
    """The losses in one result, up to the first that is not finite; empty where there are none."""
    try:
        found = numbers(part_of(value, part))
    except (LookupError, TypeError):
        found = None
    if found is None or found.ndim != 1:
        return np.empty(0)
    ends = np.flatnonzero(~np.isfinite(found))
    return found[: ends[0]] if ends.size else found


def _heights(losses: Array) -> tuple[int, ...]:
    if losses.size < 2 or not 0 < losses.max() < np.inf:
        return ()
    places = np.unique(np.linspace(0, losses.size - 1, MOST_POINTS).round().astype(int))
    heights = np.clip(losses[places] / losses.max() * TOP, 0, TOP)
    return tuple(int(height) for height in heights.round())
