"""What is taken along of a submission's folder: nothing that a browser would run."""

import os
import subprocess
from types import SimpleNamespace

import pytest

from autograder.nbgrader_plugin.beside import MOST_BYTES, MOST_FILES, beside
from autograder.nbgrader_plugin.grading import content_of

NAME = "ps1_derivatives"
COURSE = {"check.py", "examples.json", "data"}
ACTIVE = (
    "page.html", "page.HTM", "page.xhtml", "page.xht", "drawing.svg", "drawing.SVGZ", "feed.xml",
    "style.xsl", "script.js", "script.mjs", "mail.mht", "mail.mhtml", "movie.swf", "x.pdf.html",
    "none", "page.html ", "page.shtml", "x.wasm", ".htaccess",
)  # fmt: skip


def put(folder, *names, content=b"<script>1</script>"):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("name", ACTIVE)
def test_what_a_browser_may_run_is_left_out_and_named(tmp_path, name):
    put(tmp_path, name, f"inner/{name}")
    found = beside(tmp_path, NAME, COURSE)
    assert found.taken == ()
    assert name in found.note


def test_pictures_tables_and_text_are_taken(tmp_path):
    names = ("a.CSV", "inner/b.txt", "photo.JPG", "w.npy")
    put(tmp_path, *names)
    assert beside(tmp_path, NAME, COURSE) == beside(tmp_path, NAME, ())
    assert beside(tmp_path, NAME, COURSE).taken == names
    assert beside(tmp_path, NAME, COURSE).note == ""


def test_what_is_the_course_s_or_nbgrader_s_is_neither_taken_nor_named(tmp_path):
    put(tmp_path, "CHECK.py", "data/x.txt", f"{NAME}.ipynb", ".ipynb_checkpoints/a.txt", "x.pyc")
    found = beside(tmp_path, NAME, COURSE, [".ipynb_checkpoints", "*.pyc"])
    assert (found.taken, found.left_out) == ((), ())


@pytest.mark.parametrize("name", [f"{NAME}.html", f"{NAME}_files", f"{NAME}.HTML"])
def test_nothing_stands_in_the_place_of_the_feedback_page(tmp_path, name):
    put(tmp_path, f"{name}/notes.txt")
    found = beside(tmp_path, NAME, COURSE)
    assert (found.taken, found.left_out) == ((), (f"{name}/notes.txt",))


def test_links_and_pipes_are_left_out(tmp_path):
    (tmp_path / "answers.txt").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.txt")
    found = beside(tmp_path, NAME, COURSE)
    assert (found.taken, len(found.left_out)) == ((), 3)


def test_a_folder_of_30_000_files_is_looked_through_once(tmp_path):
    """What is taken is little: nbgrader's own walks are quadratic."""
    for number in range(30_000):
        os.close(os.open(tmp_path / f"{number}.txt", os.O_CREAT))
    found = beside(tmp_path, NAME, COURSE, ["*.pyc", "feedback"])
    assert len(found.taken) == MOST_FILES
    assert len(found.left_out) == 30_000 - MOST_FILES
    assert "29895 more" in found.note
    assert len(found.note) < 500


def test_folders_without_end_end(tmp_path):
    """Deeper than a path can say."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    put(tmp_path, "notes.txt")
    try:
        assert beside(tmp_path, NAME, COURSE).taken == ("notes.txt",)
    finally:  # Python's own rmtree recurses
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_large_files_are_left_out(tmp_path):
    for name in ("a.npy", "b.npy", "c.npy"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(MOST_BYTES // 2)
    assert beside(tmp_path, NAME, COURSE).left_out == ("c.npy",)


def test_what_is_graded_did_not_lie_beside_it(tmp_path):
    """A zip is the submission, and is not left out of it."""
    (tmp_path / "work.zip").write_bytes(b"")
    (tmp_path / "page.html").write_text("")
    chosen, left_out = content_of(tmp_path, SimpleNamespace(assignment="set", files=())).notes
    assert "'work.zip': it was graded" in chosen
    assert "page.html" in left_out
    assert "work.zip" not in left_out
