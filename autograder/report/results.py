"""Results read back from a folder: one at a time, for a class would fill the memory."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import Misuse
from autograder.records import CheckReport, ExerciseReport, Report
from autograder.report.files import SCHEMA, harmless, replacing, result_files
from autograder.report.words import number, went_wrong

Result = dict[str, Any]
"""One result, as its JSON file holds it (docs/results.md)."""


@dataclass(frozen=True)
class Results:
    """The results of these students, in this order; each pass reads the files again."""

    folder: Path
    students: Sequence[str]

    def __iter__(self) -> Iterator[Result]:
        return (read_result(result_files(self.folder, name)[0]) for name in self.students)


def read_result(path: Path) -> Result:
    """Read one result; raises Misuse where the file is none of this schema."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        result = None
    if not isinstance(result, dict) or result.get("schema") != SCHEMA:
        raise Misuse(f"{path} is no result of schema {SCHEMA}. Move it out of the folder.")
    return result


def write_scores(reports: Iterable[Report], path: Path) -> None:
    """Write the table: a row per submission, a column per exercise, and what went wrong."""
    with replacing(path) as file:
        table = csv.writer(file, lineterminator="\n")
        for place, report in enumerate(reports):
            if place == 0:
                names = [exercise.name for exercise in report.exercises]
                table.writerow(["student", "status", "score", "max_score", *names, "reason"])
            scores = [number(exercise.score) for exercise in report.exercises]
            total = [number(report.score), number(report.max_score)]
            cells = [report.student, report.status, *total, *scores, went_wrong(report)]
            table.writerow(map(harmless, cells))


def from_json(data: Result) -> Report:
    """Read what `as_json` wrote; raises KeyError, TypeError or ValueError where it is not that."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']}")
    fields = {name: _tuples(value) for name, value in data.items() if name != "schema"}
    exercises = tuple(_exercise(exercise) for exercise in data["exercises"])
    return Report(**{**fields, "exercises": exercises})


def _exercise(data: dict[str, Any]) -> ExerciseReport:
    fields = {name: _tuples(value) for name, value in data.items()}
    checks = tuple(
        CheckReport(**{name: _tuples(value) for name, value in check.items()})
        for check in data["checks"]
    )
    return ExerciseReport(**{**fields, "checks": checks})


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
