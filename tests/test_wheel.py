"""The wheel: the engine alone, and enough of it to make a course and grade it without nbgrader."""

import csv
import importlib.metadata
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from autograder import __version__
from autograder.gradescope.bundle import packages
from tests.course import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, so that nothing is left in the checkout."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    junk = shutil.ignore_patterns("__pycache__")
    for part in ("autograder", "exercises", "solutions", "source", "release"):
        shutil.copytree(ROOT / part, copy / part, ignore=junk)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def empty(wheel, tmp_path_factory):
    """An environment with the wheel and what it requires, linked from here: no extras."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    for name in packages():
        found = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in found.files} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(found.locate_file(top)))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return folder / "bin" / "python"


def run(python, folder, *arguments):
    """Run the command from the wheel, in a folder."""
    done = subprocess.run(
        [python, "-P", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_holds_the_engine_and_neither_answers_nor_exercises(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "autograder",
        f"backprop_course-{__version__}.dist-info",
    }
    assert "autograder/authoring/templates/course/record.py.txt" in names
    answers = {path.name for path in (ROOT / "solutions").glob("*.py")}
    sets = {path.parent.name for path in (ROOT / "exercises").glob("*/__init__.py")}
    parts = {part for name in names for part in name.split("/")}
    assert len(answers) == len(sets) == 9
    assert not parts & (answers | sets)


def test_no_text_in_it_knows_this_courses_functions_or_sets(wheel):
    """Neither its rules nor the examples in its help."""
    sets = [path.parent.name for path in (ROOT / "exercises").glob("*/__init__.py")]
    with zipfile.ZipFile(wheel) as archive:
        rooms = [name for name in archive.namelist() if name.startswith("autograder/")]
        texts = {name: archive.read(name).decode(errors="replace") for name in rooms}
    known = {name for name, text in texts.items() for word in sets if word in text}
    assert known == set()


def test_the_core_makes_and_grades_a_new_course(empty, tmp_path):
    assert "no nbgrader" in run(
        empty,
        tmp_path,
        "-c",
        "import importlib.util as u; names = 'nbgrader', 'nbconvert', 'distributed', 'dask'\n"
        "print('no nbgrader' if not any(map(u.find_spec, names)) else 'extras are here')",
    )
    command = ("-m", "autograder.cli.main")
    run(empty, tmp_path, *command, "new-course", "vision")
    course = tmp_path / "vision"
    assert "none broken" in run(empty, course, *command, "laws")
    run(empty, course, *command, "release")
    for student, folder in (("ada", "source"), ("fay", "release")):
        hand_in = course / "notebooks" / f"{student}.ipynb"
        hand_in.parent.mkdir(exist_ok=True)
        shutil.copy(course / folder / "first_steps" / "first_steps.ipynb", hand_in)
    grade = ("grade", "notebooks", "--assignment", "first_steps", "--out", "results")
    run(empty, course, *command, *grade)
    rows = csv.DictReader((course / "results" / "scores.csv").read_text().splitlines())
    assert {row["student"]: float(row["score"]) for row in rows} == {"ada": 1, "fay": 0}
    assert "✓" in run(empty, course, *command, "doctor")
    run(empty, course, *command, "gradescope", "first_steps", "--out", "bundle")
