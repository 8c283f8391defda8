"""Which functions to call again, and what a second judgement changes in the first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.spec import Exercise
from autograder.judge.score import WORST_FIRST, Outcomes
from autograder.records import CheckReport, ExerciseReport

Reports = Mapping[str, ExerciseReport]


def to_replace(exercise: Exercise, earlier: Sequence[Exercise], reports: Reports) -> list[str]:
    """The earlier functions that a student tried, got wrong, and may have called here.

    Empty where the exercise itself is right, not started, or a training loop.
    """
    if exercise.trains or not _failed(reports[exercise.name]):
        return []
    return [
        other.name
        for other in earlier
        if other.name in exercise.calls and not other.trains and _failed(reports[other.name])
    ]


def followed(
    first: ExerciseReport,
    second: ExerciseReport,
    answers: Answers,
    outcomes: Outcomes,
    reports: Reports,
) -> ExerciseReport:
    """Give the points of checks that failed before and pass now, thanks to what they were lent.

    `outcomes` are those of the second calls; `reports` are the final ones of earlier exercises.
    """
    asked = [_asked(answers.keys_of(check), outcomes) for check in answers.exercise.checks]
    checks = tuple(
        _pass(before, _to_fix(names, reports))
        if names and before.status != "passed" and after.status == "passed"
        else before
        for before, after, names in zip(first.checks, second.checks, asked, strict=True)
    )
    return replace(
        first,
        checks=checks,
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        score=sum(check.score for check in checks),
    )


def _failed(report: ExerciseReport) -> bool:
    """Whether the student wrote something that does not earn all points."""
    return report.status != "missing" and report.score < report.points


def _asked(keys: Sequence[Key], outcomes: Outcomes) -> list[str]:
    """The lent functions that these calls used, in the order of first use."""
    return list(dict.fromkeys(name for key in keys for name in outcomes[key].asked))


def _to_fix(names: Sequence[str], reports: Reports) -> tuple[str, ...]:
    """What is really wrong: a function that was itself only misled sends on to what misled it."""
    return tuple(dict.fromkeys(cause for name in names for cause in _causes(reports[name])))


def _causes(report: ExerciseReport) -> Iterator[str]:
    misled = [name for check in report.checks for name in check.followed]
    yield from misled if report.score == report.points and misled else [report.name]


def _pass(check: CheckReport, to_fix: tuple[str, ...]) -> CheckReport:
    return CheckReport(check.name, "passed", check.points, check.points, followed=to_fix)
