"""A row per exercise and student, from the gradebook.

`nbgrader export --exporter=autograder.nbgrader_plugin.rows.ExerciseExportPlugin --to=FILE.csv`
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from autograder.nbgrader_plugin.page import TEST
from autograder.report.files import write_whole
from autograder.report.names import harmless

COLUMNS = (
    "assignment",
    "student",
    "exercise",
    "graded_by",
    "auto_score",
    "manual_score",
    "extra_credit",
    "score",
    "max_score",
    "waits_for_a_person",
)
DEFAULT_FILE = "exercises.csv"


class ExerciseExportPlugin(ExportPlugin):  # type: ignore[misc]
    """Writes exercises.csv, or the file named by --to; --student and --assignment choose."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table: of every submission, all exercises and hand-graded questions."""
        path = Path(self.to or DEFAULT_FILE)
        text = io.StringIO()
        table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        table.writeheader()
        for row in self._rows(gradebook):
            table.writerow({name: harmless(str(value)) for name, value in row.items()})
        write_whole(path, text.getvalue())
        self.log.info("Exported exercises to %s", path)

    def _rows(self, gradebook: Gradebook) -> Iterator[dict[str, Any]]:
        for assignment in gradebook.assignments:
            if not self.assignment or assignment.name in map(str, self.assignment):
                for submission in sorted(assignment.submissions, key=lambda s: str(s.student.id)):
                    if not self.student or submission.student.id in map(str, self.student):
                        yield from _rows_of(assignment.name, submission)


def _rows_of(assignment: str, submission: Any) -> Iterator[dict[str, Any]]:
    """One submission's rows, by exercise name."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    for grade in sorted(grades, key=lambda grade: str(grade.name)):
        by_hand = grade.cell_type != "code"
        yield {
            "assignment": assignment,
            "student": submission.student.id,
            "exercise": grade.name.removeprefix(TEST),
            "graded_by": "person" if by_hand else "autograder",
            "auto_score": "" if by_hand or grade.auto_score is None else grade.auto_score,
            "manual_score": "" if grade.manual_score is None else grade.manual_score,
            "extra_credit": "" if grade.extra_credit is None else grade.extra_credit,
            "score": grade.score,
            "max_score": grade.max_score,
            "waits_for_a_person": "yes" if grade.needs_manual_grade else "",
        }
