"""What is graded of a folder, and that the rest is named."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import Misuse
from autograder.extract.collect import collect
from autograder.extract.extract import read_content
from autograder.pipeline import Grader, ungraded
from autograder.settings import Limits

NAME = "ps1_derivatives"
FILE = f"{NAME}.ipynb"


def put(path: Path, content: str = "{}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def students(folder: Path) -> dict[str, str]:
    """Student → the file that counts, below the folder."""
    return {one.student: os.path.relpath(one.name, folder) for one in collect(folder, NAME).found}


def test_a_folder_among_loose_notebooks_hides_nobody(tmp_path):
    """`evil/ps1_derivatives/` is one more submission, and not the only one."""
    put(tmp_path / "ada.ipynb")
    put(tmp_path / "ben.ipynb")
    (tmp_path / "evil" / NAME).mkdir(parents=True)
    assert students(tmp_path) == {
        "ada": "ada.ipynb",
        "ben": "ben.ipynb",
        "evil": f"evil/{NAME}/{FILE}",
    }


def test_of_two_files_of_one_student_the_report_says_which_counts(tmp_path):
    put(tmp_path / "ada" / NAME / FILE)
    put(tmp_path / "ada.ipynb")
    put(tmp_path / "ben.IPYNB")
    put(tmp_path / "ben.ipynb")
    notes = {one.student: one.note for one in collect(tmp_path, NAME).found}
    assert notes == {
        "ada": f"Only {FILE} counts; not read: ada.ipynb.",
        "ben": "Only ben.IPYNB counts; not read: ben.ipynb.",
    }


@pytest.mark.parametrize(
    ("files", "taken", "note"),
    [
        ([FILE], FILE, ""),
        (["my.ipynb"], "my.ipynb", f"The file was called 'my.ipynb': it was graded as {FILE}."),
        ([FILE, "old.ipynb"], FILE, f"Only {FILE} counts; not read: old.ipynb."),
        (["a.ipynb", "b.ipynb"], FILE,
         f"Each of these could be the submission: a.ipynb, b.ipynb. Hand in one, called {FILE}."),
        ([f"{NAME} (1).ipynb", f"{NAME} (2).ipynb"], FILE,
         f"{NAME} (1).ipynb, {NAME} (2).ipynb. Hand in one, called {FILE}."),
        ([f"{NAME} (1).ipynb", "b.ipynb"], f"{NAME} (1).ipynb",
         f"it was graded as {FILE}. Only {NAME} (1).ipynb counts; not read: b.ipynb."),
        ([f"{i}.ipynb" for i in range(9)], FILE,
         f"0.ipynb, 1.ipynb, 2.ipynb, 6 more. Hand in one, called {FILE}."),
        (["x.ipynb.txt"], "x.ipynb.txt", f"it was graded as {FILE}."),
        (["work.zip", "check.py", "data.txt"], "work.zip", f"it was graded as {FILE}."),
        (["work.py", "check.py"], "work.py", f"it was graded as {FILE}."),
        (["check.py"], FILE, ""),
        (["essay.pdf", "check.py", ".DS_Store"], FILE,
         f"The folder holds essay.pdf, and not a notebook. Hand in {FILE}."),
        (["x.ipynb", "work.zip"], "x.ipynb", "Only x.ipynb counts; not read: work.zip."),
        (["down/x.ipynb", "down/.ipynb_checkpoints/x.ipynb"], "x.ipynb", f"graded as {FILE}."),
        (["a/x.ipynb", "b/x.ipynb"], FILE, f"a/x.ipynb, b/x.ipynb. Hand in one, called {FILE}."),
    ],
)  # fmt: skip
def test_of_several_files_in_a_folder_the_report_says_which_counts(tmp_path, files, taken, note):
    for name in files:
        put(tmp_path / "ada" / NAME / name)
    (one,) = collect(tmp_path, NAME).found
    assert os.path.basename(one.name) == taken
    assert one.note.endswith(note)
    assert bool(one.note) == bool(note)


def test_a_students_folder_without_one_for_the_set_is_looked_at(tmp_path):
    put(tmp_path / "ada" / "mine.ipynb")
    put(tmp_path / "ben" / "other_set" / "x.ipynb")
    put(tmp_path / "cleo.zip")
    put(tmp_path / "check.py")
    assert students(tmp_path) == {"ada": "ada/mine.ipynb", "cleo": "cleo.zip"}


def test_the_note_is_in_the_report_also_of_what_cannot_be_read(tmp_path):
    put(tmp_path / "ada" / NAME / "a.ipynb")
    put(tmp_path / "ada" / NAME / "b.ipynb")
    (one,) = collect(tmp_path, NAME).found
    with Grader(NAME, workers=1, isolation="none") as grader:
        submission = grader.read(one.path, one.student, one.note)
        report = ungraded(submission, grader.assignment, "none")
    assert "is missing" in report.reason
    assert report.repairs == (one.note,)


def test_what_is_not_graded_is_named(tmp_path):
    put(tmp_path / "ada.ipynb")
    for name in ("essay.pdf", ".DS_Store", "c.txt", "d.txt", "e.txt"):
        put(tmp_path / name)
    put(tmp_path / "ben" / "ps2_worked_example" / "x.ipynb")
    assert collect(tmp_path, NAME).left_out == (
        f"ben: no folder {NAME} in it.",
        "c.txt, d.txt, e.txt, 1 more: not a notebook.",
    )


def test_hidden_students_links_and_folders_called_like_notebooks_are_graded(tmp_path):
    put(tmp_path / ".zoe" / NAME / FILE)
    put(tmp_path / ".yan.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "to_zoe").symlink_to(tmp_path / ".zoe")
    assert set(students(tmp_path)) == {".zoe", ".yan", "folder", "gone", "to_zoe"}


def as_nobody(action: Callable[[Path], object], folder: Path):
    """Do something without root's rights to read everything."""
    if os.geteuid():
        return action(folder)
    os.seteuid(65534)
    try:
        return action(folder)
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that everybody can reach: pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o700)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_entered_is_a_row_with_a_reason(open_folder):
    """The others are graded."""
    put(open_folder / "ada" / NAME / FILE)
    put(open_folder / "shut" / NAME / FILE)
    put(open_folder / "inner" / NAME / FILE)
    (open_folder / "shut").chmod(0)
    (open_folder / "inner" / NAME).chmod(0)
    found = as_nobody(lambda folder: collect(folder, NAME).found, open_folder)
    assert [one.student for one in found] == ["ada", "inner", "shut"]
    problems = as_nobody(
        lambda _: [read_content(one.path, Limits())[1] for one in found], open_folder
    )
    assert problems == ["", *[f"{FILE} cannot be opened. Hand it in again."] * 2]


