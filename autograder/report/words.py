"""A report in plain sentences: the same ones on the terminal, on pages and in nbgrader."""

from collections import Counter
from collections.abc import Sequence

from autograder.records import CellFailure, CheckReport, ExerciseReport, Report
from autograder.report.names import printable
from autograder.report.sentences import finding, given_right, uses_wrong

MARKS = {"passed": "✓", "wrong": "✗", "raised": "✗", "timed_out": "✗", "missing": "–"}
PARTLY = "◐"
"""For some of the points."""


def number(value: float) -> str:
    """A score without needless zeros: 2, 1.5, 0.75."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def exercise_lines(report: ExerciseReport) -> list[str]:
    """What to tell about one exercise: its score, each distinct finding once, then notes.

    Between them stands what it uses and is wrong itself.
    """
    head = (
        f"{MARKS[report.status]} {report.name}: {number(report.score)} of {number(report.points)}"
    )
    below = [uses_wrong(report.uses)] if report.uses else []
    lines = [*findings(report), *below, *(f"Note: {note}" for note in report.notes)]
    return [head, *map(printable, lines)]


def findings(report: ExerciseReport) -> dict[str, CheckReport]:
    """Each distinct finding, once: its words, and the first check that has it."""
    words = [told(check) for check in report.checks]
    often = Counter(words)
    all_wrong = [check for check in report.checks if _only_all_wrong(check)]
    found: dict[str, CheckReport] = {}
    for check, said in zip(report.checks, words, strict=True):
        if len(all_wrong) > 1 and check in all_wrong:
            found.setdefault(_all_of(all_wrong), all_wrong[0])
        elif said:
            shared = often[said] > 1 and report.name in said
            found.setdefault(said if shared else _check_line(said, check, report), check)
    return found


def told(check: CheckReport) -> str:
    """What a student is told about one check; empty where it is simply right."""
    return given_right(check.followed) if check.followed else finding(check.fact, check.nudge)


def cell_words(failure: CellFailure) -> str:
    """Say how a cell of the student's own ended."""
    begins = f"The cell that begins with “{printable(failure.begins)}”"
    if failure.status == "timed_out" or failure.failure is None:
        return f"{begins} was stopped: it ran too long."
    what = f"{failure.failure.kind}: {failure.failure.message[:200]}".rstrip(": ")
    return f"{begins} stopped with {printable(' '.join(what.split()))}."


def _only_all_wrong(check: CheckReport) -> bool:
    """Whether all is wrong and no cause is known: there is no place where one could look."""
    fact = check.fact
    return bool(fact and fact.kind == "values" and not check.nudge and 1 < fact.total == fact.wrong)


def _all_of(checks: Sequence[CheckReport]) -> str:
    """Where several parts are all wrong: one line for them."""
    *names, last = (check.fact.label for check in checks if check.fact)
    return f"{', '.join(names)} and {last}: all entries are wrong."


def went_wrong(report: Report) -> str:
    """One line on what cost points: the named mistakes, and how other exercises ended."""
    if report.status == "not_graded":
        return printable(report.reason)
    lost = {e.name: _why(e) for e in report.exercises if e.score < e.points}
    missing = [name for name, why in lost.items() if why == "missing"]
    found = [f"{name}: {why}" for name, why in lost.items() if why != "missing"]
    if missing:
        found.append(f"missing: {', '.join(missing) if len(missing) < 3 else len(missing)}")
    return "; ".join(found)


def _why(exercise: ExerciseReport) -> str:
    """The first finding that cost points: the mistake's name, else how the check ended."""
    lost = next(check for check in exercise.checks if check.score < check.points)
    return lost.mistake or lost.status.replace("_", " ")


def _check_line(words: str, check: CheckReport, report: ExerciseReport) -> str:
    """Findings shared by all checks (a missing function, what to fix first) name no check."""
    shared = check.status in ("missing", "raised", "timed_out")
    shared = shared or (bool(check.followed) and report.status == "passed")
    alone = len(report.checks) == 1 or shared or check.name in words
    return words if alone else f"{check.name}: {words}"
