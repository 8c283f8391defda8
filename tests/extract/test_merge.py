"""The merge rule, one fact a test: what a student can change, and what changes nothing."""

import nbformat
import pytest

from autograder.extract.merge import merge
from tests.small_course import (
    DOUBLE,
    code,
    duplicate,
    find,
    handed_in,
    insert_after,
    place,
    small_release,
)

RIGHT = "def double(x):\n    return 2 * x"
RELEASE = small_release()


def merged(notebook):
    return merge(notebook, RELEASE)


def sources(cells, *roles):
    return [cell.source for cell in cells if cell.role in roles]


def test_an_honest_notebook_needs_no_repair():
    """Answers are taken over, and nothing is said."""
    _, cells, repairs = merged(handed_in(double=RIGHT))
    assert repairs == ()
    assert sources(cells, "solution")[0] == RIGHT


def test_cells_come_with_their_roles_and_places():
    """Each code cell knows what it is run for, and where it stands in the merged notebook."""
    notebook, cells, _ = merged(handed_in(double=RIGHT))
    roles = [cell.role for cell in cells]
    assert roles == ["setup", "solution", "grade", "solution", "grade", "illustration"]
    assert all(notebook.cells[cell.index].source == cell.source for cell in cells)


def test_the_last_copy_counts_and_earlier_ones_run_before_it():
    """A duplicated answer cell: all copies run, in order."""
    student = handed_in(double="def double(x):\n    return x + x")
    duplicate(student, "double", RIGHT)
    _, cells, repairs = merged(student)
    assert sources(cells, "extra", "solution")[:2] == ["def double(x):\n    return x + x", RIGHT]
    assert [cell.role for cell in cells][1:3] == ["extra", "solution"]
    assert "2 times" in repairs[0]


def test_a_stub_behind_the_answer_is_dropped():
    """A pasted copy of the stub does not undo the answer before it, however it is indented."""
    student = handed_in(double=RIGHT)
    duplicate(student, "double", DOUBLE.replace("    ", "  ") + "\n\n")
    _, cells, repairs = merged(student)
    assert sources(cells, "solution")[0] == RIGHT
    assert "extra" not in {cell.role for cell in cells}
    assert repairs == ()


def test_an_unanswered_cell_stays_the_stub():
    """Somebody who has not begun is told so by the stub's own error."""
    _, cells, repairs = merged(handed_in())
    assert sources(cells, "solution")[0] == DOUBLE
    assert repairs == ()


def test_a_deleted_answer_cell_stays_empty():
    """The stub would overwrite a function that stands in a cell of the student's own."""
    student = handed_in()
    del student["cells"][place(student, "double")]
    insert_after(student, "setup", code(RIGHT))
    _, cells, repairs = merged(student)
    assert sources(cells, "extra", "solution")[:2] == [RIGHT, ""]
    assert repairs == ("The answer cell double was missing: it was left empty.",)


def test_a_stub_does_not_overwrite_an_answer_elsewhere():
    """The answer stands in a new cell and the stub was left behind: the stub does not run."""
    student = handed_in()
    insert_after(student, "setup", code(RIGHT))
    _, cells, _ = merged(student)
    assert sources(cells, "extra", "solution")[:2] == [RIGHT, ""]


def test_a_lost_name_is_found_by_the_cell_id():
    """Some editors drop nbgrader's metadata; the cell's own id is as good."""
    student = handed_in(double=RIGHT)
    find(student, "double")["metadata"] = {}
    _, cells, repairs = merged(student)
    assert sources(cells, "solution")[0] == RIGHT
    assert "recognised by its cell id" in repairs[0]


def test_a_renamed_cell_without_an_id_runs_where_it_stands():
    """Nothing tells that it was the answer cell, so it is a cell of the student's own."""
    student = handed_in(double=RIGHT)
    cell = find(student, "double")
    cell["metadata"]["nbgrader"]["grade_id"] = "renamed"
    del cell["id"]
    _, cells, _ = merged(student)
    assert sources(cells, "extra") == [RIGHT]
    assert sources(cells, "solution")[0] == ""


def test_the_rest_of_a_split_cell_follows_it():
    """The second half has no name; it runs right after the first."""
    student = handed_in(double="def double(x):\n    return twice * x")
    insert_after(student, "double", code("twice = 2"))
    _, cells, _ = merged(student)
    assert [cell.source for cell in cells][1:3] == [
        "def double(x):\n    return twice * x",
        "twice = 2",
    ]


def test_own_cells_keep_their_order_before_and_between_known_cells():
    """Cells before the first known one come first."""
    student = handed_in(double=RIGHT)
    student["cells"].insert(0, code("a = 1"))
    insert_after(student, "setup", code("c = 3"))
    insert_after(student, "setup", code("b = 2"))
    _, cells, _ = merged(student)
    assert [cell.source for cell in cells][:5] == [
        "a = 1",
        "import numpy as np",
        "b = 2",
        "c = 3",
        RIGHT,
    ]


def test_a_deleted_test_is_put_back():
    """And the student is told."""
    student = handed_in(double=RIGHT)
    del student["cells"][place(student, "test_double")]
    _, cells, repairs = merged(student)
    assert sources(cells, "grade") == ["check(double)", "check(halve)"]
    assert repairs == ("A test cell was missing (test_double): it was put back.",)


