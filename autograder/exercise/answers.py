"""The answer key: hidden cases with the reference's results, and what each known mistake gives.

Lives in the grader's process and never leaves it; only `Call`s (names and arguments) do.
"""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from autograder.exercise.cases import Case, draw_cases
from autograder.exercise.compare import compare, part_of
from autograder.exercise.given import Asked, asked, wanted
from autograder.exercise.plain_data import Foreign, Named, Tree
from autograder.exercise.spec import Arguments, Check, Exercise, Function, Mistake
from autograder.records import Call

Number = TypeVar("Number", int, float)
RAISED = Foreign("raised")
"""In the place of what a known mistake gives on inputs that it cannot be run on."""
BATCH, RATE = "N", "learning_rate"
"""What the judge calls the axis of the examples and the step size."""
Key = tuple[str, int, int]
"""(exercise, number of the draw, number of the case): names one call."""


@dataclass(frozen=True)
class Answers:
    """One exercise with its cases (`groups[draw][case]`) and the right results (same nesting).

    `case_set` is the number of the case set that these are.
    """

    exercise: Exercise
    groups: tuple[tuple[Case, ...], ...]
    wants: tuple[tuple[Tree, ...], ...]
    case_set: int

    @cached_property
    def mistaken(self) -> dict[str, tuple[tuple[Tree, ...], ...]]:
        """Mistake name → what that wrong program gives on each case. Computed once, when asked."""
        with np.errstate(all="ignore"):  # a wrong program may well overflow
            return {
                mistake.name: _evaluate(_attempt(mistake.function), self.groups)
                for mistake in self.exercise.mistakes
            }

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls that the sandbox is asked to make for this exercise."""
        name = self.exercise.name
        return tuple(Call(name, as_sent(case.arguments), key) for key, case in self.cases.items())

    @property
    def cases(self) -> dict[Key, Case]:
        """Every case by its key, in the order of the calls."""
        return {
            (self.exercise.name, draw, number): case
            for draw, cases in enumerate(self.groups)
            for number, case in enumerate(cases)
        }

    @cached_property
    def rights(self) -> dict[str, list[list[Tree]]]:
        """Check name → what is right, case by case: the reference's part, then other programs'."""
        return {check.name: list(self._rights_of(check)) for check in self.exercise.checks}

    def _rights_of(self, check: Check) -> Iterator[list[Tree]]:
        draw = self.exercise.draw_of(check)
        yield [part_of(want, check.part) for want in self.wants[draw]]
        for other in check.also:
            values = [evaluate(other, case.arguments) for case in self.groups[draw]]
            yield [part_of(value, check.part) for value in values]

    def rights_for(self, check: Check, lines: Callable[[], list[Asked]]) -> list[list[Tree]]:
        """What is right for some results, case by case: for most checks `rights`, for all results.

        A check with `given` wants what follows from the student's own `lines`, as `asked` has them.
        """
        if check.given is None:
            return self.rights[check.name]
        return [[wanted(check.given, one) for one in lines()]]

    def mistaken_for(self, check: Check, results: Sequence[Tree]) -> list[dict[str, Tree]]:
        """What each known mistake gives where a check looks: case by case, by its name."""
        found = [self._mistaken_at(check, i) for i in range(len(results))]
        if check.given is None:
            return found
        for values, one in zip(found, self.asked(check, results), strict=True):
            right = wanted(check.given, one)
            for mistake in self.exercise.mistakes:
                if mistake.given is not None or check.own_inputs is not None:
                    values.pop(mistake.name, None)
                    values.update(_given_by(mistake, check, one, right))
        return found

    def asked(self, check: Check, results: Sequence[Tree]) -> list[Asked]:
        """What `given` is asked with, case by case; with `own_inputs`, raises."""
        draw = self.exercise.draw_of(check)
        cases = zip(results, self.wants[draw], self.groups[draw], strict=True)
        return [asked(check, value, want, case.arguments) for value, want, case in cases]

    def _mistaken_at(self, check: Check, number: int) -> dict[str, Tree]:
        draw = self.exercise.draw_of(check)
        values = {name: groups[draw][number] for name, groups in self.mistaken.items()}
        ran = {name: value for name, value in values.items() if value is not RAISED}
        return {name: part_of(value, check.part) for name, value in ran.items()}

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the function's arguments, as far as every case gives them."""
        count = min(len(case.arguments) for case in self.cases.values())
        return tuple(inspect.signature(self.exercise.reference).parameters)[:count]

    def keys_of(self, check: Check) -> list[Key]:
        """Which calls a check looks at."""
        draw = self.exercise.draw_of(check)
        return [(self.exercise.name, draw, number) for number in range(len(self.groups[draw]))]


def answer(exercise: Exercise, secret: bytes, case_set: int) -> Answers:
    """Draw a case set and let the reference answer it."""
    groups = draw_cases(exercise, secret, case_set)
    return Answers(exercise, groups, _evaluate(exercise.reference, groups), case_set)


def evaluate(function: Function, arguments: Arguments) -> Tree:
    """Call a trusted function on copies of the arguments."""
    return function(*copy.deepcopy(arguments))


def _attempt(function: Function) -> Function:
    """The same, with RAISED for inputs that the wrong program cannot be run on."""

    def attempted(*arguments: Any) -> Tree:
        try:
            return function(*arguments)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            return RAISED

    return attempted


def _given_by(
    mistake: Mistake, check: Check, one: Asked, right: Tree
) -> Iterator[tuple[str, Tree]]:
    """(name, value) of a mistake on the student's own lines, if it shows on them."""
    if mistake.given is not None:
        with suppress(LookupError):  # it says nothing of this part
            value = part_of(wanted(mistake.given, one), check.part)
            if not compare(value, right, check.tolerance).agrees:
                yield mistake.name, value


def as_sent(tree: Any) -> Any:
    """Arguments as they cross: functions by name, for both sides know them."""
    if callable(tree):
        return Named(tree.__name__)
    return tuple(map(as_sent, tree)) if isinstance(tree, tuple) else tree


def lengths_of(exercise: Exercise, case: Case) -> dict[str, int]:
    """Axis lengths as the judge reads them: the batch's as `N`, whatever the record calls it.

    None is called `N` where there are no examples.
    """
    if not exercise.examples:
        return {f"{name}'" if name == BATCH else name: n for name, n in case.sizes.items()}
    return _by_role(case.sizes, exercise.batch, BATCH)


def scalars_of(exercise: Exercise, case: Case) -> dict[str, float]:
    """The scalar arguments by parameter name; the step size as `learning_rate`."""
    names = inspect.signature(exercise.reference).parameters
    scalars = {
        name: float(value)
        for name, value in zip(names, case.arguments, strict=False)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    return _by_role(scalars, exercise.rate, RATE)


def _by_role(values: Mapping[str, Number], name: str, role: str) -> dict[str, Number]:
    """Values by name; the one called `name` under its role, which no other may bear."""
    if name == role:
        return dict(values)
    roles = {name: role, role: f"{role}'"}
    return {roles.get(other, other): value for other, value in values.items()}


def _evaluate(
    function: Function, groups: tuple[tuple[Case, ...], ...]
) -> tuple[tuple[Tree, ...], ...]:
    return tuple(tuple(evaluate(function, case.arguments) for case in cases) for cases in groups)
