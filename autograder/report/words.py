"""A report in plain sentences: the same ones on the terminal, on pages and in nbgrader."""

import re
from collections import Counter

from autograder.records import CheckReport, ExerciseReport, Report

MARKS = {"passed": "✓", "wrong": "✗", "raised": "✗", "timed_out": "✗", "missing": "–"}
PARTLY = "◐"
"""For some of the points."""
ALL_WRONG = re.compile(r"(\S+): (\d+) of \2 entries are wrong, the worst at \[.*?\]\.")
"""A finding that names no mistake, and no place where one could look."""


def number(value: float) -> str:
    """A score without needless zeros: 2, 1.5, 0.75."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def exercise_lines(report: ExerciseReport) -> list[str]:
    """What to tell about one exercise: its score, each distinct finding once, then notes."""
    head = (
        f"{MARKS[report.status]} {report.name}: {number(report.score)} of {number(report.points)}"
    )
    return [head, *findings(report), *(f"Note: {note}" for note in report.notes)]


def findings(report: ExerciseReport) -> dict[str, CheckReport]:
    """Each distinct finding, once: its words, and the first check that has it."""
    told = Counter(check.feedback for check in report.checks)
    found: dict[str, CheckReport] = {}
    for check in report.checks:
        if check.feedback:
            shared = told[check.feedback] > 1 and report.name in check.feedback
            found.setdefault(check.feedback if shared else _check_line(check, report), check)
    return _joined(found)


def _joined(found: dict[str, CheckReport]) -> dict[str, CheckReport]:
    """Where several parts are all wrong, one line for them, in the place of the first."""
    parts = {words: match[1] for words in found if (match := ALL_WRONG.fullmatch(words))}
    if len(parts) < 2:
        return found
    first, *_ = parts
    *names, last = parts.values()
    joined = f"{', '.join(names)} and {last}: all entries are wrong."
    kept = {words: check for words, check in found.items() if words not in parts or words == first}
    return {joined if words == first else words: check for words, check in kept.items()}


def went_wrong(report: Report) -> str:
    """One line on what cost points: the named mistakes, and how other exercises ended."""
    if report.status == "not_graded":
        return report.reason
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


def _check_line(check: CheckReport, report: ExerciseReport) -> str:
    """Findings shared by all checks (a missing function, what to mend first) name no check."""
    shared = check.status in ("missing", "raised", "timed_out")
    shared = shared or (bool(check.followed) and report.status == "passed")
    alone = len(report.checks) == 1 or shared
    return (
        check.feedback
        if alone or check.name in check.feedback
        else (f"{check.name}: {check.feedback}")
    )
