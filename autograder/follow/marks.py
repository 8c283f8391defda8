"""Which functions to call again, and what a second judgement changes in the first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import has_lists
from autograder.exercise.spec import Exercise
from autograder.judge.returned import Outcomes
from autograder.judge.score import WORST_FIRST
from autograder.records import Call, CheckReport, ExerciseReport

Reports = Mapping[str, ExerciseReport]


def to_replace(
    exercise: Exercise, earlier: Sequence[Exercise], reports: Reports, odd: Collection[str] = ()
) -> list[str]:
    """The earlier functions that a student tried, got wrong, and may have called here.

    So are the `odd` ones: right when they are called alone, and a trap for their callers.
    Empty where the exercise itself is right or not started. Training loops are never replaced.
    """
    if not _failed(reports[exercise.name]):
        return []
    return [
        other.name
        for other in earlier
        if other.name in exercise.calls and not other.trains
        if other.name in odd or _failed(reports[other.name])
    ]


def odd_functions(answers: Sequence[Answers], outcomes: Outcomes) -> frozenset[str]:
    """The functions that change what they are given, or return lists where arrays are customary."""
    return frozenset(
        one.exercise.name
        for one in answers
        for key, case in one.cases.items()
        if outcomes[key].changed or has_lists(outcomes[key].value, one.wants[key[1]][key[2]])
    )


def calls_at_first(answers: Answers) -> tuple[Call, ...]:
    """The calls to make again at once: all, and of a training the few steps of its own draw."""
    trains = answers.exercise.trains
    return tuple(call for call in answers.calls if not trains or call.key[1] == 0)


def calls_at_last(answers: Answers, report: ExerciseReport) -> tuple[Call, ...]:
    """The long trainings to make again: none, unless the short ones are right by now.

    A wrong record of losses does not matter: what a long training comes to is in its weights.
    """
    exercise = answers.exercise
    judged = list(zip(exercise.checks, report.checks, strict=True))
    short = [one for check, one in judged if not exercise.draw_of(check) and not check.losses]
    if not exercise.trains or any(check.status != "passed" for check in short):
        return ()
    lost = {exercise.draw_of(check) for check, one in judged if one.status != "passed"}
    return tuple(call for call in answers.calls if call.key[1] and call.key[1] in lost)


def followed(
    first: ExerciseReport,
    second: ExerciseReport,
    answers: Answers,
    outcomes: Outcomes,
    reports: Reports,
    lent: Sequence[str],
) -> ExerciseReport:
    """Give the points of checks that failed before and pass now, thanks to what they were lent.

    `outcomes` are those of the second calls; `reports` are the final ones of earlier exercises.
    All that was lent is named, in the order of the exercises: which of them are used, and when,
    a student's code chooses, and so could tell right values that it was given. Where points are
    lost all the same, `uses` says what is wrong below.
    """
    used = [_uses_any(answers.keys_of(check), outcomes) for check in answers.exercise.checks]
    to_fix = _to_fix(lent, reports)
    checks = tuple(
        CheckReport(before.name, "passed", before.points, before.points, followed=to_fix)
        if helped and before.status != "passed" and after.status == "passed"
        else before
        for before, after, helped in zip(first.checks, second.checks, used, strict=True)
    )
    score = sum(check.score for check in checks)
    short_of = any(used) and score < first.points
    return replace(
        first,
        checks=checks,
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        score=score,
        uses=tuple(name for name in to_fix if short_of and _failed(reports[name])),
    )


def _failed(report: ExerciseReport) -> bool:
    """Whether the student wrote something that does not earn all points."""
    return report.status != "missing" and report.score < report.points


def _uses_any(keys: Sequence[Key], outcomes: Outcomes) -> bool:
    """Whether these calls used a lent function: what passes without one passes by chance."""
    return any(outcomes[key].asked for key in keys)


def _to_fix(lent: Sequence[str], reports: Reports) -> tuple[str, ...]:
    """What is really wrong, in the order of the exercises.

    A function that was itself only misled sends on to what misled it.
    """
    causes = {cause for name in lent for cause in _causes(reports[name])}
    return tuple(name for name in reports if name in causes)


def _causes(report: ExerciseReport) -> Iterator[str]:
    misled = [name for check in report.checks for name in check.followed]
    yield from misled if report.score == report.points and misled else [report.name]
