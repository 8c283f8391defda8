"""The rows of a bank: what each slip gives on every case set, and which laws it keeps.

A row is one check of one slip. It stays where it is wrong on all case sets, and where it gives
the same values as the same other rows on all of them: anything else is a coincidence of inputs.
Where a slip raises an error on a case set, there is nothing to look up.
"""

import copy
import signal
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise.answers import Answers, evaluate
from autograder.exercise.compare import part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.slips.bank import compared
from autograder.judge.slips.fingerprints import SHADOWS, Fingerprint, fingerprint
from autograder.judge.slips.grow import Slip
from autograder.judge.slips.look_up import MOST_NAMES, NONE, OTHER, RIGHT, Rows
from autograder.judge.slips.reached import changed_lines, lines_run

SECONDS = 2.0
"""What one slip may take for a case set, of processor time: a busy machine changes no row."""
NOTHING = np.zeros(SHADOWS)

Marks = list[Fingerprint | None]
"""The fingerprint of each check; None where there is no row."""


class OutOfTime(BaseException):
    """Past every `except Exception` on the way up."""


def rows_of(slips: Iterable[Slip], keys: Sequence[Answers]) -> Rows:
    """Run the slips on all case sets, the answers `keys`, and keep what the laws allow."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        reached = _Reached(keys)
        tried = [_Tried(slip, keys[0], reached) for slip in slips]
        kept = list(_distinct([one for one in tried if any(one.first)], _rights(keys[0])))
        marks = [[one.first, *one.marks(keys[1:])] for one in kept]
        return _table([one.slip for one in kept], marks, [_rights(key) for key in keys])


class _Reached:
    """Which draws run the lines that a slip changes; on the others, it gives what is right."""

    def __init__(self, keys: Sequence[Answers]) -> None:
        self._rights = {key.case_set: [marks[0] for marks in _rights(key)] for key in keys}
        self._lines: dict[tuple[str, str, int], list[frozenset[int]]] = {}

    def draws(self, slip: Slip, key: Answers) -> set[int]:
        """The draws on which a slip may show."""
        every = range(len(key.groups))
        if not slip.before:
            return set(every)
        known = (slip.inside, slip.before, key.case_set)
        if known not in self._lines:
            self._lines[known] = [_lines_of(slip, key, draw) for draw in every]
        changed = changed_lines(slip.before, slip.source)
        return {draw for draw in every if changed & self._lines[known][draw]}

    def right(self, key: Answers) -> Marks:
        """The fingerprints of the reference's values, check by check."""
        return self._rights[key.case_set]


def _lines_of(slip: Slip, key: Answers, draw: int) -> frozenset[int]:
    """The lines of the function before the edit that run on the cases of one draw."""
    unedited = replace(slip, source=slip.before)
    program = unedited.program(key.exercise.reference)

    def run() -> None:
        for case in key.groups[draw]:
            evaluate(program, case.arguments)

    return lines_run(slip.filename, run)


class _Tried:
    """A slip, compiled once, with its fingerprints on the first case set."""

    def __init__(self, slip: Slip, key: Answers, reached: _Reached) -> None:
        self.slip, self._reached = slip, reached
        try:
            self._program = slip.program(key.exercise.reference)
        except SyntaxError:  # a break that slipped out of its loop
            self.first: Marks = [None for _ in compared(key)]
        else:
            (self.first,) = self.marks([key])

    def marks(self, keys: Sequence[Answers]) -> list[Marks]:
        """The fingerprints on each case set; checks on which it fails, or takes long, have none."""
        found: list[Marks] = [[None for _ in compared(key)] for key in keys]
        with suppress(OutOfTime), limited(SECONDS * len(keys)):
            for place, key in enumerate(keys):
                draws = self._reached.draws(self.slip, key)
                found[place] = _prints(key, self._value(key), draws, self._reached.right(key))
        return found

    def _value(self, key: Answers) -> Callable[[int, int], Tree]:
        def value(draw: int, case: int) -> Tree:
            arguments = key.groups[draw][case].arguments
            return self._program(*map(_copied, arguments))

        return value


def _copied(argument: Tree) -> Tree:
    """A copy, faster than deepcopy where it is an array."""
    return argument.copy() if type(argument) is np.ndarray else copy.deepcopy(argument)


def _rights(key: Answers) -> list[Marks]:
    """The fingerprints of what is right, check by check: one for each right result."""
    return [
        [fingerprint(right, rights[0], check.tolerance) for right in rights]
        for check in compared(key)
        for rights in [key.rights[check.name]]
    ]


def _prints(
    key: Answers, value: Callable[[int, int], Tree], draws: Collection[int], right: Marks
) -> Marks:
    """Fingerprints of every check; each of the `draws` is evaluated once, the others are right."""
    checks = compared(key)
    found: dict[int, list[Tree] | None] = {}
    for draw in {key.exercise.draw_of(check) for check in checks}.intersection(draws):
        try:
            found[draw] = [value(draw, case) for case in range(len(key.groups[draw]))]
        except Exception:
            found[draw] = None
    return [
        _print(check, key, found[draw]) if (draw := key.exercise.draw_of(check)) in found else mark
        for check, mark in zip(checks, right, strict=True)
    ]