def test_a_class_that_cannot_be_listed_is_one_clear_line(open_folder):
    (open_folder / "class").mkdir(0o300)
    with pytest.raises(Misuse, match="cannot be read"):
        as_nobody(lambda folder: collect(folder / "class", NAME), open_folder)


BYTES = st.binary(min_size=1, max_size=40).filter(
    lambda raw: b"/" not in raw and b"\0" not in raw and raw not in (b".", b"..")
)
KINDS = st.sampled_from(("notebook", "folder", "tree", "file", "link"))


@given(st.dictionaries(BYTES, KINDS, min_size=1, max_size=8))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_everything_in_a_folder_is_graded_or_named(tmp_path, entries):
    """Whatever it is called, and whatever it is."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    for raw, kind in entries.items():
        path = folder / os.fsdecode(raw + (b".ipynb" if kind == "notebook" else b""))
        if os.path.lexists(path):
            continue
        if kind in ("notebook", "file"):
            path.write_text("{}")
        elif kind == "link":
            path.symlink_to(folder)
        else:
            (path / NAME if kind == "tree" else path).mkdir(parents=True)
    put(folder / "ada.ipynb")
    collected = collect(folder, NAME)
    graded = {os.path.relpath(one.name, folder).split(os.sep)[0] for one in collected.found}
    noted = sum(one.note.count("not read") for one in collected.found)
    rest = [name for name in os.listdir(folder) if name not in graded and name[:1] != "."]
    assert len(collected.left_out) <= 2
    assert bool(rest) <= bool(collected.left_out or noted)
    assert len({one.student for one in collected.found}) == len(collected.found)


def test_a_folder_of_30_000_files_is_listed_in_no_time(tmp_path):
    """Both as a class and as one student's folder."""
    folder = tmp_path / "ada" / NAME
    folder.mkdir(parents=True)
    for number in range(30_000):
        os.close(os.open(folder / f"{number}.ipynb", os.O_CREAT))
    (one,) = collect(tmp_path, NAME).found
    assert "29997 more. Hand in one" in one.note
    assert len(collect(folder, NAME).found) == 30_000


def test_a_notebook_far_down_is_found_and_its_folders_harm_nobody(tmp_path):
    """Deeper than Python recurses."""
    put(tmp_path / "ben.ipynb")
    here = os.open(put(tmp_path / "ada" / NAME / "a" / "notes.txt").parent, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=here)
        deeper = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open(FILE, os.O_CREAT, dir_fd=here))
    os.close(here)
    try:
        ada, ben = collect(tmp_path, NAME).found
        assert ada.name.endswith(f"/a/a/a/{FILE}")
        assert "it was graded" in ada.note
        assert ben.student == "ben"
    finally:  # Python's own rmtree recurses
        subprocess.run(["rm", "-rf", str(tmp_path / "ada")], check=True)
