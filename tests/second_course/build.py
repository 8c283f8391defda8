"""Make the second course as docs/authors.md says: the authors' commands, then their editor."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from tests.notebooks import grade_id

HERE = Path(__file__).parent
MARKERS = "    ### BEGIN SOLUTION", "    ### END SOLUTION"
EXERCISES = {
    "convolution": {
        "conv_forward": ("X, W, b", 2),
        "conv_backward": ("dZ, X, W", 5),
    },
    "attention": {
        "softmax": ("S", 1),
        "attention": ("Q, K, V", 2),
        "attention_backward": ("dY, Q, K, V", 4),
    },
}
"""Set → exercise → (its arguments, its points)."""


def build(course: Path) -> Path:
    """Make the course with its two sets, up to the point where it is released."""
    autograder(course.parent, "new-course", course.name)
    for name, exercises in EXERCISES.items():
        for exercise, (arguments, points) in exercises.items():
            new_set = [] if (course / "exercises" / name).exists() else ["--new-set"]
            given = ["--arguments", arguments, "--points", str(points), *new_set]
            autograder(course, "new-exercise", exercise, "--assignment", name, *given)
    return course


def fill(course: Path) -> None:
    """What the author writes into the skeletons: records, answers, the notebooks' answers."""
    for part in ("exercises", "solutions"):
        shutil.copytree(HERE / part, course / part, dirs_exist_ok=True)
    for name in EXERCISES:
        answers = with_markers((course / "solutions" / f"{name}.py").read_text())
        path = course / "source" / name / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(grade_id(cell), cell.source)
        nbformat.write(notebook, path)


def with_markers(text: str) -> dict[str, str]:
    """Function name → its source, with the markers around its body."""
    found, lines = {}, text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            told = node.body[0].end_lineno
            body = [MARKERS[0], *lines[told : node.end_lineno], MARKERS[1]]
            found[node.name] = "\n".join([*lines[node.lineno - 1 : told], *body])
    return found


def autograder(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run a command in a folder, as one types it; returns what it printed."""
    return run(folder, sys.executable, "-m", "autograder.cli.main", *arguments, code=code)


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run one of nbgrader's own commands."""
    return run(folder, sys.executable, "-m", "nbgrader", *arguments)


def run(folder: Path, *command: str, code: int = 0) -> str:
    """Run a command; any exit code but the expected one is an error, with what was printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "AUTOGRADER_COURSE": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr
