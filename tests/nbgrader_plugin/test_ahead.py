"""Grading ahead: what is used, what is graded again, what is left alone, and how it ends."""

import shutil
import threading
from itertools import product
from types import SimpleNamespace

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugin import ahead as module
from autograder.nbgrader_plugin.ahead import Coming, GradingAhead
from autograder.nbgrader_plugin.swift import SwiftAutograde
from autograder.settings import Limits

NAME = "set"
SECONDS = 20


class Grading:
    """Stands for the sandbox: notes what was graded, and waits where a test holds it up."""

    def __init__(self, monkeypatch):
        self.graded = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        monkeypatch.setattr(module, "graded_page_of", self.page)

    def page(self, content, student, grader):
        assert self.may_go_on.wait(SECONDS)
        self.graded.append(student)
        return student, content.bytes


@pytest.fixture
def grading(monkeypatch):
    found = Grading(monkeypatch)
    yield found
    found.may_go_on.set()


def grader(workers=2, **limits):
    release = SimpleNamespace(assignment=NAME, files=())
    return SimpleNamespace(workers=workers, limits=Limits(**limits), release=release)


def hand_in(folder, count, content=b"first"):
    for number in range(count):
        (folder / f"s{number:02}").mkdir()
        (folder / f"s{number:02}" / f"{NAME}.ipynb").write_bytes(content)
    return [Coming(folder / f"s{number:02}", f"s{number:02}") for number in range(count)]


def finished(running: GradingAhead) -> None:
    running._pool.shutdown(wait=True)


def test_what_was_graded_ahead_is_used(tmp_path, grading):
    """Each submission is graded once, and its own page comes back."""
    coming = hand_in(tmp_path, 9)
    running = GradingAhead(grader(), coming)
    pages = [running.page(each.folder, each.student) for each in coming]
    assert pages == [(each.student, b"first") for each in coming]
    assert sorted(grading.graded) == [each.student for each in coming]


def test_a_file_that_changed_meanwhile_is_graded_again(tmp_path, grading):
    """The page is that of the bytes that are there when nbgrader comes."""
    coming = hand_in(tmp_path, 2)
    running = GradingAhead(grader(), coming)
    finished(running)
    (coming[1].folder / f"{NAME}.ipynb").write_bytes(b"second")
    assert running.page(coming[1].folder, "s01") == ("s01", b"second")


def test_a_file_that_was_renamed_meanwhile_is_graded_again(tmp_path, grading):
    """Its name is told in the notebook."""
    coming = hand_in(tmp_path, 1)
    running = GradingAhead(grader(), coming)
    finished(running)
    grading.graded.clear()
    path = coming[0].folder / f"{NAME}.ipynb"
    path.rename(path.with_name(f"{NAME} (1).ipynb"))
    running.page(coming[0].folder, "s00")
    assert grading.graded == ["s00"]


def test_a_submission_that_nobody_announced_is_graded(tmp_path, grading):
    """Where nbgrader decides otherwise than was foreseen, it only takes longer."""
    coming = hand_in(tmp_path, 3)
    running = GradingAhead(grader(), coming[1:])
    assert running.page(coming[0].folder, "s00") == ("s00", b"first")


def test_what_nbgrader_leaves_out_makes_room(tmp_path, grading):
    """Otherwise a few failures would stop the looking ahead for good."""
    coming = hand_in(tmp_path, 30)
    running = GradingAhead(grader(), coming)
    for each in coming[5::6]:
        running.page(each.folder, each.student)
    finished(running)
    assert grading.graded.count("s29") == 1


def test_few_wait_at_a_time(tmp_path, grading):
    """However large the class is."""
    grading.may_go_on.clear()
    GradingAhead(grader(), hand_in(tmp_path, 50))._pool.shutdown(wait=False, cancel_futures=False)
    grading.may_go_on.set()
    assert len(grading.graded) <= module.PER_WORKER * 2


def test_large_files_wait_one_by_one(tmp_path, grading, monkeypatch):
    """What waits is bounded in bytes; a file above the bound waits alone."""
    monkeypatch.setattr(module, "HELD_BYTES", 1000)
    coming = hand_in(tmp_path, 5)
    running = GradingAhead(grader(notebook_bytes=600, output_bytes=300), coming)
    finished(running)
    assert grading.graded == ["s00"]


def test_a_folder_that_cannot_be_looked_into_fails_alone(tmp_path, grading, monkeypatch):
    """Not the one before it, while which it is looked into ahead."""
    look = module.content_of

    def failing(folder, *rest):
        if folder.name == "s01":
            raise RecursionError
        return look(folder, *rest)

    monkeypatch.setattr(module, "content_of", failing)
    coming = hand_in(tmp_path, 3)
    running = GradingAhead(grader(), coming)
    for each in (coming[0], coming[2]):
        assert running.page(each.folder, each.student) == (each.student, b"first")
    with pytest.raises(RecursionError):
        running.page(coming[1].folder, coming[1].student)


def test_closing_does_not_wait(tmp_path, grading):
    """Ctrl-C: what has not begun never does, and what runs is told of."""
    grading.may_go_on.clear()
    running = GradingAhead(grader(workers=1), hand_in(tmp_path, 3))
    assert running.close()
    grading.may_go_on.set()
    finished(running)
    assert len(grading.graded) <= 1


def test_after_the_last_page_nothing_runs(tmp_path, grading):
    """So that the warm sandbox may stay for the next command."""
    coming = hand_in(tmp_path, 3)
    running = GradingAhead(grader(), coming)
    for each in coming:
        running.page(each.folder, each.student)
    assert not running.close()


def converter(root, notebook, exclude, force):
    """SwiftAutograde on one submission, as the command sets it up."""
    course = CourseDirectory(
        root=str(root), assignment_id=NAME, notebook_id=notebook, student_id_exclude=exclude
    )
    found = SwiftAutograde(coursedir=course, force=force)
    found.exporter = found.exporter_class()
    folder = found._format_source(NAME, "s")
    found.assignments = {folder: [f"{folder}/{NAME}.ipynb"]}
    found.notebooks = found.assignments[folder]
    return found


EARLY, LATE = "2026-01-01 10:00:00 UTC", "2026-01-02 10:00:00 UTC"
STATES = [(None, None), (EARLY, LATE), (LATE, EARLY), (LATE, None), (None, EARLY), ("", EARLY)]
"""When the submission was handed in, and when the one was that has been graded."""


@pytest.mark.parametrize("notebook", ["*", NAME])
@pytest.mark.parametrize(("exclude", "force"), [("", False), ("", True), ("t,s", True)])
def test_it_foresees_what_nbgrader_decides(tmp_path, notebook, exclude, force):
    """In every state that the two folders may be in, and without removing anything."""
    here = converter(tmp_path, notebook=notebook, exclude=exclude, force=force)
    for times, there in product(STATES, ("nothing", "folder", "notebook")):
        shutil.rmtree(tmp_path)
        source, target = tmp_path / "submitted" / "s" / NAME, tmp_path / "autograded" / "s" / NAME
        _state(source, times[0])
        if there != "nothing":
            _state(target, times[1])
        if there == "notebook":
            (target / f"{NAME}.ipynb").write_text("{}")
        (folder,) = here.assignments
        foreseen = here.will_grade(folder)
        assert (target / f"{NAME}.ipynb").exists() == (there == "notebook")
        assert foreseen == here.init_destination(NAME, "s"), (times, there)


def _state(folder, time):
    folder.mkdir(parents=True)
    if time is not None:
        (folder / "timestamp.txt").write_text(time)
