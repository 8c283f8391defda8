"""A course to begin with: its configuration, and one set with one exercise that is finished.

Nothing of it refers to a checkout of the grader: the grader is a package that is installed.
"""

import re
from importlib import resources
from pathlib import Path

import nbformat

from autograder.authoring.new_cells import add_cells, new_notebook
from autograder.errors import Misuse
from autograder.report.files import write_whole

SET, EXERCISE = "first_steps", "sigmoid"
POINTS = 1
FILES = {
    "nbgrader_config.py": "nbgrader_config.py.txt",
    "nbgrader_config.json": "nbgrader_config.json.txt",
    ".gitignore": "gitignore.txt",
    "README.md": "README.md.txt",
    f"exercises/{SET}/__init__.py": "set.py.txt",
    f"exercises/{SET}/{EXERCISE}.py": "record.py.txt",
    f"solutions/{SET}.py": "answers.py.txt",
    "docs/students.md": "students.md.txt",
    "tests/test_course.py": "test_course.py.txt",
}
"""File of the course → its template."""


def new_course(folder: Path, name: str = "") -> tuple[Path, ...]:
    """Write a course into an empty or new folder; returns the files.

    Raises Misuse where the folder holds anything, or its name cannot be a course's.
    """
    name = name or folder.resolve().name
    if not re.fullmatch(r"[\w][\w.-]*", name):
        raise Misuse(f"{name!r} cannot be a course's name. Give one of letters and digits: --id.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Misuse(f"{folder} is not empty. Name a folder that does not exist yet.")
    texts = {file: _template(template, name) for file, template in FILES.items()}
    texts[f"source/{SET}/{SET}.ipynb"] = _notebook(texts[f"solutions/{SET}.py"])
    for file, text in texts.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / file, text)
    return tuple(folder / file for file in texts)


def _template(template: str, course: str) -> str:
    """A template of templates/course/ with the course's name in it."""
    path = resources.files("autograder.authoring") / "templates" / "course" / template
    return path.read_text(encoding="utf-8").replace("@COURSE@", course)


def _notebook(answers: str) -> str:
    """The instructor's notebook: the answer stands in it once more, between its markers."""
    notebook = new_notebook(_template("title.md.txt", ""))
    add_cells(notebook, EXERCISE, answers[answers.index(f"def {EXERCISE}(") :], POINTS)
    by_id = {cell.id: cell for cell in notebook.cells}
    by_id[f"{EXERCISE}-text"].source = _template("sigmoid.md.txt", "").rstrip()
    return nbformat.writes(notebook) + "\n"
