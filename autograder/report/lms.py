"""Tables that Canvas and Moodle import, from a folder of results.

Students are matched with a roster, the table that the platform itself exports; without one the
student's name in the results is all there is to know them by.
"""

import csv
import html
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from autograder.errors import Misuse
from autograder.records import Report
from autograder.report.files import write_whole
from autograder.report.names import harmless
from autograder.report.results import results_in
from autograder.report.words import number, told

Row = dict[str, str]
Known = tuple[Report, Row]
"""A result and what the roster says of its student."""

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("Identifier", "Full name", "Email address", "ID number")
MOODLE_GRADE = ("Grade", "Maximum Grade", "Feedback comments")
POINTS_POSSIBLE = "    Points Possible"
"""How Canvas begins the row below its header, blanks included."""


def export(
    folder: Path, form: str, path: Path, *, roster: Path | None = None, column: str = ""
) -> tuple[str, ...]:
    """Write the table; returns the students without a row, and why, in words.

    `column` is the platform's name of the assignment. Raises Misuse where the folder holds no
    results, or those of two assignments.
    """
    results = results_in(folder)
    known = _read_roster(roster) if roster else {_key(r): {} for r in results}
    kept = [(r, known[_key(r)]) for r in results if _key(r) in known and not r.fault]
    rows = FORMS[form](kept, column or results[0].assignment)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(harmless, row) for row in rows)
    write_whole(path, text.getvalue())
    return tuple(_left_out(results, known))


def _key(result: Report) -> str:
    return result.student.strip().lower()


def _left_out(results: Iterable[Report], known: dict[str, Row]) -> Iterator[str]:
    """Nobody is left out in silence: a fault is not a 0, and strangers get no row."""
    for result in results:
        if result.fault:
            yield f"{result.student}: the grader failed on this one. Grade it again."
        elif _key(result) not in known:
            yield f"{result.student}: not in the roster. Is the file's name the student's id?"


def _canvas(kept: Sequence[Known], title: str) -> Iterator[list[str]]:
    """Name, ids, section and one column of scores; the second row holds the points possible."""
    yield [*CANVAS, title]
    yield [POINTS_POSSIBLE, "", "", "", "", *{number(r.max_score) for r, _ in kept}]
    for result, row in kept:
        name = result.student
        student = {"Student": name, "SIS Login ID": name, **row}
        yield [*(student.get(column, "") for column in CANVAS), number(result.score)]


def _moodle(kept: Sequence[Known], _: str) -> Iterator[list[str]]:
    """Ids, grade, maximum and feedback, under the names of Moodle's own grading worksheet."""
    yield [*MOODLE, *MOODLE_GRADE]
    for result, row in kept:
        name = result.student
        student = {"Email address" if "@" in name else "ID number": name, **row}
        scores = [number(result.score), number(result.max_score)]
        yield [*(student.get(column, "") for column in MOODLE), *scores, feedback(result)]


FORMS: dict[str, Callable[[Sequence[Known], str], Iterator[list[str]]]] = {
    "canvas": _canvas,
    "moodle": _moodle,
}


def feedback(report: Report) -> str:
    """What is told to the student, as the HTML that Moodle shows; everything in it is escaped."""
    lines = [report.reason] if report.reason else []
    for exercise in report.exercises:
        lines.append(f"{exercise.name}: {number(exercise.score)} of {number(exercise.points)}")
        lines += dict.fromkeys(filter(None, map(told, exercise.checks)))
    return "<br>".join(html.escape(line).replace("\n", "<br>") for line in lines)


def _read_roster(path: Path) -> dict[str, Row]:
    """Rows of the platform's own table, by every id that stands in them (in lower case)."""
    if not path.is_file():
        raise Misuse(f"{path} does not exist. Export the gradebook of your platform, and name it.")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    columns = [column for column in (*CANVAS, *MOODLE) if rows and column in rows[0]]
    if not columns:
        raise Misuse(f"{path} has none of the columns {', '.join((*CANVAS, *MOODLE))}.")
    ids = [column for column in columns if column != "Section"]
    return {row[column].strip().lower(): row for row in rows for column in ids if row.get(column)}
