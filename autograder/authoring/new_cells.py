"""The cells of a new exercise in its instructor's notebook, and the notebook of a new set."""

import ast
from typing import Any

import nbformat
from nbformat import v4

from autograder.extract.release import grade_id_of, is_answer

TEXT = """## {title}

One sentence: what this is, and what for. Name the shape of each symbol on first use.

$$\\text{{the equation}}$$
"""
SOLVED = """{head}
    # Roughly 1 line.
    ### BEGIN SOLUTION
{body}
    ### END SOLUTION"""
GRADED = """check({name})
### BEGIN HIDDEN TESTS
from check import grade

grade("{name}")
### END HIDDEN TESTS"""
SETUP = "import numpy as np\n\nfrom check import check, ready"
QUESTION = """## By hand

*This question is read by a person (3 points). Write your derivation in the next cell.*

The question.
"""
ANSWER = "### BEGIN SOLUTION\nThe model answer.\n### END SOLUTION"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def add_cells(notebook: Any, name: str, answer: str, points: float) -> None:
    """Put text, stub and check of an exercise behind the last exercise of the notebook."""
    head, body = _parts(answer)
    slug = name.replace("_", "-")
    cells = [
        v4.new_markdown_cell(TEXT.format(title=name.replace("_", " ")), id=f"{slug}-text"),
        v4.new_code_cell(
            SOLVED.format(head=head, body=body), id=slug, metadata=_marks(name, solution=True)
        ),
        v4.new_code_cell(
            GRADED.format(name=name),
            id=f"test-{slug}",
            metadata=_marks(f"test_{name}", grade=True, locked=True, points=points),
        ),
    ]
    place = _end_of_exercises(notebook)
    notebook.cells[place:place] = cells


def new_notebook(text: str) -> Any:
    """The notebook of a new set: its first text, setup and the question that a person reads."""
    by_hand = _marks("derivation", grade=True, solution=True, points=3)
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell(text.rstrip(), id="title"),
            v4.new_code_cell(SETUP, id="setup", metadata=_marks("setup", locked=True)),
            v4.new_markdown_cell(QUESTION, id="derivation-question"),
            v4.new_markdown_cell(ANSWER, id="derivation", metadata=by_hand),
        ],
        metadata=nbformat.from_dict(KERNEL),
    )


def _parts(answer: str) -> tuple[str, str]:
    """A function's lines up to its docstring, and its body."""
    function = ast.parse(answer).body[0]
    assert isinstance(function, ast.FunctionDef)
    first = function.body[0]
    told = isinstance(first, ast.Expr) and len(function.body) > 1
    split = (first.end_lineno or 0) if told else first.lineno - 1
    lines = answer.rstrip().splitlines()
    return "\n".join(lines[:split]), "\n".join(lines[split:])


def _end_of_exercises(notebook: Any) -> int:
    """Before the text of the question that a person reads, which is the last section."""
    by_hand = [
        place
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and is_answer(cell) and grade_id_of(cell)
    ]
    return max(by_hand[-1] - 1, 0) if by_hand else len(notebook.cells)


def _marks(grade_id: str, **settings: Any) -> dict[str, Any]:
    """Cell metadata of nbgrader, schema 3."""
    base = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": {**base, **settings, "grade_id": grade_id}}
