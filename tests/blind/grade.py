"""Grade the programs in this process, and say of each what the student would be told."""

import hashlib
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from autograder.authoring.rehearsal import judge
from autograder.course import course_root
from autograder.exercise.answers import Answers, answer
from autograder.exercise.cases import case_set_of
from autograder.exercise.load import load_assignment
from autograder.judge.slips.banks import Banks
from autograder.judge.slips.slip_rows import OutOfTime, limited
from autograder.judge.unexplained import Namer
from autograder.records import CheckReport
from autograder.sandbox.inside.wire import decode, encode
from tests.blind.cases import BlindCase, CellError, program
from tests.mutants.verdicts import guarded

SECRET = b"blind"
SECONDS = 60.0
"""Of this process: making a bank, in another one, does not count."""


@dataclass(frozen=True)
class Told:
    """One program, whether it earned everything, and its failed checks."""

    case: BlindCase
    passed: bool
    lost: tuple[CheckReport, ...] = ()

    @property
    def formed(self) -> bool:
        """Something of the right form came back: where not, the fact is the help."""
        kinds = {check.fact.kind for check in self.lost if check.fact}
        return bool(self.lost) and kinds <= {"values", "nonfinite"}

    @property
    def names(self) -> tuple[str, ...]:
        """The mistakes named, each once."""
        return tuple(dict.fromkeys(check.mistake for check in self.lost if check.mistake))

    @property
    def says_nothing(self) -> bool:
        """Only that all entries of a part are wrong: no name, and no fact about the values."""
        facts = [check.fact for check in self.lost if check.fact]
        all_wrong = any(f.kind == "values" and f.wrong == f.total for f in facts)
        return all_wrong and not any(check.mistake or check.nudge for check in self.lost)


def tell(case: BlindCase, slips: Namer, case_set: int | None = None) -> Told:
    """Grade one program on the case set that its text picks, or on another."""
    digest = hashlib.sha256(case.source.encode()).hexdigest()
    number = case_set_of(digest, SECRET) if case_set is None else case_set
    answers = _answers(case.assignment, case.function, number)
    try:
        with warnings.catch_warnings(), limited(SECONDS):
            warnings.simplefilter("ignore")
            report = judge(answers, guarded(_carried(program(case))), slips)
    except (OutOfTime, CellError):
        return Told(case, passed=False)
    lost = tuple(check for check in report.checks if check.status != "passed")
    return Told(case, not lost, lost)


def tell_all(cases: Iterable[BlindCase]) -> Iterator[Told]:
    """Grade all programs, each on the case set that its text picks."""
    return (tell(case, _banks(case.assignment).name) for case in cases)


@cache
def _banks(assignment: str) -> Banks:
    return Banks(course_root(), assignment, SECRET)


def _carried(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its results as they cross from the sandbox."""
    return lambda *arguments: decode(encode(function(*arguments))[8:])


@cache
def _answers(assignment: str, function: str, case_set: int) -> Answers:
    return answer(load_assignment(assignment).exercise(function), SECRET, case_set)
