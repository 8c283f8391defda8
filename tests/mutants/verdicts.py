"""Grade one mutant on every case set: what it loses, and what its mistakes are called."""

import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from autograder.answers import Answers
from autograder.laws import judge
from autograder.records import ExerciseReport
from tests.mutants.mutate import Mutant

SECONDS = 60.0
"""What one mutant may take on all case sets; references take well under one second."""


class OutOfTime(BaseException):
    """Past every `except Exception` on the way up."""


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant: the case sets on which it earned everything, and its names.

    `names`: (check, the different names that it was given on the case sets; "" is none).
    """

    assignment: str
    exercise: str
    change: str
    survived: tuple[int, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    out_of_time: bool = False

    @property
    def named(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The checks in which some mistake was named."""
        return tuple((check, names) for check, names in self.names if any(names))

    @property
    def misnamed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The checks whose name holds on some case sets only: it was a coincidence there."""
        return tuple((check, names) for check, names in self.named if len(names) > 1)


def try_mutant(assignment: str, mutant: Mutant, answered: tuple[Answers, ...]) -> Verdict:
    """Grade a mutant on all the case sets that were answered."""
    exercise = answered[0].exercise
    place = assignment, exercise.name, mutant.change
    function = guarded(mutant.compile_like(exercise.reference))
    try:
        with warnings.catch_warnings(), limited(SECONDS):
            warnings.simplefilter("ignore")
            reports = [judge(answers, function) for answers in answered]
    except OutOfTime:
        return Verdict(*place, survived=(), out_of_time=True)
    survived = [i for i, report in enumerate(reports) if report.score >= report.points]
    return Verdict(*place, tuple(survived), tuple(_names(answered[0], reports)))


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn whatever a mutant raises into something that the judge takes for a raised answer."""

    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            raise ValueError(repr(error)) from error

    return call


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after so many seconds of wall clock."""

    def ring(signum: int, frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _names(
    answers: Answers, reports: list[ExerciseReport]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of each check; one with a judge of its own says what it expects, no name."""
    for i, check in enumerate(answers.exercise.checks):
        if check.accept is None:
            yield check.name, tuple(sorted({report.checks[i].mistake for report in reports}))
