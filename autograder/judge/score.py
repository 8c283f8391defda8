"""Turn what came back into points and words, one exercise at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

import numpy as np

from autograder.errors import GraderFault
from autograder.exercise.answers import Answers, Key, lengths_of, scalars_of
from autograder.exercise.compare import (
    Comparison,
    conform,
    has_lists,
    is_one_for_several,
    part_of,
    precision_notes,
)
from autograder.exercise.facts import Fact
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check, Exercise
from autograder.judge.agreement import compare_rights
from autograder.judge.diagnose import Seen, diagnose
from autograder.judge.patterns import curve_of, pattern_of
from autograder.judge.reading import (
    read_changed,
    read_lacking,
    read_lists,
    read_notes,
    read_outcome,
    read_structure,
)
from autograder.judge.unexplained import Namer, explained, no_slips
from autograder.records import CallOutcome, CheckReport, ExerciseReport, Status
from autograder.settings import Marking

Outcomes = Mapping[Key, CallOutcome]

STATUS_OF: dict[str, Status] = {
    "raised": "raised",
    "ended": "raised",
    "timed_out": "timed_out",
    "missing": "missing",
    "unstarted": "missing",
}
CHANGED, LACKING = "changed-arguments", "lacking"
"""Names of what is wrong although the numbers are right."""
WORST_FIRST: tuple[Status, ...] = ("missing", "timed_out", "raised", "wrong", "passed")


def score_exercise(
    answers: Answers, outcomes: Outcomes, marking: Marking, slips: Namer = no_slips
) -> ExerciseReport:
    """Judge every check of an exercise by the outcomes of its calls; `slips` is asked last."""
    exercise = answers.exercise
    alone = [_score_check(check, answers, outcomes, marking) for check in exercise.checks]
    named = explained(answers, alone, outcomes, slips)
    kept = [_with_arguments(report, answers, outcomes, marking) for report in named]
    checks = tuple(_with_needs(exercise, kept))
    return ExerciseReport(
        name=exercise.name,
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        score=sum(check.score for check in checks),
        points=exercise.points,
        checks=checks,
        notes=_notes(answers, outcomes),
        curve=curve_of(exercise, [outcomes[call.key].value for call in answers.calls]),
    )


def _score_check(
    check: Check, answers: Answers, outcomes: Outcomes, marking: Marking
) -> CheckReport:
    name = answers.exercise.name
    seen = [outcomes[key] for key in answers.keys_of(check)]
    failed = [outcome for outcome in seen if outcome.status != "returned"]
    if failed:
        fact = Fact("told", name, told=read_outcome(failed[0].status, failed[0].failure, name))
        return CheckReport(check.name, STATUS_OF[failed[0].status], 0.0, check.points, fact)
    wholes = answers.wants[answers.exercise.draw_of(check)]
    try:
        got = [part_of(outcome.value, check.part) for outcome in seen]
    except (LookupError, TypeError):
        got = []
    pairs = zip(seen, wholes, strict=True)
    if not got or any(is_one_for_several(outcome.value, whole) for outcome, whole in pairs):
        words = read_structure(name, seen[0].value, answers.wants[0][0])
        fact = Fact("told", name, told=words)
        return CheckReport(check.name, "wrong", 0.0, check.points, fact, "structure")
    if check.accept is not None:
        return _accepted(check, answers, got)
    return _compared(check, answers, got, outcomes, marking)


def _with_arguments(
    report: CheckReport, answers: Answers, outcomes: Outcomes, marking: Marking
) -> CheckReport:
    """Where the text asks to leave the arguments as they are, changing them costs a share."""
    check = answers.exercise.check(report.name)
    keys = answers.keys_of(check)
    changed = sorted({place for key in keys for place in outcomes[key].changed})
    if not answers.exercise.keeps_arguments or not changed or report.status != "passed":
        return report
    words = read_changed(answers.exercise.name, changed)
    score = marking.changed_share * report.score
    return CheckReport(check.name, "wrong", score, check.points, mistake=CHANGED, nudge=words)


def _with_needs(exercise: Exercise, reports: Iterable[CheckReport]) -> Iterator[CheckReport]:
    """What a constant can pass earns nothing without a check that it cannot pass."""
    passed: set[str] = set()
    for check, report in zip(exercise.checks, reports, strict=True):
        if report.status == "passed" and check.needs and not passed.intersection(check.needs):
            words = read_lacking(check.needs)
            yield CheckReport(check.name, "wrong", 0.0, check.points, mistake=LACKING, nudge=words)
        else:
            yield report
            passed |= {check.name} if report.status == "passed" or report.score else set()


def _accepted(check: Check, answers: Answers, got: Sequence[Tree]) -> CheckReport:
    """Ask the check's own judge, where numbers of the right shapes came."""
    wants, *_ = answers.rights[check.name]
    cases = answers.groups[answers.exercise.draw_of(check)]
    try:
        asked = [conform(value, want) for value, want in zip(got, wants, strict=True)]
    except ValueError:
        words = read_structure(answers.exercise.name, got[0], wants[0])
        fact = Fact("told", answers.exercise.name, told=words)
        return CheckReport(check.name, "wrong", 0.0, check.points, fact, "structure")
    pairs = zip(asked, cases, strict=True)
    if not all(_is_right(check, answers, value, case.arguments) for value, case in pairs):
        return CheckReport(
            check.name, "wrong", 0.0, check.points, mistake=check.name, nudge=check.expects
        )
    return CheckReport(check.name, "passed", check.points, check.points)


