"""Students' own Pythons, from 3.9 on, each with the oldest and the newest numpy that it takes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.exercise.load import assignment_names
from autograder.student.older import for_older_pythons
from autograder.student.publish import publish
from tests.notebooks import solved, submission

OLDEST_NUMPY = {9: "1.22.4", 10: "1.22.4", 11: "1.23.5", 12: "1.26.4", 13: "2.1.3", 14: "2.3.5"}
"""Minor version of Python → the oldest numpy, from 1.22 on, that is packed for it."""
NUMPYS = [
    pytest.param(minor, wanted, id=f"3.{minor}-{wanted or 'newest'}")
    for minor, oldest in OLDEST_NUMPY.items()
    for wanted in (oldest, "")
]
RUN = """
import json, sys, warnings
import matplotlib.pyplot  # old ones warn of their own imports
warnings.simplefilter("error")
names = {"__name__": "__main__"}
with open(sys.argv[1]) as file:
    cells = json.load(file)
for source in cells:
    exec(compile(source, "<cell>", "exec"), names)
"""
"""The cells of a notebook, one after the other; cells print what `check` says."""


def interpreter(minor: int) -> str | None:
    """Where Python 3.`minor` is, from the system or from pyenv."""
    found = shutil.which(f"python3.{minor}")
    if found and subprocess.run([found, "-c", "import ensurepip"], check=False).returncode == 0:
        return found
    installed = Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")
    return next(map(str, sorted(installed)), None)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("dist") / "course")


def ran(python: str, cells: list[str], folder: Path, scratch: Path) -> str:
    """What the cells print, in the folder of their set; every warning is an error."""
    (scratch / "cells.json").write_text(json.dumps(cells))
    done = subprocess.run(
        [python, "-c", RUN, str(scratch / "cells.json")],
        cwd=folder,
        env={**os.environ, "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(scratch), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{folder.name}: {done.stderr[-2000:]}"
    return done.stdout


def code_of(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def judged(notebook) -> list[str]:
    """The cells that start, answer and check, without those that only draw or train."""
    kept = []
    for cell in notebook.cells:
        source = cell.source if cell.cell_type == "code" else ""
        if (
            cell.get("metadata", {}).get("nbgrader", {}).get("solution")
            or "check(" in source
            or source.startswith(("import", "SET,", "from"))
        ):
            kept.append(source)
    return kept


@pytest.mark.nightly
@pytest.mark.parametrize(("minor", "numpy"), NUMPYS)
def test_notebooks_run_and_say_the_same_words(minor, numpy, course, tmp_path):
    """All cells of all solved notebooks run; stubs and answers are judged in the same words."""
    found = interpreter(minor)
    if found is None:
        pytest.skip(f"there is no Python 3.{minor} on this machine")
    python = str(tmp_path / "venv" / "bin" / "python")
    wanted = f"numpy=={numpy}" if numpy else "numpy"
    subprocess.run([found, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", wanted, "matplotlib"], check=True)
    for name in assignment_names():
        ran(python, code_of(solved(name)), course / name, tmp_path)
        for notebook in (solved(name), submission(name)):
            words = ran(python, judged(notebook), course / name, tmp_path)
            assert words == ran(sys.executable, judged(notebook), course / name, tmp_path)
            assert ("✓" in words) or "not started" in words


def test_what_is_newer_is_replaced_where_it_stands():
    """And nothing else, not even a comment."""
    old = """\
from typing import Any, Union
Step = Union[int, str, slice]
Tree = Union["Tree", int]
SIGNS = 1 | 2  # é, a number
def f(x: int | None) -> bool:  # é
    return isinstance(x, (int, str)) and issubclass(type(x), (int, float)) or zip(x, x)
"""
    new = """\
from typing import Any, TypeAlias, Union
Step = int | str | slice
Tree: TypeAlias = Union["Tree", int]
SIGNS = 1 | 2  # é, a number
def f(x: int | None) -> bool:  # é
    return isinstance(x, int | str) and issubclass(type(x), int | float) or zip(x, x, strict=True)
"""
    assert for_older_pythons(new) == old
    assert for_older_pythons(old) == old


def test_what_cannot_be_replaced_is_told():
    with pytest.raises(SyntaxError, match="line 1 goes on"):
        for_older_pythons("isinstance(1, int |\n str)")
