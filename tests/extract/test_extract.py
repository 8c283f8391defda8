"""Reading submitted files: whatever a file holds, a Submission comes out."""

import json
import os

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import Misuse
from autograder.extract.extract import read_release, read_submission
from autograder.extract.release import defined_in
from autograder.settings import Limits
from tests.small_course import NAME, code, find, handed_in, small_notebook, small_release, write

RIGHT = "def double(x):\n    return 2 * x"


SLOW_IS_FINE = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)
"""Any JSON value."""
MARKS = st.fixed_dictionaries(
    {"grade_id": st.sampled_from(["setup", "double", "test_double", "derivation"]) | ODD},
    optional=dict.fromkeys(("grade", "locked", "solution", "points", "schema_version"), ODD),
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown"]) | ODD, "source": ODD},
    optional={
        "id": st.sampled_from(["double", "title", "own-3"]) | ODD,
        "metadata": st.fixed_dictionaries({"nbgrader": MARKS | ODD, "tags": ODD}) | ODD,
        "attachments": st.dictionaries(st.text(max_size=3), st.just({"image/png": "aa"}) | ODD),
    },
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with two assignments that share the name `double`."""
    root = tmp_path / "course"
    (root / "solutions").mkdir(parents=True)
    (root / "nbgrader_config.py").touch()
    other = small_notebook()
    for cell in other.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks and marks["grade_id"] != "double":
            marks["grade_id"] = cell.id = marks["grade_id"] + "-other"
    for name, notebook in {NAME: small_notebook(), "ps9_other": other}.items():
        folder = root / "release" / name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setenv("AUTOGRADER_COURSE", str(root))
    return root


def read(path):
    return read_submission(path, student="ada", release=small_release())


def test_a_good_file_becomes_cells(tmp_path):
    """Merged, with the digest of its bytes."""
    path = write(tmp_path, handed_in(double=RIGHT))
    found = read(path)
    assert (found.student, found.assignment, found.problem) == ("ada", NAME, "")
    assert RIGHT in [cell.source for cell in found.cells]
    assert found.digest == read(path).digest
    assert found.digest != read(write(tmp_path, handed_in())).digest


def ran(notebook):
    """The notebook after a run: outputs, counts and marks that no code is made of."""
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["collapsed"] = True
        if cell["cell_type"] == "code":
            output = {"output_type": "stream", "name": "stdout", "text": f"loss {number}"}
            cell |= {"execution_count": number, "outputs": [output]}
    notebook["metadata"]["kernelspec"] = {"name": "other", "display_name": "other"}
    return notebook


SAME_CODE = {
    "blank lines": lambda: handed_in(double="\n\n" + RIGHT + "  \n\n"),
    "trailing blanks": lambda: handed_in(double=RIGHT.replace("\n", "   \n\n")),
    "a comment": lambda: handed_in(double="# try 7\n" + RIGHT.replace("\n", "\n    # twice\n")),
    "outputs and metadata": lambda: ran(handed_in(double=RIGHT)),
    "a blank cell": lambda: with_cell(code(" \n ", id="own-1")),
    "a remark": lambda: with_cell(nbformat.v4.new_markdown_cell("My 7th try.", id="own-1")),
}


def with_cell(cell):
    notebook = handed_in(double=RIGHT)
    notebook["cells"].append(cell)
    return notebook


def read_again(folder, notebook):
    folder.mkdir()
    return read(write(folder, notebook))


@pytest.mark.parametrize("how", SAME_CODE)
def test_what_is_not_code_does_not_choose_the_hidden_inputs(how, tmp_path):
    """The file is another one, the code that is graded is the same."""
    plain = read_again(tmp_path / "plain", handed_in(double=RIGHT))
    edited = read_again(tmp_path / "edited", SAME_CODE[how]())
    assert edited.digest != plain.digest
    assert edited.code == plain.code


def test_other_code_has_another_digest(tmp_path):
    plain = read_again(tmp_path / "plain", handed_in(double=RIGHT))
    assert read_again(tmp_path / "more", with_cell(code("x = 1"))).code != plain.code
    assert read_again(tmp_path / "stub", handed_in()).code != plain.code


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"def double(x):", "not JSON"),
        (b'{"nbformat": 4, "cells": [', "not JSON"),
        ("{“nbformat”: 4}".encode("utf-16"), "not JSON"),
        (b"\xff\xfeabc", "not text in UTF-8 or UTF-16"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"9" * 10_000, "not JSON"),
        (b"[1, 2]", "is not a notebook"),
        (b"{}", "is not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "notebook format 4"),
        (b'{"nbformat": "4", "cells": []}', "notebook format 4"),
        (b'{"nbformat": [4], "cells": [{}]}', "notebook format 4"),
        (b'{"nbformat": 4}', "has no cells"),
        (b'{"nbformat": 4, "cells": {}}', "has no cells"),
        (b'{"nbformat": 4, "cells": [1, null]}', "has no cells"),
        (b'{"nbformat": 4, "cells": [' + b"{}," * 3000 + b"{}]}", "more than 2000 cells"),
    ],
)
def test_a_file_that_is_no_notebook_says_why(tmp_path, content, reason):
    """In words that name the file; never an exception."""
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(content)
    found = read(path)
    assert reason in found.problem
    assert path.name in found.problem
    assert found.cells == ()


def test_a_missing_file_is_a_reason(tmp_path):
    """An empty folder is graded, not skipped."""
    assert "is missing" in read(tmp_path / f"{NAME}.ipynb").problem


def test_a_name_that_is_no_text_can_still_be_told(tmp_path):
    """Reports are UTF-8, file names need not be."""
    path = tmp_path / os.fsdecode(b"\xff.ipynb")
    path.write_bytes(b"")
    assert read(path).problem.encode("utf-8").startswith(b"?.ipynb is empty")


def test_a_giant_is_not_read(tmp_path):
    """The limit is a setting."""
    path = write(tmp_path, handed_in(double=RIGHT))
    limits = Limits(notebook_bytes=100)
    found = read_submission(path, student="ada", release=small_release(), limits=limits)
    assert "larger than" in found.problem


def test_links_folders_and_pipes_are_no_notebooks(tmp_path):
    """A link could lead to the answers, a pipe would never end."""
    target = write(tmp_path, handed_in(double=RIGHT))
    (tmp_path / "link.ipynb").symlink_to(target)
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    assert "is a link" in read(tmp_path / "link.ipynb").problem
    assert "is a folder" in read(tmp_path / "folder.ipynb").problem
    assert "is not a file" in read(tmp_path / "pipe.ipynb").problem


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    """Some Windows editors write one."""
    path = tmp_path / f"{NAME}.ipynb"
    path.write_text(json.dumps(handed_in(double=RIGHT)), encoding="utf-8-sig")
    assert read(path).problem == ""


def test_another_assignment_s_notebook_is_named(course, tmp_path):
    """Even where the two share the name of a function."""
    other = (course / "release" / "ps9_other" / "ps9_other.ipynb").read_text()
    found = read(write(tmp_path, json.loads(other)))
    assert f"is a notebook of ps9_other, not of {NAME}" in found.problem


def test_a_notebook_of_no_assignment_is_refused(course, tmp_path):
    """Nothing in it is known."""
    found = read(write(tmp_path, {"nbformat": 4, "cells": [code("1 + 1")]}))
    assert f"has no cell of {NAME}" in found.problem


def test_one_known_cell_is_enough(course, tmp_path):
    """A student may delete everything but an answer."""
    answer = find(handed_in(halve="def halve(x):\n    return x / 2"), "halve")
    found = read(write(tmp_path, {"nbformat": 4, "cells": [answer]}))
    assert found.problem == ""


def test_a_release_holds_the_files_beside_its_notebook(course):
    """check.py and the data, not what editors leave behind."""
    folder = course / "release" / NAME
    (folder / "data").mkdir()
    (folder / "data" / "x.csv").write_bytes(b"1,2\n")
    (folder / "check.py").write_bytes(b"pass\n")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "old.txt").write_bytes(b"old")
    before = read_release(NAME)
    assert before.files == (("check.py", b"pass\n"), ("data/x.csv", b"1,2\n"))
    (folder / "check.py").write_bytes(b"1\n")
    assert read_release(NAME).digest != before.digest


@pytest.mark.parametrize("name", ["ps1_nowhere", "../release/ps0_small", "", ".."])
def test_an_unknown_assignment_is_misuse(course, name):
    """One line that says what to do."""
    with pytest.raises(Misuse):
        read_release(name)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(cells=st.lists(CELL | ODD, max_size=6))
def test_whatever_the_cells_are_a_savable_notebook_comes_out(tmp_path, cells):
    """Or a reason; never an exception, and never a cell that nbformat refuses."""
    student = handed_in(double=RIGHT)
    student["cells"] += cells
    found = read(write(tmp_path, student))
    nbformat.validate(found.notebook)
    assert nbformat.writes(found.notebook).encode("utf-8")
    assert [c.source for c in found.cells if c.role == "setup"] == ["import numpy as np"]


BOTH = "import numpy as np\n\ndef double(x):\n    return 2 * x\n\ndef halve(x):\n    return x / 2"


def stripped(notebook):
    """As a converter leaves it: no ids, no metadata."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    return {**notebook, "metadata": {}}


ALL_DEFINED = {
    "one cell and nothing else": lambda: {**handed_in(), "cells": [code(BOTH)]},
    "ids and metadata stripped": lambda: stripped(handed_in(double=RIGHT, halve=HALVED)),
    "all in the first answer": lambda: handed_in(double=BOTH),
    "all in the last answer": lambda: handed_in(halve=BOTH),
}
HALVED = "def halve(x):\n    return x / 2"


@pytest.mark.parametrize("how", ALL_DEFINED)
def test_functions_count_wherever_they_are_defined(how, tmp_path, course):
    """Every function runs as the student wrote it, and no stub runs after it."""
    found = read(write(tmp_path, ALL_DEFINED[how]()))
    assert found.problem == ""
    namespace: dict = {"check": lambda f: None}
    for cell in found.cells:
        if cell.role in ("setup", "solution", "extra"):
            exec(cell.source, namespace)
    assert (namespace["double"](3), namespace["halve"](3)) == (6, 1.5)


def test_a_notebook_of_other_functions_is_another_assignments(tmp_path, course):
    other = {**handed_in(), "cells": [code("def triple(x):\n    return 3 * x")]}
    assert "is it another's?" in read(write(tmp_path, other)).problem


def test_what_a_student_writes_into_a_locked_cell_leaves_the_stub_in_place(tmp_path):
    """It is not run, so the stub is what there is."""
    found = read(write(tmp_path, handed_in(setup="import numpy as np\n" + RIGHT)))
    sources = [cell.source for cell in found.cells if cell.role == "solution"]
    assert all("NotImplementedError" in source for source in sources)


def test_finding_definitions_takes_time_in_proportion():
    assert defined_in("\n" * 2_000_000 + "async def  f (x): pass\nx == 3\ng=1\n  h = 2") == {
        "f",
        "g",
    }
    assert defined_in("def" + " " * 1_000_000 + "\ndef\n\nf(") == frozenset()
    assert defined_in(("a" * 1_000_000 + " ") * 2) == frozenset()
