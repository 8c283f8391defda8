"""How a wrong result lies to the right one, where no mistake explains it: true of every program.

What an argument makes the difference of is named: a factor or a term too many or too few, or an
argument that came back as it was given. All else is a fact, and has no name: one example for all,
a factor for each row, only the signs, only where an argument is negative.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.answers import Answers, lengths_of
from autograder.exercise.compare import Array, Tolerance, is_close, leaves, numbers, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check

LEAST_VALUES = 3
"""So many numbers at least must fit before a relation is no coincidence."""


@dataclass(frozen=True)
class Pairing:
    """One case: what came back, what was asked for, the arguments that are numbers, the lengths."""

    got: Array
    want: Array
    given: Mapping[str, Array]
    sizes: Mapping[str, int]
    tolerance: Tolerance

    def agree(self, one: Array, other: Array) -> bool:
        """Whether two arrays are the same; what is not finite agrees with nothing."""
        same = one.shape == other.shape and bool(np.isfinite([one, other]).all())
        return same and bool(is_close(one, other, self.tolerance).all())

    @cached_property
    def wrong(self) -> NDArray[np.bool_]:
        """Which entries are wrong."""
        return ~is_close(self.got, self.want, self.tolerance)

    def argument(self, name: str) -> Array | None:
        """An argument in the shape of the result; None where it has none, or is no number here."""
        if name not in self.given:
            return None
        try:
            return np.broadcast_to(self.given[name], self.want.shape).astype(float)
        except ValueError:
            return None


Pairings = Sequence[Pairing]
Told = tuple[str, str]
"""(the name, empty for a fact; the sentence)."""
Relation = Callable[[Pairing, Array], bool]
Fact = Callable[[Pairings], str]


def likeness(answers: Answers, check: Check, results: Sequence[Tree]) -> Told | None:
    """What can be said of a check's wrong results, where each is an array of the right shape."""
    pairs = _pairings(answers, check, results)
    if not pairs:
        return None
    with np.errstate(all="ignore"):
        if told := _by_an_argument(pairs):
            return told
        return next((("", words) for fact in FACTS if (words := fact(pairs))), None)


def _pairings(answers: Answers, check: Check, results: Sequence[Tree]) -> list[Pairing]:
    """The arrays of all cases; of several in one result, those that are wrong."""
    found = []
    cases = answers.groups[answers.exercise.draw_of(check)]
    rights = answers.rights_for(check, lambda: answers.asked(check, results))[0]
    for result, right, case in zip(results, rights, cases, strict=True):
        arguments = dict(zip(answers.parameters, case.arguments, strict=False))
        sizes = lengths_of(answers.exercise, case)
        for path, value, wanted in leaves(part_of(result, check.part), right):
            got, want = numbers(value), numbers(wanted)
            if got is None or want is None or got.shape != want.shape or not np.isfinite(got).all():
                return []
            one = Pairing(got, want, _given(arguments, path), sizes, check.tolerance)
            if not path or one.wrong.any():
                found.append(one)
    return found


def _given(arguments: Mapping[str, Tree], path: str) -> dict[str, Array]:
    """The arguments that are numbers; of lists of arrays, those at the same place."""
    found = {}
    for name, value in arguments.items():
        here = value
        if path and type(value) in (list, tuple):
            here = next((part for where, part, _ in leaves(value, value) if where == path), None)
        if (array := numbers(here)) is not None:
            found[name] = array
    return found


def _by_an_argument(pairs: Pairings) -> Told | None:
    """A relation that holds on every case, of an argument that is not the same everywhere."""
    for name, values in _arguments(pairs):
        if len({x for value in values for x in value.flat}) < LEAST_VALUES:
            continue
        for slug, fits, words in RELATIONS:
            if all(fits(pair, value) for pair, value in zip(pairs, values, strict=True)):
                return slug, words.format(name=name)
    return None


def _arguments(pairs: Pairings) -> Iterator[tuple[str, list[Array]]]:
    """The arguments that are numbers on every case, in the shape of the result."""
    for name in pairs[0].given:
        values = [value for pair in pairs if (value := pair.argument(name)) is not None]
        if len(values) == len(pairs):
            yield name, values


RELATIONS: tuple[tuple[str, Relation, str], ...] = (
    (
        "as-given",
        lambda pair, x: pair.agree(pair.got, x),
        "This is `{name}` as it was given: what has to be done with it?",
    ),
    (
        "off-by-a-term",
        lambda pair, x: pair.agree(pair.got, pair.want + x) or pair.agree(pair.got, pair.want - x),
        "It is right but for `{name}`, which is added or subtracted once too often or too seldom.",
    ),
    (
        "off-by-a-term",
        lambda pair, x: (
            pair.agree(pair.got, pair.want + _multiple(pair.got - pair.want, x))
            and not pair.agree(pair.want, _multiple(pair.want, x))
        ),
        "It is right but for a multiple of `{name}`: is that term missing, or there too often?",
    ),
    (
        "off-by-a-factor",
        lambda pair, x: bool(x.all()) and pair.agree(pair.got, pair.want * x),
        "It is right but for one factor too many: `{name}` multiplies it once more.",
    ),
    (
        "off-by-a-factor",
        lambda pair, x: bool(x.all()) and pair.agree(pair.got * x, pair.want),
        "It is right but for one factor that is missing. Which argument is used too seldom?",
    ),
)