@pytest.mark.parametrize("grade_id", ["test_double", "setup", "picture"])
def test_an_edited_locked_cell_is_put_back(grade_id):
    """Whatever was written there, the instructor's text runs."""
    student = handed_in(double=RIGHT)
    find(student, grade_id)["source"] = "grade = lambda name: 2.0"
    _, cells, repairs = merged(student)
    assert all("lambda" not in cell.source for cell in cells)
    assert "was changed" in repairs[0]


def test_copies_of_a_test_change_nothing():
    """A duplicated grade_id stops stock nbgrader for everybody after."""
    student = handed_in(double=RIGHT)
    duplicate(student, "test_double", "2.0")
    notebook, cells, _ = merged(student)
    assert sources(cells, "grade") == ["check(double)", "check(halve)"]
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    assert names.count("test_double") == 1


def test_settings_and_tags_change_nothing():
    """Points, locks, schema, `skip-execution`: all come from the release."""
    student = handed_in(double=RIGHT)
    test = find(student, "test_double")["metadata"]
    test["nbgrader"].update(points=100, locked=False, schema_version=99)
    test["tags"] = ["skip-execution"]
    notebook, _, repairs = merged(student)
    assert notebook.cells[3].metadata == RELEASE.cells["test_double"].metadata
    assert "settings" in repairs[0]


def test_a_cell_turned_into_markdown_is_code_again():
    """One keystroke in Jupyter; the answer is still there."""
    student = handed_in(double=RIGHT)
    find(student, "double")["cell_type"] = "markdown"
    _, cells, repairs = merged(student)
    assert sources(cells, "solution")[0] == RIGHT
    assert "turned into markdown" in repairs[0]


def test_own_cells_cannot_pose_as_test_cells():
    """A cell of the student's own keeps its text and no metadata."""
    student = handed_in(double=RIGHT)
    metadata = {"nbgrader": {"grade": True, "grade_id": "test_mine", "points": 9, "locked": True}}
    student["cells"].append({**code("9.0"), "metadata": {**metadata, "tags": ["illustration"]}})
    notebook, cells, _ = merged(student)
    assert notebook.cells[-1].metadata == {}
    assert cells[-1].role == "extra"


def test_derivations_and_their_pictures_are_kept():
    """The hand-graded answer, with a pasted picture, and notes in the course's own text."""
    student = handed_in(derivation="$dx = 2\\,dout$ ![](attachment:a.png)")
    picture = {"a.png": {"image/png": "aGVsbG8="}}
    find(student, "derivation")["attachments"] = picture
    student["cells"][0]["source"] = "# Twice and half (by Ada)"
    notebook, _, _ = merged(student)
    assert notebook.cells[-1].source.startswith("$dx")
    assert notebook.cells[-1].attachments == picture
    assert notebook.cells[0].source == "# Twice and half (by Ada)"


def test_deleted_course_text_comes_back():
    """The page that a human reads is whole."""
    student = handed_in(double=RIGHT)
    del student["cells"][0]
    notebook, _, repairs = merged(student)
    assert notebook.cells[0].source == "# Twice and half"
    assert repairs == ()


def test_the_kernel_is_the_release_s():
    """A student's kernel or language changes nothing."""
    student = handed_in(double=RIGHT)
    student["metadata"] = {"kernelspec": {"name": "bash"}, "language_info": {"name": "R"}}
    notebook, _, _ = merged(student)
    assert notebook.metadata == RELEASE.notebook.metadata


def test_cell_ids_are_unique_and_valid():
    """Copied, empty, odd and missing ids are replaced."""
    student = handed_in(double=RIGHT)
    for name in ("double", "double", "x", "x", "", "a b", "ä" * 99, 7, None):
        student["cells"].append(code("pass", id=name, metadata={"nbgrader": "none"}))
    student["cells"].append(code("pass"))
    notebook, _, _ = merged(student)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    nbformat.validate(notebook)


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, [None, 3, {}], {"nbgrader": 1}, True])
def test_any_type_anywhere_gives_a_valid_notebook(odd):
    """Nothing in the file needs to have the type it should have."""
    student = handed_in(double=RIGHT)
    question = find(student, "derivation")
    for field in ("cell_type", "source", "metadata", "id", "attachments", "outputs"):
        student["cells"].append({**code("pass"), field: odd})
        student["cells"].append({**question, field: odd})
    for setting in ("grade", "points", "grade_id", "locked", "schema_version"):
        marked = {"nbgrader": {"grade_id": "halve", setting: odd}}
        student["cells"].append({**code("pass"), "metadata": marked})
    student["cells"].append(odd)
    notebook, cells, _ = merged({**student, "metadata": odd, "nbformat_minor": odd})
    nbformat.validate(notebook)
    assert RIGHT in sources(cells, "solution")


def test_half_characters_do_not_stop_a_save():
    """JSON can hold half of a surrogate pair; no file can."""
    student = handed_in(double=RIGHT + "  # \ud83d")
    notebook, _, _ = merged(student)
    assert nbformat.writes(notebook).encode("utf-8")


def test_a_source_may_be_a_list_of_lines():
    """That is how Jupyter saves it."""
    student = handed_in()
    find(student, "double")["source"] = RIGHT.splitlines(keepends=True)
    _, cells, _ = merged(student)
    assert sources(cells, "solution")[0] == RIGHT


def test_merging_leaves_the_release_alone():
    """The next submission starts from the same base."""
    before = nbformat.writes(RELEASE.notebook)
    merged(handed_in(double=RIGHT, derivation="mine"))
    assert nbformat.writes(RELEASE.notebook) == before
