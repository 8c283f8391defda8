"""Results on disk: one JSON file per student, one table for all. Written whole or not at all."""

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.records import ExerciseReport, Report
from autograder.report.words import number, went_wrong

SCHEMA = 1
"""Version of the JSON schema (docs/results.md); readers refuse what they do not know."""


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON data; the student's outputs and the notebook stay behind."""
    exercises = [asdict(exercise) for exercise in report.exercises]
    return {"schema": SCHEMA, **_plain(report), "exercises": exercises}


def as_json_sharing(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """The same for a class, to be read only: equal exercises are one piece of data."""
    made: dict[ExerciseReport, dict[str, Any]] = {}
    for report in reports:
        for exercise in report.exercises:
            if exercise not in made:
                made[exercise] = asdict(exercise)
    return [
        {"schema": SCHEMA, **_plain(report), "exercises": [made[e] for e in report.exercises]}
        for report in reports
    ]


def _plain(report: Report) -> dict[str, Any]:
    return {key: value for key, value in vars(report).items() if key not in LEFT_OUT}


LEFT_OUT = ("outcome", "notebook")


def write_json(report: Report, folder: Path) -> Path:
    """Write `<student>.json`."""
    path = folder / f"{file_name(report.student)}.json"
    write_whole(path, json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n")
    return path


def write_scores(reports: Iterable[Report], path: Path) -> None:
    """Write the table: a row per submission, a column per exercise, and what went wrong."""
    rows = list(reports)
    names = [exercise.name for exercise in rows[0].exercises] if rows else []
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["student", "status", "score", "max_score", *names, "reason"])
    for report in rows:
        scores = [number(exercise.score) for exercise in report.exercises]
        total = [number(report.score), number(report.max_score)]
        cells = [report.student, report.status, *total, *scores, went_wrong(report)]
        table.writerow(map(harmless, cells))
    write_whole(path, text.getvalue())


def write_whole(path: Path, text: str) -> None:
    """Replace a file at once: a reader (or a full disk) never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def file_name(student: str) -> str:
    """A student's id as a file name: no separators, no leading dot, never empty, never shared."""
    safe = "".join(c if c.isalnum() or c in "-_.@+ ()" else "_" for c in student)[:150]
    if safe == student and safe and not safe.startswith("."):
        return safe
    return f"_{safe.lstrip('.')}-{hashlib.sha256(student.encode(errors='replace')).hexdigest()[:8]}"


def harmless(cell: str) -> str:
    """Spreadsheets run cells that begin like a formula; a student's id may not be one."""
    return (
        f"'{cell}"
        if cell.startswith(("=", "+", "@", "\t", "\r")) or (cell[:1] == "-" and len(cell) > 1)
        else cell
    )
