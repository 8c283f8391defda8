"""A temporary course of the real ps2 functions, and its notebook made from solutions/."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import load_solutions
from autograder.exercises import load_assignment
from tests.small_course import marks

NAME = "ps2_worked_example"
ROOT = Path(__file__).parents[1]
CHECK = "def check(function):\n    print('checked', function.__name__)\n"


def make_course(folder: Path) -> Path:
    """The course's configuration and answers, and a source notebook of our own."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "solutions", folder / "solutions", ignore=lambda *_: ["notebooks"])
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    (source / "check.py").write_text(CHECK)
    nbformat.write(source_notebook(), source / f"{NAME}.ipynb")
    return folder


def nbgrader(course: Path, *arguments: str, fails: bool = False) -> str:
    """Run a stock command as a shell without the virtual environment would; returns its log."""
    environment = {**os.environ, "PATH": "/usr/bin:/bin", "AUTOGRADER_COURSE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def source_notebook() -> Any:
    """Setup, then each function with its test cell, then a question that is marked by hand."""
    setup = "import numpy as np\nfrom check import check\n\ndef sigmoid(z):\n"
    setup += "    return 1 / (1 + np.exp(-z))"
    cells = [
        new_markdown_cell("# By hand", id="title"),
        new_code_cell(setup, id="setup", metadata=marks("setup", locked=True)),
    ]
    for exercise in load_assignment(NAME).exercises:
        cells += _exercise_cells(exercise.name, exercise.points)
    question = marks("derivation", grade=True, solution=True, points=3)
    answer = "### BEGIN SOLUTION\nChain rule.\n### END SOLUTION"
    cells.append(new_markdown_cell(answer, id="derivation", metadata=question))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _exercise_cells(name: str, points: float) -> list[Any]:
    test = f'check({name})\n### BEGIN HIDDEN TESTS\ngrade("{name}")\n### END HIDDEN TESTS'
    tested = marks(f"test_{name}", grade=True, locked=True, points=points)
    return [
        new_code_cell(_marked(name), id=name, metadata=marks(name, solution=True)),
        new_code_cell(test, id=f"test-{name}", metadata=tested),
    ]


def _marked(name: str) -> str:
    """The reference function, its body between nbgrader's markers."""
    source = Path(str(load_solutions("worked_example").__file__)).read_text()
    tree = ast.parse(source)
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    signature = f"def {name}({', '.join(a.arg for a in function.args.args)}):"
    body = source.splitlines()[function.body[1].lineno - 1 : function.end_lineno]
    lines = [signature, "    ### BEGIN SOLUTION", *body, "    ### END SOLUTION"]
    return "\n".join(lines)