def _multiple(array: Array, x: Array) -> Array:
    """The multiple of x that is nearest to an array; where any would be near, none is."""
    if x.size < LEAST_VALUES:
        return np.full_like(x, np.nan)
    return x * float(np.sum(array * x) / max(float(np.sum(x * x)), 1e-300))


def _one_example_for_all(pairs: Pairings) -> str:
    several = [pair for pair in pairs if _batch_axis(pair) is not None]
    same = [_is_same_along(pair.got, _batch_axis(pair)) for pair in several]
    if not several or not all(same) or _is_same_along(several[0].want, _batch_axis(several[0])):
        return ""
    return "Every example gets the same result, and each has data of its own."


def _batch_axis(pair: Pairing) -> int | None:
    """The axis of the examples; None where there is none, or one example only."""
    count = pair.sizes.get("N", 1)
    return pair.want.shape.index(count) if count > 1 and count in pair.want.shape else None


def _is_same_along(array: Array, axis: int | None) -> bool:
    assert axis is not None
    return bool((array == array.take([0], axis=axis)).all())


def _signs_alone(pairs: Pairings) -> str:
    sizes = all(pair.agree(np.abs(pair.got), np.abs(pair.want)) for pair in pairs)
    return "The sizes are right; some of the signs are not." if sizes else ""


def _zero_where_wrong(pairs: Pairings) -> str:
    empty = all((pair.got[pair.wrong] == 0).all() for pair in pairs)
    return "All that is wrong in it is 0: which entries are never filled in?" if empty else ""


def _right_for_one_example(pairs: Pairings) -> str:
    if len({pair.sizes.get("N", 1) == 1 for pair in pairs}) < 2:
        return ""
    alike = all(pair.wrong.any() == (pair.sizes.get("N", 1) > 1) for pair in pairs)
    words = "For a batch of one example it is right. What is to happen to several?"
    return words if alike else ""


def _where_an_argument_is(pairs: Pairings) -> str:
    """Which sort of entries is wrong, where there are others."""
    if all(pair.wrong.all() for pair in pairs):
        return ""
    for name, values in _arguments(pairs):
        for words, test in PLACES.items():
            fits = (pair.wrong == test(value) for pair, value in zip(pairs, values, strict=True))
            if all(bool(fit.all()) for fit in fits):
                return f"It is wrong exactly where `{name}` is {words}."
    return ""


PLACES: dict[str, Callable[[Array], NDArray[np.bool_]]] = {
    "negative": lambda x: x < 0,
    "positive": lambda x: x > 0,
    "0": lambda x: x == 0,
    "1": lambda x: x == 1,
}


def _factors(pairs: Pairings) -> str:
    """Right but for one factor in each case, or in each row, or in each column."""
    for axis, words in AXES.items():
        if _holds_along(pairs, axis, _is_multiple):
            return f"It is right but for a factor, another one in each {words}."
    return ""


def _offsets(pairs: Pairings) -> str:
    """Right but for something added, the same in each case, or in each row or column."""
    for axis, words in AXES.items():
        if _holds_along(pairs, axis, _is_shifted):
            return f"It is right but for something added, another number in each {words}."
    return ""


def _holds_along(
    pairs: Pairings, axis: int | None, holds: Callable[[Pairing, int | None], bool]
) -> bool:
    """Whether it holds where the axis is long enough to show it, and there is more than one row."""
    if axis is not None and any(pair.want.ndim != 2 for pair in pairs):
        return False
    long = [pair for pair in pairs if _length(pair.want, axis) >= LEAST_ALONG]
    several = any(axis is None or min(pair.want.shape) > 1 for pair in long)
    return several and all(holds(pair, axis) for pair in long)


def _length(array: Array, axis: int | None) -> int:
    return array.size if axis is None else array.shape[axis]


AXES: dict[int | None, str] = {
    None: "case: which number of the data is in it too much, or missing?",
    1: "row: what belongs to a row?",
    0: "column: what belongs to a column?",
}
LEAST_ALONG = 3
"""So long an axis at least shows that what is along it is the same."""


def _is_multiple(pair: Pairing, axis: int | None) -> bool:
    squares = np.sum(pair.want**2, axis=axis, keepdims=True)
    products = np.sum(pair.got * pair.want, axis=axis, keepdims=True)
    return pair.agree(pair.got, pair.want * (products / np.where(squares == 0, 1, squares)))


def _is_shifted(pair: Pairing, axis: int | None) -> bool:
    typical = np.median(pair.got - pair.want, axis=axis, keepdims=True)
    return pair.agree(pair.got, pair.want + typical)


def _one_sided(pairs: Pairings) -> str:
    """Single numbers, all of them too large, or too small."""
    if any(pair.want.size > 1 for pair in pairs):
        return ""
    sides = {float(np.sign(pair.got - pair.want).item()) for pair in pairs}
    words = {1.0: "large", -1.0: "small"}.get(sides.pop(), "") if len(sides) == 1 else ""
    return f"It is too {words} in every case." if words else ""


# The first that holds is said.
FACTS: tuple[Fact, ...] = (
    _one_example_for_all,
    _signs_alone,
    _zero_where_wrong,
    _where_an_argument_is,
    _right_for_one_example,
    _factors,
    _offsets,
    _one_sided,
)
