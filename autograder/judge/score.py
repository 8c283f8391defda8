"""Turn what came back into points and words, one exercise at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial

import numpy as np

from autograder.errors import GraderFault
from autograder.exercise.answers import Answers, lengths_of, scalars_of
from autograder.exercise.compare import Comparison, conform, conforms, parts_of
from autograder.exercise.facts import Fact
from autograder.exercise.given import NotConforming, Refused
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check, Exercise
from autograder.judge.agreement import compare_rights
from autograder.judge.diagnose import NO_PLACES, Seen, diagnose
from autograder.judge.glance import plainly_right
from autograder.judge.patterns import curve_of, pattern_of
from autograder.judge.reading import (
    read_changed,
    read_lacking,
    read_lists,
    read_notes,
    read_outcome,
    read_part,
    read_structure,
)
from autograder.judge.returned import Outcomes, Returned
from autograder.judge.unexplained import Namer, explained, no_slips
from autograder.records import CheckReport, ExerciseReport, Status
from autograder.settings import Marking

STATUS_OF: dict[str, Status] = {
    "raised": "raised",
    "ended": "raised",
    "timed_out": "timed_out",
    "missing": "missing",
    "unstarted": "missing",
}
CHANGED, LACKING, NOT_ADMISSIBLE = "changed-arguments", "lacking", "not-admissible"
"""Names of what is wrong although the numbers are right, or cannot be judged."""
WORST_FIRST: tuple[Status, ...] = ("missing", "timed_out", "raised", "wrong", "passed")


def score_exercise(
    answers: Answers, outcomes: Outcomes, marking: Marking, slips: Namer = no_slips
) -> ExerciseReport:
    """Judge every check of an exercise by the outcomes of its calls; `slips` is asked last."""
    exercise, returned = answers.exercise, Returned(answers, outcomes)
    alone = [_score_check(check, returned, marking) for check in exercise.checks]
    named = explained(answers, alone, outcomes, slips)
    kept = [_with_arguments(report, answers, outcomes, marking) for report in named]
    checks = tuple(_with_needs(exercise, kept))
    return ExerciseReport(
        name=exercise.name,
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        score=sum(check.score for check in checks),
        points=exercise.points,
        checks=checks,
        notes=_notes(returned),
        curve=curve_of(exercise, [outcomes[call.key].value for call in answers.calls]),
    )


def _score_check(check: Check, returned: Returned, marking: Marking) -> CheckReport:
    if returned.all_plain(check):
        return _passed(check)
    answers, outcomes = returned.answers, returned.outcomes
    name = answers.exercise.name
    seen = [outcomes[key] for key in answers.keys_of(check)]
    failed = [outcome for outcome in seen if outcome.status != "returned"]
    if failed:
        fact = Fact("told", name, told=read_outcome(failed[0].status, failed[0].failure, name))
        return CheckReport(check.name, STATUS_OF[failed[0].status], 0.0, check.points, fact)
    values = [outcome.value for outcome in seen]
    wholes = answers.wants[answers.exercise.draw_of(check)]
    try:
        got = parts_of(values, wholes, check.part)
        if check.accept is not None:
            return _accepted(check, answers, got)
        rights = returned.rights(check)
    except Refused as refusal:
        words = str(refusal)
        return _wrong(check, _slug_of(words, answers.exercise, NOT_ADMISSIBLE), words)
    except (LookupError, TypeError, NotConforming):
        words = read_structure(name, values[0], wholes[0], answers.exercise.places)
        return _misshapen(check, answers, words)
    if all(plainly_right(*pair, check.tolerance) for pair in zip(got, rights[0], strict=True)):
        return _passed(check)
    mistaken = cache(partial(answers.mistaken_for, check, values))
    wants, found = compare_rights(got, rights, mistaken, check.tolerance)
    if all(comparison.agrees for comparison in found):
        return _passed(check)
    shown = _seen(check, answers, got, wants, found, mistaken())
    return _told(check, answers, shown, list(_elsewhere(check, answers, outcomes)), marking)


def _passed(check: Check) -> CheckReport:
    return CheckReport(check.name, "passed", check.points, check.points)


def _misshapen(check: Check, answers: Answers, words: str) -> CheckReport:
    told = Fact("told", answers.exercise.name, told=words)
    return CheckReport(check.name, "wrong", 0.0, check.points, told, "structure")


def _wrong(check: Check, mistake: str, nudge: str) -> CheckReport:
    return CheckReport(check.name, "wrong", 0.0, check.points, mistake=mistake, nudge=nudge)


def _with_arguments(
    report: CheckReport, answers: Answers, outcomes: Outcomes, marking: Marking
) -> CheckReport:
    """Where the text asks to leave the arguments as they are, changing them costs a share."""
    check = answers.exercise.check(report.name)
    keys = answers.keys_of(check)
    changed = sorted({place for key in keys for place in outcomes[key].changed})
    if not answers.exercise.keeps_arguments or not changed or report.status != "passed":
        return report
    exercise = answers.exercise
    words = read_changed(exercise.name, _named(exercise, changed))
    score = marking.changed_share * report.score
    return CheckReport(check.name, "wrong", score, check.points, mistake=CHANGED, nudge=words)


def _named(exercise: Exercise, places: Iterable[int]) -> list[str]:
    """The names of arguments by their places; a student's process may claim any."""
    names = exercise.arguments
    return [names[place] for place in places if 0 <= place < len(names)]


