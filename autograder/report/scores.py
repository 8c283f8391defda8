"""The table of scores, scores.csv: a row per submission, a column per exercise."""

import csv
from typing import IO

from autograder.records import Report
from autograder.report.names import harmless
from autograder.report.words import number, went_wrong


class ScoreTable:
    """Writes the table to a file, a report at a time."""

    def __init__(self, file: IO[str]) -> None:
        self._table = csv.writer(file, lineterminator="\n")
        self._begun = False

    def add(self, report: Report) -> None:
        """One row; before the first, the names of the columns."""
        if not self._begun:
            names = [exercise.name for exercise in report.exercises]
            self._table.writerow(["student", "status", "score", "max_score", *names, "reason"])
            self._begun = True
        scores = [number(exercise.score) for exercise in report.exercises]
        total = [number(report.score), number(report.max_score)]
        cells = [report.student, report.status, *total, *scores, went_wrong(report)]
        self._table.writerow(map(harmless, cells))
