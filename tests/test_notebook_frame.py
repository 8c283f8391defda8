"""Every notebook stands in one frame, which is written once: docs/notebook-frame.md."""

import ast
import os
import re
import subprocess
import sys

import nbformat
import pytest

from autograder.exercise.load import assignment_names
from tests.course import ROOT
from tests.notebooks import cell_of, grade_id

SETS = assignment_names()
FRAME = (ROOT / "docs" / "notebook-frame.md").read_text()
HEADING = re.compile(r"(?<!```markdown)\n## ")
NUMBERED = re.compile(r"^## (\d+)\.(\d+) \S.*$", re.M)
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LONGEST_ALT = 200
TOOLS = ("numerical_gradient", "gradient_check")


def blocks(heading, language):
    """The fenced blocks of one section of the page."""
    sections = dict(part.split("\n", 1) for part in HEADING.split(FRAME)[1:])
    return re.findall(rf"```{language}\n(.*?)\n```", sections[heading], re.S)


def in_set(text, name):
    """The words of the frame for one set."""
    return text.replace("ps1_derivatives", name)


@pytest.fixture(params=SETS)
def name(request):
    return request.param


@pytest.fixture
def notebook(name):
    return nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def markdown(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def number_of(name):
    return re.match(r"ps(\d+)_", name)[1]


def test_it_begins_with_goals_time_and_how_it_works(name, notebook):
    first = notebook.cells[0]
    (how,) = blocks("How this works", "markdown")
    assert first.id == "title"
    assert re.match(rf"# {number_of(name)} · \S", first.source)
    goals = re.search(r"\nYou will be able to\n\n((?:- .*\n)+)\n", first.source)[1]
    assert 3 <= len(re.findall(r"^- \S.*[;.]$", goals, re.M)) <= 4
    assert goals.rstrip().endswith(".")
    assert re.search(r"\*\*Time\.\*\* About .+, of which reading is .+\. \*\*B", first.source)
    assert "**Bring** " in first.source
    assert first.source.endswith(how) or how + "\n\n" in first.source


def test_it_starts_from_wherever_python_was_started(name, notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    start, setup = cells[:2]
    (wanted,) = blocks("Start", "python")
    assert (grade_id(start), grade_id(setup)) == ("start", "setup")
    head, body = start.source.split("\n", 1)
    assert body == wanted.split("\n", 1)[1]
    assert re.fullmatch(rf'SET, FILES = "{name}", \[("[\w.]+"(, )?)+\]', head)
    for file in re.findall(r'"([\w.]+)"', head)[1:]:
        assert file == "check.py" or (ROOT / "source" / name / file).exists()
    assert all(marks(cell)["locked"] for cell in (start, setup))
    assert "from check import check, ready, tried" in setup.source


def started(folder, cwd):
    """Run the start cell in a Python of its own: what it says, and where it finds check."""
    (start,) = blocks("Start", "python")
    (folder / "check.py").write_text("found = __file__")
    ask = "import check\nprint(check.found, os.environ['OMP_NUM_THREADS'])"
    command = [sys.executable, "-c", f"{start}\n{ask}"]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("above", [0, 1, 2, 3])
def test_the_files_are_found_from_the_folders_above(tmp_path, above):
    """Where an editor starts Python in the folder that it has open."""
    folder = tmp_path / "course" / "release" / "ps1_derivatives"
    folder.mkdir(parents=True)
    run = started(folder, [folder, *folder.parents][above])
    assert run.stdout.split() == [str(folder / "check.py"), "1"], run.stderr


def test_a_missing_file_is_told_in_a_sentence(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    run = started(folder, tmp_path)
    last = run.stderr.strip().splitlines()[-1]
    assert last.startswith("FileNotFoundError: check.py should lie in the folder of this notebook")
    assert last.endswith("Copy the whole folder ps1_derivatives there, and run this cell again.")


def test_ones_own_tools_are_carried_over(name, notebook):
    ids = [grade_id(cell) for cell in notebook.cells]
    if int(number_of(name)) < 3:
        assert "carry_over" not in ids
        return
    text, stubs, checks = notebook.cells[ids.index("carry_over") - 1 :][:3]
    (words,), (code,) = blocks("Your own tools", "markdown"), blocks("Your own tools", "python")
    assert (text.source, checks.source) == (words, code)
    assert (marks(stubs)["solution"], marks(stubs)["grade"]) == (True, False)
    defined = [node.name for node in ast.parse(stubs.source).body]
    assert defined == [*TOOLS]
    assert stubs.source.count("### BEGIN SOLUTION") == 2
    assert marks(checks)["locked"]
    assert "illustration" in checks.metadata["tags"]


def test_sections_are_numbered_without_a_gap(name, notebook):
    text = "\n".join(cell.source for cell in markdown(notebook))
    heads = re.findall(r"^## .*$", text, re.M)
    assert heads[-1] == "## Hand in"
    numbers = [NUMBERED.match(head) for head in heads[:-1]]
    assert [(found[1], int(found[2])) for found in numbers] == [
        (number_of(name), place) for place in range(1, len(numbers) + 1)
    ]


def test_trials_leave_the_lines_open_that_teach(name, notebook):
    trials = [cell for cell in notebook.cells if grade_id(cell).startswith("try_")]
    assert trials
    for cell in trials:
        (function,) = ast.parse(cell.source).body
        assert function.name == grade_id(cell)
        assert not ast.unparse(function.args)
        assert (marks(cell)["solution"], marks(cell)["grade"]) == (True, False)
        assert "### BEGIN SOLUTION" in cell.source
        assert "return" not in cell.source.split("### BEGIN SOLUTION")[0].split('"""')[-1]
        shown = notebook.cells[notebook.cells.index(cell) + 1]
        assert shown.source == f"tried({function.name})"
        assert grade_id(shown) == "tried_" + function.name.removeprefix("try_")
        assert marks(shown)["locked"]
        assert "illustration" in shown.metadata["tags"]


def test_one_why_is_read_by_a_person(name, notebook):
    (words,) = blocks("Why", "markdown")
    answer = cell_of(notebook, "derivation")
    question = notebook.cells[notebook.cells.index(answer) - 1]
    assert words in question.source
    assert NUMBERED.match(question.source)
    assert marks(answer)["points"] == 2


def test_it_ends_with_handing_in(name, notebook):
    text, code = notebook.cells[-2:]
    (words,), (call,) = blocks("Hand in", "markdown"), blocks("Hand in", "python")
    assert (text.source, text.id) == (in_set(words, name), "hand-in-text")
    assert (code.source, grade_id(code)) == (call, "hand_in")
    assert marks(code)["locked"]
    assert "illustration" in code.metadata["tags"]


def test_pictures_say_what_a_sighted_reader_learns(name, notebook):
    """Alt texts of Markdown pictures; a printed sentence under every drawn one."""
    for cell in markdown(notebook):
        for alt, file in IMAGE.findall(cell.source):
            assert 20 <= len(alt) <= LONGEST_ALT, alt
            assert file.rpartition(".")[0] not in alt
            assert (ROOT / "source" / name / file).exists()
    for cell in notebook.cells:
        if cell.cell_type == "code" and "plt.show()" in cell.source:
            assert re.search(r"\bprint\(", cell.source.rpartition("plt.show()")[2]), cell.source


def test_the_words_are_those_of_all_sets(name, notebook):
    text = "\n".join(cell.source for cell in notebook.cells)
    for word in (r"\bmend", r"[Dd]erivative by\b", r"\\partial [^$]*\$ by \$", "the set before"):
        assert not re.search(word, text), word
    for stumble in re.findall(r"^.*[Nn]otes stumble.*$", text, re.M):
        assert stumble.startswith("> **Where the notes stumble.**")
