"""A release made without nbgrader is the one that nbgrader makes."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.make_release import make_release
from autograder.authoring.student_version import student_version
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names
from tests.course import ROOT
from tests.small_course import marks

SETS = assignment_names()


@pytest.mark.parametrize("name", SETS)
def test_the_notebook_is_nbgraders_to_the_byte(name):
    """tests/test_release.py proves that release/ is what nbgrader makes of source/."""
    source = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)
    made = nbformat.writes(student_version(source)) + "\n"
    assert made == (ROOT / "release" / name / f"{name}.ipynb").read_text()


def test_outputs_go_and_what_was_given_is_not_changed():
    ran = new_code_cell("1 + 1", execution_count=3, metadata={"scrolled": True})
    ran.outputs = [nbformat.v4.new_output("stream", text="2")]
    notebook = new_notebook(cells=[ran])
    (cell,) = student_version(notebook).cells
    assert (cell.outputs, cell.execution_count, cell.metadata) == ([], None, {})
    assert notebook.cells[0].execution_count == 3


def test_an_answer_without_markers_becomes_a_stub_as_a_whole():
    cell = new_code_cell("secret = 1", metadata=marks("a", solution=True))
    assert "secret" not in student_version(new_notebook(cells=[cell])).cells[0].source


@pytest.mark.parametrize(
    ("source", "settings", "said"),
    [
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", {}, "has a solution"),
        ("### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS", {}, "has hidden tests"),
        ("### BEGIN SOLUTION\nx = 1", {"solution": True}, "does not end"),
    ],
)
def test_an_answer_that_could_slip_through_is_refused(source, settings, said):
    cell = new_code_cell(source, metadata=marks("a", **settings))
    with pytest.raises(Misuse, match=said):
        student_version(new_notebook(cells=[cell]))


def test_a_set_without_a_notebook_is_refused(tmp_path, monkeypatch):
    name = SETS[0]
    for part in ("solutions", "exercises", "nbgrader_config.py"):
        (tmp_path / part).symlink_to(ROOT / part)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    with pytest.raises(Misuse, match="is missing"):
        make_release(name)
    assert not (tmp_path / "release").exists()
