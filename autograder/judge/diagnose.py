"""What went wrong? A mistake is recognised by its numbers, and named only where it explains all.

First the exercise's own mistakes, then rules that hold for any gradient, then the plain facts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.exercise.compare import Comparison, Tolerance, compare, describe, leaves, numbers
from autograder.exercise.tree import Tree
from autograder.judge.rules import RULES, Pair


@dataclass(frozen=True)
class Seen:
    """What one case showed: `got` is wrong, or right on this case and wrong on another.

    `sizes` are the axis lengths of the case, `scalars` its scalar arguments by parameter name,
    `mistakes` what each known wrong program gives here.
    """

    got: Tree
    want: Tree
    comparison: Comparison
    sizes: Mapping[str, int]
    scalars: Mapping[str, float]
    mistakes: Mapping[str, Tree]


@dataclass(frozen=True)
class Diagnosis:
    """The finding, in words for the student; `mistake` is its slug, "a|b" where two fit.

    `orientation`: on every case the numbers are right, with an axis of length 1 too many or few.
    """

    feedback: str
    mistake: str = ""
    orientation: bool = False


def diagnose(
    label: str, seen: Sequence[Seen], sentences: Mapping[str, str], tolerance: Tolerance
) -> Diagnosis:
    """Name the mistake behind a check that failed; `label` is what was checked (`dW`)."""
    wrong = next(case for case in seen if not case.comparison.agrees)
    fact = state_fact(label + wrong.comparison.where, wrong)
    names = [name for name in sentences if _is_mistake(name, seen, tolerance)]
    if names:
        words = " Or: ".join(sentences[name] for name in names)
        return Diagnosis(f"{fact} {words}", "|".join(names), _is_orientation(seen))
    pairs = _pairs(seen, wrong.comparison.where, tolerance)
    for slug, rule in RULES.items():
        if pairs and (words := rule(pairs)):
            return Diagnosis(f"{fact} {words}", slug, _is_orientation(seen))
    return Diagnosis(fact, "", _is_orientation(seen))


def state_fact(label: str, seen: Seen) -> str:
    """Say what is wrong and where, without the right value."""
    found = seen.comparison
    if found.problem == "none":
        return f"{label}: None came back. Is there a return in the function?"
    if found.problem in ("foreign", "structure", "dtype"):
        return f"{label}: expected {describe(seen.want)}, got {describe(seen.got)}."
    if found.problem in ("shape", "orientation"):
        like = re.fullmatch(r"d([A-Z]\w*|[abwxyz](\d+|_\w+)?)", label)
        owner = f"the shape of {like[1]}, " if like else "the shape "
        return f"{label} must have {owner}{found.want_shape}; you returned {found.got_shape}."
    kind = "nan or infinite" if found.problem == "nonfinite" else "wrong"
    if found.total == 1:
        return f"{label} is {kind}."
    verb = "is" if found.wrong == 1 else "are"
    worst = ", ".join(map(str, found.worst or ()))
    which = "one at" if found.problem == "nonfinite" else "the worst at"
    return f"{label}: {found.wrong} of {found.total} entries {verb} {kind}, {which} [{worst}]."


def _is_orientation(seen: Sequence[Seen]) -> bool:
    return {case.comparison.problem for case in seen} <= {"", "orientation"}


def _is_mistake(name: str, seen: Sequence[Seen], tolerance: Tolerance) -> bool:
    return all(
        name in case.mistakes and compare(case.got, case.mistakes[name], tolerance).agrees
        for case in seen
    )


def _pairs(seen: Sequence[Seen], where: str, tolerance: Tolerance) -> list[Pair]:
    """The part at `where` in every case, or nothing where one of them is no array of numbers."""
    pairs = []
    for case in seen:
        for path, got, want in leaves(case.got, case.want):
            left, right = numbers(got), numbers(want)
            if path == where and left is not None and right is not None:
                whole = isinstance(got, np.ndarray) and got.ndim > 0 and got.dtype.kind in "iu"
                pairs.append(Pair(left, right, whole, case.sizes, case.scalars, tolerance))
    return pairs if len(pairs) == len(seen) else []
