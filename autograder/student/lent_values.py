"""What a right answer asks of the earlier functions, on the public cases: lent to students' own.

With these `check` tells a function that is wrong from one that only uses a wrong function. They are
values, as the expected results beside them are; no program is handed out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.exercise.answers import evaluate
from autograder.exercise.cases import Case
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Exercise, Function

MOST_CALLS = 60
"""An exercise that asks more often is a loop over many steps: its check waits instead."""

Call = tuple[str, tuple[Tree, ...], Tree]
"""The name of an earlier function, its arguments, its value."""


def lent_values(exercise: Exercise, cases: list[Case]) -> list[Call]:
    """Every call of an earlier function on these cases, each once; none where there are many."""
    made: list[Call] = []
    if not exercise.trains:
        with _watched(exercise, made):
            for case in cases:
                evaluate(exercise.reference, case.arguments)
    distinct = {repr(call): call for call in made[: MOST_CALLS + 1]}
    return [*distinct.values()] if len(made) <= MOST_CALLS else []


@contextmanager
def _watched(exercise: Exercise, made: list[Call]) -> Iterator[None]:
    """Note each call of an earlier function, by the reference or by what it calls."""
    scope = exercise.reference.__globals__
    own = {name: scope[name] for name in exercise.calls if name in scope}
    scope.update({name: _noting(name, function, made) for name, function in own.items()})
    try:
        yield
    finally:
        scope.update(own)


def _noting(name: str, function: Function, made: list[Call]) -> Function:
    def call(*arguments: Any) -> Any:
        value = function(*arguments)
        if len(made) <= MOST_CALLS:
            made.append((name, arguments, value))
        return value

    return call
