"""Does a result agree on every case? The grader and the desk ask here.

Results in float32 are compared a thousand times more kindly. That is more than lies between a
right program and some wrong ones, so kindness ends where a known mistake is nearer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from autograder.exercise.compare import (
    SINGLE,
    Comparison,
    Tolerance,
    compare,
    leaves,
    numbers,
    widened,
)
from autograder.exercise.plain_data import Tree

Mistaken = Callable[[], Sequence[Mapping[str, Tree]]]
"""What known wrong programs give, by their names, case by case; asked for only where it matters."""


def compare_rights(
    got: Sequence[Tree],
    rights: Sequence[Sequence[Tree]],
    mistaken: Mistaken,
    tolerance: Tolerance,
) -> tuple[Sequence[Tree], list[Comparison]]:
    """Compare a check's results, case by case, with each of the right ones until they agree.

    Returns the right results that the comparisons were made with: where none agree, the first.
    """
    found = [_compare_kindly(got, want, mistaken, tolerance) for want in rights]
    best = next((i for i, comparisons in enumerate(found) if _agree(comparisons)), 0)
    return rights[best], found[best]


def _compare_kindly(
    got: Sequence[Tree],
    want: Sequence[Tree],
    mistaken: Mistaken,
    tolerance: Tolerance,
) -> list[Comparison]:
    found = _compare(got, want, tolerance)
    kind = any(comparison.notes for comparison in found)
    near = all(comparison.problem in ("", "orientation") for comparison in found)
    if kind and near and _is_mistaken(got, want, mistaken(), tolerance):
        return _compare([widened(value) for value in got], want, tolerance)
    return found


def _is_mistaken(
    got: Sequence[Tree],
    want: Sequence[Tree],
    mistakes: Sequence[Mapping[str, Tree]],
    tolerance: Tolerance,
) -> bool:
    """Whether these results lie nearer to those of a mistake, told apart from the right ones."""
    off = _distance(got, want)
    known = [name for name in mistakes[0] if all(name in case for case in mistakes)]
    programs = ([case[name] for case in mistakes] for name in known)
    return any(
        _distance(got, wrong) < off
        for wrong in programs
        if not _agree(_compare(wrong, want, tolerance))
    )


def _compare(got: Sequence[Tree], want: Sequence[Tree], tolerance: Tolerance) -> list[Comparison]:
    return [compare(value, right, tolerance) for value, right in zip(got, want, strict=True)]


def _agree(comparisons: Iterable[Comparison]) -> bool:
    return all(comparison.agrees for comparison in comparisons)


def _distance(got: Sequence[Tree], want: Sequence[Tree]) -> float:
    """How far results lie apart at most, counted in tolerances of float32."""
    return max(
        _leaf_distance(part, right)
        for value, other in zip(got, want, strict=True)
        for _, part, right in leaves(value, other)
    )


def _leaf_distance(got: Tree, want: Tree) -> float:
    left, right = numbers(got), numbers(want)
    if left is None or right is None or left.size != right.size:
        return np.inf
    left = left.reshape(right.shape)
    with np.errstate(all="ignore"):
        distance = np.abs(left - right) / (SINGLE.atol + SINGLE.rtol * np.abs(right))
    same = (left == right) | (np.isnan(left) & np.isnan(right))
    return float(np.nan_to_num(np.where(same, 0, distance), nan=np.inf).max(initial=0))
