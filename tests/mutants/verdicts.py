"""Grade one mutant on every case set: what it loses, and what its mistakes are called."""

import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from autograder.authoring.laws import judge
from autograder.exercise.answers import Answers
from autograder.judge.slips.mutate import Mutant
from autograder.records import ExerciseReport

FACTS = frozenset(
    ["", "zeros", "constant", "nonfinite", "scaled", "lacking", "as-given", "off-by-a-term",
     "off-by-a-factor"]
)  # fmt: skip
"""Names that only say what is there to be seen; on other inputs there may be something else."""

FACTORS = frozenset({"scaled", "times-2", "half", "times-n", "over-n", "wrong-count"})
"""Names of a factor: the most familiar one that fits is said, so it varies with the sizes."""

SECONDS = 60.0
"""What one mutant may take on all case sets; references take well under one second."""


class OutOfTime(BaseException):
    """Past every `except Exception` on the way up."""


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant: the case sets on which it earned everything, and its names.

    `names`: (check, the different names that it was given on the case sets; "" is none). A `slight`
    one may be right, then on all case sets.
    """

    assignment: str
    exercise: str
    change: str
    survived: tuple[int, ...]
    case_sets: int
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    out_of_time: bool = False
    seconds: float = 0.0
    slight: bool = False

    @property
    def named(self) -> bool:
        """Whether some check named a mistake."""
        return any(any(names) for _, names in self.names)

    @property
    def kept(self) -> bool:
        """Whether it earned everything, and that is not for being right on all case sets."""
        everywhere = len(self.survived) == self.case_sets
        return bool(self.survived) and not (self.slight and everywhere)

    @property
    def misnamed(self) -> tuple[str, ...]:
        """The checks that name a mistake on some case sets only: there it was a coincidence."""
        return tuple(
            f"{check}: {' / '.join(name or 'no name' for name in names)}"
            for check, names in self.names
            if _is_coincidence(names)
        )


def _is_coincidence(names: tuple[str, ...]) -> bool:
    """A claim about the cause holds for a program on all inputs, or it does not hold.

    Two names that fit are said as "a|b"; one of them must fit everywhere.
    """
    claims = [set(name.split("|")) for name in names if name not in FACTS]
    if not claims or set(names) <= FACTORS:
        return False
    return len(claims) < len(names) or not set.intersection(*claims)


def try_mutant(assignment: str, mutant: Mutant, answered: tuple[Answers, ...]) -> Verdict:
    """Grade a mutant on all the case sets that were answered."""
    exercise = answered[0].exercise
    start = time.perf_counter()
    verdict = Verdict(
        assignment, exercise.name, mutant.change, (), len(answered), slight=mutant.slight
    )
    function = guarded(mutant.compile_like(exercise.reference))
    try:
        with warnings.catch_warnings(), limited(SECONDS):
            warnings.simplefilter("ignore")
            reports = [judge(answers, function) for answers in answered]
    except OutOfTime:
        return replace(verdict, out_of_time=True, seconds=SECONDS)
    return replace(
        verdict,
        survived=tuple(i for i, report in enumerate(reports) if report.score >= report.points),
        names=tuple(_names(answered[0], reports)),
        seconds=time.perf_counter() - start,
    )


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
