"""Make submissions as students hand them in, from the release notebook and chosen answers."""

import ast
import inspect
import textwrap
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from autograder.course import release_notebook
from autograder.exercise.load import load_assignment


def answers_to(assignment: str) -> dict[str, str]:
    """The reference answers as a student would type them: function name → source."""
    exercises = load_assignment(assignment).exercises
    answers = {exercise.name: inspect.getsource(exercise.reference) for exercise in exercises}
    carried = [answers[exercise.name] for exercise in exercises if not exercise.points]
    return {**answers, "carry_over": "\n\n".join(carried)} if carried else answers


def submission(assignment: str, given: dict[str, str] | None = None):
    """The release notebook with answers filled in; without answers it is all stubs."""
    notebook = nbformat.read(release_notebook(assignment), as_version=4)
    for cell in notebook.cells:
        name = grade_id(cell)
        if name in (given or {}) and cell.metadata["nbgrader"]["solution"]:
            cell.source = textwrap.dedent(given[name]).strip()
    return notebook


def solved(assignment: str, **other: str):
    """Everything right, but for the answers given in another form."""
    return submission(assignment, {**answers_to(assignment), **other})


def cell_of(notebook, name: str):
    """The cell with this grade_id."""
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def insert_after(notebook, name: str, source: str) -> None:
    """Add a cell of the student's own."""
    position = notebook.cells.index(cell_of(notebook, name)) + 1
    notebook.cells.insert(position, new_code_cell(source, id=f"own-{len(notebook.cells)}"))


def grade_id(cell) -> str:
    """The nbgrader id of a cell, or an empty string."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def hand_in(notebook, path: Path) -> Path:
    """Write a notebook where a student would leave it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def functions_in(source: str) -> dict[str, str]:
    """Function name → its AST, for comparing code by what it says and not by its spaces."""
    nodes = ast.parse(source).body
    return {node.name: ast.dump(node) for node in nodes if isinstance(node, ast.FunctionDef)}