def _is_right(check: Check, answers: Answers, value: Tree, arguments: tuple[Tree, ...]) -> bool:
    """What the author's judge says. Where it fails, the author is at fault, and not the student."""
    assert check.accept is not None
    try:
        with np.errstate(all="ignore"):  # nan and infinities are answers, too
            return bool(check.accept(value, arguments))
    except Exception as problem:
        raise GraderFault(
            f"{answers.exercise.name}: `accept` of the check {check.name!r} raised "
            f"{type(problem).__name__}. Let it answer True or False for any numbers, nan included."
        ) from problem


def _compared(
    check: Check, answers: Answers, got: Sequence[Tree], outcomes: Outcomes, marking: Marking
) -> CheckReport:
    """Compare with what is right on every case; where one differs, name the mistake."""
    exercise = answers.exercise
    wants, comparisons = compare_rights(
        got, answers.rights[check.name], partial(answers.mistaken_of, check), check.tolerance
    )
    if all(comparison.agrees for comparison in comparisons):
        return CheckReport(check.name, "passed", check.points, check.points)
    seen = _seen(check, answers, got, wants, comparisons)
    sentences = {mistake.name: mistake.sentence for mistake in exercise.mistakes}
    diagnosis = diagnose(
        label_of(check, exercise.name),
        seen,
        sentences,
        list(_elsewhere(check, answers, outcomes)),
    )
    share = marking.orientation_share if diagnosis.orientation else 0.0
    return CheckReport(
        check.name,
        "wrong",
        share * check.points,
        check.points,
        diagnosis.fact,
        diagnosis.mistake,
        diagnosis.nudge,
        pattern=() if check.losses else pattern_of(seen, check.tolerance),
    )


def _seen(
    check: Check,
    answers: Answers,
    got: Sequence[Tree],
    wants: Sequence[Tree],
    comparisons: Sequence[Comparison],
) -> list[Seen]:
    """What each case of a check showed."""
    exercise = answers.exercise
    mistakes = answers.mistaken_of(check)
    return [
        Seen(
            got=got[i],
            want=wants[i],
            comparison=comparisons[i],
            sizes=lengths_of(exercise, case),
            scalars=scalars_of(exercise, case),
            mistakes=mistakes[i],
            tolerance=check.tolerance,
        )
        for i, case in enumerate(answers.groups[exercise.draw_of(check)])
    ]


def _elsewhere(check: Check, answers: Answers, outcomes: Outcomes) -> Iterator[Seen]:
    """What other checks of the same part showed, where something came back."""
    for other in answers.exercise.checks:
        if other is check or other.accept is not None or other.part != check.part:
            continue
        with suppress(LookupError, TypeError):
            results = [outcomes[key] for key in answers.keys_of(other)]
            if all(result.status == "returned" for result in results):
                got = [part_of(result.value, other.part) for result in results]
                mistaken = partial(answers.mistaken_of, other)
                rights = answers.rights[other.name]
                judged = compare_rights(got, rights, mistaken, other.tolerance)
                yield from _seen(other, answers, got, *judged)


def label_of(check: Check, exercise: str) -> str:
    """What the words call the thing looked at: the part's name, or the function's."""
    return exercise if check.part is None else check.name


def _notes(answers: Answers, outcomes: Outcomes) -> tuple[str, ...]:
    """What a student should know although it costs nothing: changed arguments, warnings, lists."""
    mine = [outcomes[call.key] for call in answers.calls]
    changed = sorted({position for outcome in mine for position in outcome.changed})
    warnings = sorted({warning for outcome in mine for warning in outcome.warnings})
    precision = dict.fromkeys(note for outcome in mine for note in precision_notes(outcome.value))
    lists = any(
        has_lists(outcomes[key].value, answers.wants[draw][case])
        for key in answers.cases
        for _, draw, case in [key]
    )
    name, charged = answers.exercise.name, answers.exercise.keeps_arguments
    notes = read_notes(name, () if charged else changed, warnings)
    return (*notes, *precision, *([read_lists(name)] if lists else []))
