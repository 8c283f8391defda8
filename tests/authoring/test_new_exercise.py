"""A new exercise begins as a skeleton, and the laws say what is missing until it is done."""

import ast
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograder.authoring.new_exercise import new_exercise, registered
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names
from tests.course import ROOT
from tests.notebooks import cell_of, functions_in

SETS = assignment_names()
FIRST_PARTY = 'lint.isort.known-first-party=["autograder"]'  # the new module is not there yet
ANSWER = '''
def softplus(z):
    """Return log(1 + eᶻ), elementwise."""
    return np.logaddexp(0, z)
'''
RECORD = '''
import numpy as np

from autograder.course import load_solutions
from autograder.exercise.tree import Tree
from autograder.exercise.spec import Check, Exercise, Mistake, Sizes

SOLUTIONS = load_solutions("activations")


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """One case."""
    return (rng.standard_normal((sizes["N"], sizes["D"])),)


SOFTPLUS = Exercise(
    reference=SOLUTIONS.softplus,
    draw=draw,
    oracle=lambda z: np.log(1 + np.exp(z)),
    axes="N D",
    checks=(Check("value", 1),),
    mistakes=(
        Mistake("one-lost", "The 1 in the logarithm is missing.", lambda z: np.log(np.exp(z))),
        Mistake("base-two", "Which base has this logarithm?", lambda z: np.log2(1 + np.exp(z))),
    ),
)
'''


@pytest.fixture
def checkout(tmp_path):
    """A course of its own, grader included: a new exercise is a change of both."""
    junk = shutil.ignore_patterns("__pycache__", "notebooks", "*.svg", "*.csv")
    for part in ("autograder", "solutions", "source"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=junk)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "course_secret").write_text("a secret of sixteen letters\n")
    return tmp_path


def command(checkout, *arguments):
    """Run the copied grader's command in the copied course."""
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", *arguments],
        cwd=checkout,
        env={**os.environ, "AUTOGRADER_COURSE": str(checkout), "PYTHONPATH": str(checkout)},
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


def test_an_exercise_touches_four_files_and_no_other(checkout):
    before = tree_of(checkout)
    new = ("new-exercise", "not_there_yet", "--assignment", "ps4_batch_mlp", "--points", "2")
    done = command(checkout, *new)
    assert done.returncode == 0, done.stderr
    after = tree_of(checkout)
    assert {str(path) for path in after if after[path] != before.get(path)} == {
        "solutions/batch_mlp.py",
        "autograder/exercises/_ps4_not_there_yet.py",
        "autograder/exercises/ps4_batch_mlp.py",
        "source/ps4_batch_mlp/ps4_batch_mlp.ipynb",
    }
    notebook = nbformat.read(checkout / "source" / "ps4_batch_mlp" / "ps4_batch_mlp.ipynb", 4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    place = ids.index("not-there-yet-text")
    assert ids[place : place + 3] == ["not-there-yet-text", "not-there-yet", "test-not-there-yet"]
    assert notebook.cells.index(cell_of(notebook, "derivation")) == place + 4
    assert cell_of(notebook, "test_not_there_yet").metadata.nbgrader["points"] == 2
    assert 'grade("not_there_yet")' in cell_of(notebook, "test_not_there_yet").source
    answers = functions_in((checkout / "solutions" / "batch_mlp.py").read_text())
    assert (
        functions_in(cell_of(notebook, "not_there_yet").source)["not_there_yet"]
        == answers["not_there_yet"]
    )


def test_the_laws_lead_from_the_skeleton_to_an_exercise(checkout):
    new = ("new-exercise", "softplus", "--assignment", "ps8_activations", "--arguments", "z")
    done = command(checkout, *new, "--new-set")
    assert done.returncode == 0, done.stderr
    source = checkout / "source" / "ps8_activations" / "ps8_activations.ipynb"
    nbformat.validate(nbformat.read(source, as_version=4))

    done = command(checkout, "laws", "ps8_activations")
    assert done.returncode == 1, done.stderr
    assert "✗ softplus" in done.stdout
    assert "it knows 0 mistakes" in done.stdout
    assert "_ps8_softplus.py: write `draw`" in done.stdout.replace("\n", "")

    (checkout / "solutions" / "activations.py").write_text("import numpy as np\n" + ANSWER)
    (checkout / "autograder" / "exercises" / "_ps8_softplus.py").write_text(RECORD)
    done = command(checkout, "laws", "ps8_activations")
    assert done.returncode == 0, done.stdout
    assert "✓ softplus (2 known mistakes)" in done.stdout


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("sigmoid", {}, "has an exercise 'sigmoid' already"),
        ("Soft Plus", {}, "no function's name"),
        ("class", {}, "no function's name"),
        ("not_there_yet", {"arguments": "z,,"}, "no arguments"),
        ("not_there_yet", {"assignment": "ps8_new"}, "ps7_deep_networks"),
        ("not_there_yet", {"assignment": "new", "new_set": True}, "no name of a set"),
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
def test_every_set_takes_one_more_record(name):
    text = (ROOT / "autograder" / "exercises" / f"{name}.py").read_text()
    made = registered(text, f"_{name[:3]}_not_there_yet", "NOT_THERE_YET")
    ast.parse(made)
    added = [line for line in made.splitlines() if "NOT_THERE_YET" in line]
    assert len(added) == 2
    for check in (["format", "--check"], ["check", "--select", "I,F", "--config", FIRST_PARTY]):
        line = [sys.executable, "-m", "ruff", *check, "--stdin-filename", f"{name}.py", "-"]
        done = subprocess.run(
            line, input=made, text=True, capture_output=True, cwd=ROOT, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
