"""What went wrong? A mistake is recognised by its numbers, and named only where it explains all.

First the exercise's own mistakes, then rules that hold for any gradient, then the plain facts; what
these leave unexplained is looked up among the slips (unexplained.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.exercise.compare import (
    FORMULA,
    LABEL,
    Comparison,
    Tolerance,
    compare,
    leaves,
    numbers,
)
from autograder.exercise.describe import contrast, describe
from autograder.exercise.facts import Fact, FactKind
from autograder.exercise.plain_data import Tree
from autograder.judge.reading import mask
from autograder.judge.rules import RULES, Pair

NO_PLACES: Mapping[str, str] = {}
ORIENTATIONS = frozenset({"extra-axis", "missing-axis"})
"""Rules whose words tell the wanted shape."""


@dataclass(frozen=True)
class Seen:
    """What one case showed: `got` is wrong, or right on this case and wrong on another.

    `sizes` are the axis lengths of the case, `scalars` its scalar arguments by parameter name,
    `mistakes` what each known wrong program gives here, `tolerance` how closely it is compared.
    """

    got: Tree
    want: Tree
    comparison: Comparison
    sizes: Mapping[str, int]
    scalars: Mapping[str, float]
    mistakes: Mapping[str, Tree]
    tolerance: Tolerance = FORMULA


@dataclass(frozen=True)
class Diagnosis:
    """The finding: what is wrong and where; the mistake's slug, "a|b" where two fit; its sentence.

    `orientation`: on every case the numbers are right, with an axis of length 1 too many or few.
    """

    fact: Fact
    mistake: str = ""
    nudge: str = ""
    orientation: bool = False


def diagnose(
    label: str,
    seen: Sequence[Seen],
    sentences: Mapping[str, str],
    elsewhere: Sequence[Seen] = (),
    asks_shapes: bool = False,
    places: Mapping[str, str] = NO_PLACES,
) -> Diagnosis:
    """Name the mistake behind a check that failed; `label` is what was checked (`dW`).

    `places` are the names of its parts: they are spoken of by these.

    `elsewhere` are the cases of other checks of the same part: a program with a mistake has it
    there, too, so a name that does not fit there was a coincidence. `asks_shapes`: the shape is
    the question, so nothing tells the wanted one. Of a LABEL no factor and no sign is spoken.
    """
    wrong = next(case for case in seen if not case.comparison.agrees)
    fact = state_fact(place_name(label, wrong.comparison.where, places), wrong)
    if asks_shapes:
        fact = hide_shape(fact, label, wrong)
    names = [
        name for name in sentences if _is_mistake(name, seen) and _is_possible(name, elsewhere)
    ]
    if names:
        words = " Or: ".join(sentences[name] for name in names)
        return Diagnosis(fact, "|".join(names), words, _is_orientation(seen))
    names_only = seen[0].tolerance.name == LABEL.name
    if names_only or (asks_shapes and type(wrong.want) is dict):
        return Diagnosis(fact, orientation=_is_orientation(seen))
    slug, words = _rule(seen, elsewhere, wrong.comparison.where)
    told = "The numbers are right." if asks_shapes and slug in ORIENTATIONS else words
    return Diagnosis(fact, slug, told, _is_orientation(seen))


def place_name(label: str, where: str, places: Mapping[str, str]) -> str:
    """What the part at `where` is called: by its own name, or by its place in what has one."""
    named = max((place for place in places if where.startswith(place)), key=len, default="")
    return places.get(named, label) + where[len(named) :]


def state_fact(label: str, seen: Seen) -> Fact:
    """What is wrong and where, without the right value."""
    found = seen.comparison
    if found.problem == "none":
        return Fact("none", label)
    if found.problem in ("foreign", "structure", "dtype"):
        got, want = next(
            (got, want) for at, got, want in leaves(seen.got, seen.want) if at == found.where
        )
        returned, wanted = contrast(got, want)
        return Fact("structure", label, mask(returned), wanted)
    if found.problem in ("shape", "orientation"):
        return Fact("shape", label, mask(str(found.got_shape)), str(found.want_shape))
    kind: FactKind = "nonfinite" if found.problem == "nonfinite" else "values"
    return Fact(kind, label, wrong=found.wrong, total=found.total, worst=found.worst or ())


def hide_shape(fact: Fact, label: str, seen: Seen) -> Fact:
    """The same finding without what is wanted; of a dict of shapes, the first key that is wrong."""
    if type(seen.got) is dict and type(seen.want) is dict:
        key = next(iter(wrong_keys(seen.got, seen.want)), label)
        shape = seen.got.get(key)
        is_one = isinstance(shape, tuple | list) and all(map(np.isscalar, shape))
        told = str(shape) if is_one else describe(shape)
        return Fact("shape" if is_one else "structure", key, mask(told))
    return replace(fact, want="") if fact.kind in ("shape", "structure") else fact


def wrong_keys(got: Mapping[str, Tree], want: Mapping[str, Tree]) -> list[str]:
    """The keys of a dict of shapes under which something else stands."""
    return [key for key in want if not compare(got.get(key), want[key]).agrees]


def _rule(seen: Sequence[Seen], elsewhere: Sequence[Seen], where: str) -> tuple[str, str]:
    """(slug, sentence) of the first rule that fits wherever the part is wrong.

    One that fits here alone is said where several cases show it, or where the rest is right.
    """
    others = [case for case in elsewhere if not case.comparison.agrees]
    for cases in ([*seen, *others], seen if len(seen) > 1 else ()):
        pairs = _pairs(cases, where)
        for slug, rule in RULES.items():
            if pairs and (words := rule(pairs)):
                return slug, words
    return "", ""


def _is_orientation(seen: Sequence[Seen]) -> bool:
    return {case.comparison.problem for case in seen} <= {"", "orientation"}


def _is_mistake(name: str, seen: Sequence[Seen]) -> bool:
    return all(
        name in case.mistakes and compare(case.got, case.mistakes[name], case.tolerance).agrees
        for case in seen
    )


def _is_possible(name: str, elsewhere: Sequence[Seen]) -> bool:
    """Whether other checks contradict no mistake; where it does not show, they are right."""
    return all(
        compare(case.got, case.mistakes[name], case.tolerance).agrees
        if name in case.mistakes
        else case.comparison.agrees
        for case in elsewhere
    )


def _pairs(seen: Sequence[Seen], where: str) -> list[Pair]:
    """The part at `where` in every case, or nothing where one is not an array with numbers in it.

    Of an empty one every rule about all of its numbers would be true.
    """
    pairs = []
    for case in seen:
        for path, got, want in leaves(case.got, case.want):
            left, right = numbers(got), numbers(want)
            if path == where and left is not None and right is not None and left.size:
                whole = isinstance(got, np.ndarray) and got.ndim > 0 and got.dtype.kind in "iu"
                pairs.append(Pair(left, right, whole, case.sizes, case.scalars, case.tolerance))
    return pairs if len(pairs) == len(seen) else []