def _with_needs(exercise: Exercise, reports: Iterable[CheckReport]) -> Iterator[CheckReport]:
    """What a constant can pass earns nothing without a check that it cannot pass."""
    passed: set[str] = set()
    for check, report in zip(exercise.checks, reports, strict=True):
        if report.status == "passed" and check.needs and not passed.intersection(check.needs):
            yield _wrong(check, LACKING, read_lacking(check.needs))
        else:
            yield report
            passed |= {check.name} if report.status == "passed" or report.score else set()


def _accepted(check: Check, answers: Answers, got: Sequence[Tree]) -> CheckReport:
    """Ask the check's own judge, where numbers of the right shapes came."""
    wants, *_ = answers.rights[check.name]
    cases = answers.groups[answers.exercise.draw_of(check)]
    pairs = [*zip(got, wants, strict=True)]
    odd = next((pair for pair in pairs if not (check.any_form or conforms(*pair))), None)
    if odd:
        name, places = answers.exercise.name, answers.exercise.places
        whole = check.part is None
        words = read_structure(name, *odd, places) if whole else read_part(check.name, *odd)
        return _misshapen(check, answers, words)
    asked = [value if check.any_form else conform(value, want) for value, want in pairs]
    seen = zip(asked, cases, strict=True)
    said = [ask_accept(check, answers.exercise, value, case.arguments) for value, case in seen]
    if all(words is None for words in said):
        return _passed(check)
    nudge = next((words for words in said if words), check.expects)
    return _wrong(check, _slug_of(nudge, answers.exercise, check.name), nudge)


def _slug_of(sentence: str, exercise: Exercise, otherwise: str) -> str:
    """The known mistake that this sentence is about."""
    slugs = {mistake.sentence: mistake.name for mistake in exercise.mistakes}
    return slugs.get(sentence, otherwise)


def ask_accept(
    check: Check, exercise: Exercise, value: Tree, arguments: tuple[Tree, ...]
) -> str | None:
    """What the author's judge says is wrong ("" where it says no more); None: it is right.

    Where it fails, the author is at fault, and not the student.
    """
    assert check.accept is not None
    try:
        with np.errstate(all="ignore"):  # nan and infinities are answers, too
            said = check.accept(value, arguments)
    except Exception as problem:
        raise GraderFault(
            f"{exercise.name}: `accept` of the check {check.name!r} raised "
            f"{type(problem).__name__}. Let it answer for any numbers, nan included."
        ) from problem
    return said if isinstance(said, str) else None if said else ""


def _told(
    check: Check,
    answers: Answers,
    seen: Sequence[Seen],
    elsewhere: Sequence[Seen],
    marking: Marking,
) -> CheckReport:
    """Name the mistake behind results that differ on some case."""
    exercise = answers.exercise
    sentences = {mistake.name: mistake.sentence for mistake in exercise.mistakes}
    label, shapes = label_of(check, exercise.name), exercise.asks_shapes
    places = exercise.places if check.part is None else NO_PLACES
    diagnosis = diagnose(label, seen, sentences, elsewhere, shapes, places)
    share = marking.orientation_share if diagnosis.orientation and not shapes else 0.0
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
    mistakes: Sequence[Mapping[str, Tree]],
) -> list[Seen]:
    """What each case of a check showed."""
    exercise = answers.exercise
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
    exercise = answers.exercise
    for other in exercise.checks:
        asked = other.accept is None and other.own_inputs is None and other.given is None
        if other is check or not asked or other.part != check.part:
            continue
        results = [outcomes[key] for key in answers.keys_of(other)]
        values = [result.value for result in results]
        with suppress(LookupError, TypeError):
            if all(result.status == "returned" for result in results):
                got = parts_of(values, answers.wants[exercise.draw_of(other)], other.part)
                mistaken = cache(partial(answers.mistaken_for, other, values))
                rights = answers.rights[other.name]
                judged = compare_rights(got, rights, mistaken, other.tolerance)
                yield from _seen(other, answers, got, *judged, mistaken())


def label_of(check: Check, exercise: str) -> str:
    """What the words call the thing looked at: the part's name, or the function's."""
    return exercise if check.part is None else check.name


def _notes(returned: Returned) -> tuple[str, ...]:
    """What a student should know although it costs nothing: changed arguments, warnings, lists."""
    answers = returned.answers
    mine = [returned.outcomes[call.key] for call in answers.calls]
    places = sorted({place for outcome in mine for place in outcome.changed})
    changed = _named(answers.exercise, places)
    warnings = sorted({warning for outcome in mine for warning in outcome.warnings})
    name, charged = answers.exercise.name, answers.exercise.keeps_arguments
    notes = read_notes(name, () if charged else changed, warnings)
    return (*notes, *returned.precision, *([read_lists(name)] if returned.lists else []))
