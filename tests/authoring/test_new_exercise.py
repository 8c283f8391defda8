"""A new exercise begins as a skeleton, and the laws say what is missing until it is done."""

import ast
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograder.authoring.new_exercise import new_exercise
from autograder.authoring.registered import registered
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names
from tests.course import ROOT
from tests.notebooks import cell_of, functions_in

SETS = assignment_names()
ANSWER = '''
def softplus(z):
    """Return log(1 + eᶻ), elementwise."""
    return np.logaddexp(0, z)
'''
RECORD = """
import numpy as np

from autograder.exercise import Check, Exercise, Mistake
from solutions import ps8_activations

EXERCISE = Exercise(
    reference=ps8_activations.softplus,
    draw=lambda rng, n: (rng.uniform(-2, 2, (n["N"], n["D"])),),
    axes="N D",
    oracle=lambda z: np.log(1 + np.exp(z)),
    checks=(Check("value", 1),),
    mistakes=(
        Mistake("one-lost", lambda z: np.log(np.exp(z)), "The 1 in the logarithm is missing."),
        Mistake("base-two", lambda z: np.log2(1 + np.exp(z)), "Which base has this logarithm?"),
    ),
)
"""


@pytest.fixture
def course(tmp_path):
    """A copy of the course; the grader stays where it is installed."""
    junk = shutil.ignore_patterns("__pycache__", "notebooks", "*.csv")
    for part in ("exercises", "solutions", "source"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=junk)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "course_secret").write_text("a secret of sixteen letters\n")
    return tmp_path


def command(course, *arguments):
    """Run the command inside the course."""
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", *arguments],
        cwd=course,
        env={**os.environ, "AUTOGRADER_COURSE": str(course), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def tree_of(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_an_exercise_touches_four_files_of_the_course_and_none_of_the_package(course):
    before, package = tree_of(course), tree_of(ROOT / "autograder")
    new = ("new-exercise", "not_there_yet", "--assignment", "ps4_batch_mlp", "--points", "2")
    done = command(course, *new)
    assert done.returncode == 0, done.stderr
    after = tree_of(course)
    assert {str(path) for path in after if after[path] != before.get(path)} == {
        "solutions/batch_mlp.py",
        "exercises/ps4_batch_mlp/not_there_yet.py",
        "exercises/ps4_batch_mlp/__init__.py",
        "source/ps4_batch_mlp/ps4_batch_mlp.ipynb",
    }
    assert tree_of(ROOT / "autograder") == package
    notebook = nbformat.read(course / "source" / "ps4_batch_mlp" / "ps4_batch_mlp.ipynb", 4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    place = ids.index("not-there-yet-text")
    assert ids[place : place + 3] == ["not-there-yet-text", "not-there-yet", "test-not-there-yet"]
    assert notebook.cells.index(cell_of(notebook, "derivation")) == place + 4
    assert cell_of(notebook, "test_not_there_yet").metadata.nbgrader["points"] == 2
    assert 'grade("not_there_yet")' in cell_of(notebook, "test_not_there_yet").source
    answers = functions_in((course / "solutions" / "batch_mlp.py").read_text())
    shown = functions_in(cell_of(notebook, "not_there_yet").source)
    assert shown["not_there_yet"] == answers["not_there_yet"]


def test_the_laws_lead_from_the_skeleton_to_an_exercise(course):
    new = ("new-exercise", "softplus", "--assignment", "ps8_activations", "--arguments", "z")
    done = command(course, *new, "--new-set")
    assert done.returncode == 0, done.stderr
    source = course / "source" / "ps8_activations" / "ps8_activations.ipynb"
    nbformat.validate(nbformat.read(source, as_version=4))

    done = command(course, "laws", "ps8_activations")
    assert done.returncode == 1, done.stderr
    assert "✗ softplus" in done.stdout
    assert "it knows 0 mistakes" in done.stdout
    said = done.stdout.replace("\n", " ")
    assert "exercises/ps8_activations/softplus.py: write `draw`" in said

    (course / "solutions" / "ps8_activations.py").write_text("import numpy as np\n" + ANSWER)
    (course / "exercises" / "ps8_activations" / "softplus.py").write_text(RECORD)
    done = command(course, "laws", "ps8_activations")
    assert done.returncode == 0, done.stdout
    assert "✓ softplus (2 known mistakes)" in done.stdout


@pytest.mark.parametrize("name", ["hw-1", "01_basics"])
def test_a_set_may_have_any_name_of_a_folder(course, name):
    """Its second exercise is listed behind the first, in a file that Python reads."""
    for exercise in ("first", "second"):
        more = ("--new-set",) if exercise == "first" else ()
        done = command(course, "new-exercise", exercise, "--assignment", name, *more)
        assert done.returncode == 0, done.stderr
    listing = (course / "exercises" / name / "__init__.py").read_text()
    names = {}
    exec(listing, names)
    assert names["EXERCISES"] == ("first", "second")
    done = command(course, "laws", name)
    assert done.stdout.count("it is not finished") == 2, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("sigmoid", {}, "has an exercise 'sigmoid' already"),
        ("draws", {}, "is there already"),
        ("Soft Plus", {}, "cannot be a function's name"),
        ("class", {}, "cannot be a function's name"),
        ("not_there_yet", {"arguments": "z,,"}, "cannot be arguments"),
        ("not_there_yet", {"assignment": "ps8_new"}, "ps7_deep_networks"),
        ("not_there_yet", {"assignment": "../new", "new_set": True}, "cannot be a set's name"),
        ("not_there_yet", {"assignment": "derivatives", "new_set": True}, "is there already"),
    ],
)
def test_a_refused_name_leaves_no_trace(name, more, said, monkeypatch):
    written = []
    monkeypatch.setattr(
        "autograder.authoring.new_exercise.write_whole", lambda *a: written.append(a)
    )
    with pytest.raises(Misuse, match=said):
        new_exercise(name, **{"assignment": "ps1_derivatives", **more})
    assert written == []


@pytest.mark.parametrize("name", SETS)
def test_every_set_takes_one_more_name(name):
    text = (ROOT / "exercises" / name / "__init__.py").read_text()
    made = registered(text, "not_there_yet")
    assert made.replace('    "not_there_yet",\n', "") == text
    ast.parse(made)
    line = [sys.executable, "-m", "ruff", "format", "--check", "--stdin-filename", "x.py", "-"]
    done = subprocess.run(line, input=made, text=True, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("()", '("b",)'),
        ('("a",)', '("a", "b")'),
        ('(\n    "a",\n)', '(\n    "a",\n    "b",\n)'),
    ],
)
def test_the_tuple_stays_as_it_was_written(old, new):
    assert (
        registered(f'TITLE = "A"\nEXERCISES = {old}\n', "b") == f'TITLE = "A"\nEXERCISES = {new}\n'
    )


def test_a_set_without_a_tuple_is_refused():
    with pytest.raises(Misuse, match="has no EXERCISES"):
        registered('TITLE = "A"\n', "b")
