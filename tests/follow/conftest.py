"""What to look up in the reports of whole sets."""

from autograder.records import ExerciseReport


def exercise(report, name) -> ExerciseReport:
    return next(e for e in report.exercises if e.name == name)


def lost(report) -> dict[str, float]:
    return {e.name: e.points - e.score for e in report.exercises if e.score < e.points}
