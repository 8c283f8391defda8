"""The graded notebook: the student's cells with their outputs, each test cell with its score.

nbgrader reads a score from a test cell's first execute_result, as float(text/plain). That is
written here, from the report; nothing that a test cell printed is left beside it.
"""

import html
import math
import re
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell

from autograder.errors import SpecError
from autograder.extract.release import Release, key_of, role_of
from autograder.nbgrader_plugin.student_outputs import output_nodes
from autograder.records import ExerciseReport, Graded, Report, Submission
from autograder.report.names import printable
from autograder.report.sanitise import MarkdownBudget
from autograder.report.words import cell_words, exercise_lines

TEST = "test_"
"""A test cell is named `test_<function>`."""
SPECIAL = re.compile(r"[\\`*_\[\]<>$&#|~{}]")


def graded_page(submission: Submission, graded: Graded, release: Release) -> Any:
    """The notebook as nbgrader shall store it; raises SpecError where cells and spec disagree."""
    notebook = nbformat.from_dict(submission.notebook or release.notebook)
    report = graded.report
    _show_outputs(notebook, submission, graded)
    _disarm_markdown(notebook, release)
    _write_scores(notebook, report)
    words = _first_words(report)
    if words:
        notebook.cells.insert(0, new_markdown_cell(words, id=_free_id(notebook)))
    return notebook


def plain_score(score: float, points: float) -> str:
    """The score as nbgrader reads it without surprise: a finite float within [0, points]."""
    finite = float(score) if math.isfinite(score) else 0.0
    return repr(min(max(finite, 0.0), float(points)))


def _show_outputs(notebook: Any, submission: Submission, graded: Graded) -> None:
    results = graded.shown.cells if graded.shown else ()
    for cell, result in zip(submission.cells, results, strict=bool(results)):
        if cell.index >= 0:
            notebook.cells[cell.index].outputs = output_nodes(result.outputs)


def _disarm_markdown(notebook: Any, release: Release) -> None:
    """Only the course's own text may hold HTML, and take what time it will."""
    budget = MarkdownBudget()
    own = {key_of(cell): cell.source for cell in release.notebook.cells}
    for cell in notebook.cells:
        if cell.cell_type != "code" and own.get(key_of(cell)) != cell.source:
            cell.source = budget.harmless(cell.source)


def _write_scores(notebook: Any, report: Report) -> None:
    waiting = {exercise.name: exercise for exercise in report.exercises}
    for cell in notebook.cells:
        if cell.cell_type == "code" and role_of(cell) == "grade":
            name = cell.metadata.nbgrader.grade_id.removeprefix(TEST)
            cell.outputs = [_score(_pop(waiting, name, report), cell)]
    if waiting:
        raise SpecError(
            f"{report.assignment}: no test cell for {', '.join(waiting)}. "
            f"Add `{TEST}<function>` cells to the source notebook and generate it again."
        )


def _pop(waiting: dict[str, ExerciseReport], name: str, report: Report) -> ExerciseReport:
    if name not in waiting:
        raise SpecError(f"{report.assignment}: test cell {TEST}{name} belongs to no exercise.")
    return waiting.pop(name)


def _score(exercise: ExerciseReport, cell: Any) -> Any:
    points = float(cell.metadata.nbgrader.points)
    if points != exercise.points:
        raise SpecError(
            f"{exercise.name}: its test cell gives {points:g} points, its exercise "
            f"{exercise.points:g}. Make them equal and generate the assignment again."
        )
    data = {"text/plain": plain_score(exercise.score, points), "text/html": _as_list(exercise)}
    result = {"output_type": "execute_result", "data": data, "metadata": {}}
    return nbformat.from_dict({**result, "execution_count": None})


def _as_list(exercise: ExerciseReport) -> str:
    """The words of an exercise, in tags that nbconvert leaves when it sanitises: no p, no br."""
    head, *lines = map(html.escape, exercise_lines(exercise))
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<b>{head}</b>" + (f"<ul>{items}</ul>" if items else "")


def _first_words(report: Report) -> str:
    """What is to be said about the whole notebook, as markdown; empty where there is nothing."""
    if report.status == "not_graded":
        return f"**Not graded.** {_escaped(report.reason)}"
    failures = map(cell_words, report.cell_failures)
    lines = [f"- {_escaped(line)}" for line in (*report.repairs, *failures)]
    return "\n".join(["**Notes from grading**", "", *lines]) if lines else ""


def _escaped(text: str) -> str:
    """Words in which markdown finds nothing to do."""
    return SPECIAL.sub(lambda found: f"&#{ord(found.group())};", printable(" ".join(text.split())))


def _free_id(notebook: Any) -> str:
    taken = {cell.id for cell in notebook.cells}
    name = "grader-notes"
    while name in taken:
        name += "-"
    return name
