"""A course of one tiny assignment, with two functions, for tests of reading and merging."""

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.extract.release import Release

NAME = "ps0_small"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
DOUBLE = f'def double(x):\n    """Twice x."""\n    {STUB}'
HALVE = f'def halve(x):\n    """Half of x."""\n    {STUB}'


def marks(grade_id: str, **settings: Any) -> dict[str, Any]:
    """Cell metadata of nbgrader, schema 3."""
    base = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {**base, **settings, "grade_id": grade_id}}


def small_notebook() -> Any:
    """The release notebook: setup, two functions with checks, a picture, a question by hand."""
    cells = [
        new_markdown_cell("# Twice and half", id="title"),
        new_code_cell("import numpy as np", id="setup", metadata=marks("setup", locked=True)),
        *_function("double", DOUBLE),
        new_markdown_cell("Now the other way.", id="halve-text"),
        *_function("halve", HALVE),
        new_code_cell(
            "print('a picture')",
            id="picture",
            metadata={**marks("picture", locked=True), "tags": ["illustration"]},
        ),
        new_markdown_cell(
            "YOUR ANSWER HERE",
            id="derivation",
            metadata=marks("derivation", grade=True, solution=True, points=3),
        ),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return new_notebook(cells=cells, metadata=metadata)


def _function(name: str, stub: str) -> list[Any]:
    tested = marks(f"test_{name}", grade=True, locked=True, points=2)
    return [
        new_code_cell(stub, id=name, metadata=marks(name, solution=True)),
        new_code_cell(f"check({name})", id=f"test-{name}", metadata=tested),
    ]


def small_release() -> Release:
    """What students were given."""
    return Release(NAME, small_notebook())


def handed_in(**answers: str) -> dict[str, Any]:
    """The release notebook as a student saves it, as plain JSON, with answers filled in."""
    notebook = json.loads(nbformat.writes(small_notebook()))
    for grade_id, source in answers.items():
        find(notebook, grade_id)["source"] = source
    return notebook


def find(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The cell of that name."""
    return notebook["cells"][place(notebook, grade_id)]


def place(notebook: dict[str, Any], grade_id: str) -> int:
    """Where the cell of that name is."""
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
    return names.index(grade_id)


def duplicate(notebook: dict[str, Any], grade_id: str, source: str) -> None:
    """Put a copy of a cell, with other text, after it."""
    twin = {**copy.deepcopy(find(notebook, grade_id)), "source": source}
    notebook["cells"].insert(place(notebook, grade_id) + 1, twin)


def insert_after(notebook: dict[str, Any], grade_id: str, cell: dict[str, Any]) -> None:
    """Put a cell behind the one of that name."""
    notebook["cells"].insert(place(notebook, grade_id) + 1, cell)


def code(source: Any, **more: Any) -> dict[str, Any]:
    """A student's own code cell."""
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], **more}


def write(folder: Path, notebook: Any) -> Path:
    """Save a notebook under the assignment's name."""
    path = folder / f"{NAME}.ipynb"
    path.write_text(json.dumps(notebook))
    return path
