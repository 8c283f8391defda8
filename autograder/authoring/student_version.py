"""A notebook as students get it, byte for byte what `nbgrader generate_assignment` makes of it.

So a course can be released without nbgrader; a test compares the two for every set.
"""

import copy
from hashlib import md5
from typing import Any

from autograder.errors import Misuse

CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"


def student_version(notebook: Any) -> Any:
    """Answers become stubs, hidden tests and outputs go, cells that count are locked.

    Raises Misuse for a region that does not end, or that stands in a cell which is not marked.
    """
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        marks = cell.metadata.get("nbgrader", {})
        _stub(cell, bool(marks.get("solution")))
        _show_no_tests(cell, bool(marks.get("grade")))
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            for state in ("collapsed", "scrolled"):
                cell.metadata.pop(state, None)
        if any(marks.get(mark) for mark in ("solution", "grade", "locked")):
            _lock(cell, marks)
            marks.update(checksum=_checksum(cell, marks), cell_type=cell.cell_type)
    return made


def _stub(cell: Any, is_answer: bool) -> None:
    stub = CODE_STUB if cell.cell_type == "code" else TEXT_STUB
    text = _without(cell.source, "SOLUTION", stub)
    if text != cell.source and not is_answer:
        raise Misuse(f"The cell {cell.get('id')!r} has a solution, and is not marked as one.")
    cell.source = stub if is_answer and text == cell.source else text


def _show_no_tests(cell: Any, is_graded: bool) -> None:
    text = _without(cell.source, "HIDDEN TESTS", "")
    if text != cell.source and not is_graded:
        raise Misuse(f"The cell {cell.get('id')!r} has hidden tests, and is not marked as graded.")
    cell.source = text


def _without(text: str, region: str, stub: str) -> str:
    """The text with a stub, indented as it was, in the place of each region."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        if f"BEGIN {region}" in line and not inside:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + part for part in stub.split("\n") if stub]
        elif f"END {region}" in line:
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise Misuse(f"A region BEGIN {region} does not end. Write END {region} below it.")
    return "\n".join(kept)


def _lock(cell: Any, marks: Any) -> None:
    cell.metadata["deletable"] = False
    if not marks.get("solution"):
        cell.metadata["editable"] = False


def _checksum(cell: Any, marks: Any) -> str:
    """The sum by which nbgrader tells edited cells. Not a matter of security."""
    graded, answer = bool(marks.get("grade")), bool(marks.get("solution"))
    locked = not answer and (graded or bool(marks.get("locked")))
    parts = [cell.source, cell.cell_type, str(graded), str(answer), str(locked), marks["grade_id"]]
    if graded:
        parts.append(str(float(marks["points"])))
    return md5("".join(parts).encode(), usedforsecurity=False).hexdigest()