def _print(check: Check, key: Answers, values: list[Tree] | None) -> Fingerprint | None:
    """The fingerprint of what a check looks at in the results; None where that is not there."""
    if values is None:
        return None
    try:
        parts = [part_of(value, check.part) for value in values]
        return fingerprint(parts, key.rights[check.name][0], check.tolerance)
    except (LookupError, TypeError, ValueError):
        return None


def same(one: Fingerprint | None, other: Fingerprint | None) -> bool:
    """Whether two values agree."""
    if one is None or other is None:
        return one is other
    return one.form == other.form and bool((np.abs(one.shadows - other.shadows) <= one.slack).all())


def _distinct(tried: list[_Tried], rights: list[Marks]) -> Iterator[_Tried]:
    """Wrong slips: of each value the one said first, and none that too many sentences fit."""
    groups: dict[Any, dict[tuple[str, str], _Tried]] = defaultdict(dict)
    for one in tried:
        pairs = zip(one.first, rights, strict=True)
        if not all(mark is None or _is_right(mark, right) for mark, right in pairs):
            rough = tuple(mark and (mark.form, *map(_rough, mark.shadows)) for mark in one.first)
            groups[rough].setdefault((one.slip.name, one.slip.words), one)
    for group in groups.values():
        if len(group) <= MOST_NAMES:
            yield min(group.values(), key=lambda one: one.slip.rank)


def _rough(number: float) -> str:
    return f"{number:.6e}"


def _table(kept: list[Slip], marks: list[list[Marks]], rights: list[list[Marks]]) -> Rows:
    groups = np.full((len(kept), len(rights[0])), NONE, np.int32)
    places: list[tuple[int, int]] = []
    for check in range(len(rights[0])):
        mine = [[of_set[check] for of_set in of_slip] for of_slip in marks]
        right = [of_set[check] for of_set in rights]
        wrong = [i for i, prints in enumerate(mine) if _is_wrong(prints, right)]
        for i, prints in enumerate(mine):
            groups[i, check] = _known(prints, right)
        for members in _together({i: mine[i] for i in wrong}):
            places.append((members[0], check))
            groups[members, check] = len(places)
    chosen = [[of_set[check] for of_set in marks[slip]] for slip, check in places]
    return Rows(
        said=tuple((slip.name, slip.words, slip.rank) for slip in kept),
        groups=groups,
        checks=np.array([check for _, check in places], np.int32),
        forms=np.array([[p.form if p else 0 for p in row] for row in chosen], np.uint64).reshape(
            len(places), len(rights)
        ),
        shadows=np.array(
            [[p.shadows if p else NOTHING for p in row] for row in chosen], float
        ).reshape(len(places), len(rights), SHADOWS),
    )


def _known(prints: Marks, rights: list[Marks]) -> int:
    """RIGHT or OTHER where it is so on every case set; else NONE."""
    found = {
        NONE if mark is None else RIGHT if _is_right(mark, right) else OTHER
        for mark, right in zip(prints, rights, strict=True)
    }
    return found.pop() if len(found) == 1 else NONE


def _is_right(mark: Fingerprint | None, rights: Marks) -> bool:
    """Whether a value agrees with one of those that are right."""
    return mark is not None and any(same(mark, right) for right in rights)


def _is_wrong(prints: Marks, rights: list[Marks]) -> bool:
    """Wrong on every case set, an error on some, and not the same number everywhere."""
    return any(prints) and all(
        mark is None or (not mark.constant and not _is_right(mark, right))
        for mark, right in zip(prints, rights, strict=True)
    )


def _together(rows: dict[int, Marks]) -> Iterator[list[int]]:
    """Rows that give the same values on every case set; without those that do so on some only."""
    labels = {i: [NONE] * len(prints) for i, prints in rows.items()}
    sets = len(next(iter(rows.values()), ()))
    for number in range(sets):
        for label, members in enumerate(_alike({i: rows[i][number] for i in rows})):
            for i in members:
                labels[i][number] = label
    classes: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, of_row in labels.items():
        classes[tuple(of_row)].append(i)
    taken: list[set[int]] = [set() for _ in range(sets)]
    for of_class in sorted(classes, key=lambda one: (-len(classes[one]), classes[one])):
        known = [(held, one) for held, one in zip(taken, of_class, strict=True) if one != NONE]
        if not any(one in held for held, one in known):
            yield classes[of_class]
            for held, one in known:
                held.add(one)


def _alike(prints: dict[int, Fingerprint | None]) -> Iterator[list[int]]:
    """Groups of equal fingerprints; neighbours in order of the first shadow are compared."""
    ordered = sorted(
        ((p.form, float(p.shadows[0]), i) for i, p in prints.items() if p is not None),
    )
    group: list[int] = []
    for _, _, i in ordered:
        if group and not same(prints[group[-1]], prints[i]):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after so many seconds of processor time; main thread only."""

    def ring(signum: int, frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
