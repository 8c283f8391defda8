"""The grader itself fails: what is written stays whole, and the rest is graded by the next run."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.exercise.load import load_assignment
from autograder.extract import extract
from autograder.extract.extract import read_submission
from autograder.pipeline import Grader
from autograder.report import files
from autograder.report.finish import Finished
from autograder.sandbox.worker import Worker, WorkerDied
from tests.hostile.attack import ASSIGNMENT
from tests.notebooks import hand_in, insert_after, solved
from tests.sandboxes import alive, family_of, heed_ctrl_c

FULL = load_assignment(ASSIGNMENT).points
STUDENTS = ("ada", "ben", "cleo", "dan")


@pytest.fixture
def submitted(tmp_path) -> Path:
    """Four right submissions."""
    for student in STUDENTS:
        notebook = solved(ASSIGNMENT)
        insert_after(notebook, "setup", f"name = {student!r}")
        hand_in(notebook, tmp_path / "submitted" / f"{student}.ipynb")
    return tmp_path / "submitted"


def command(submitted: Path, *options: str) -> list[str]:
    out = str(submitted.parent / "results")
    where = ["grade", str(submitted), "--assignment", ASSIGNMENT, "--out", out]
    return [*where, "--workers", "1", "--quiet", *options]


def results(submitted: Path) -> dict[str, dict]:
    """All JSON results: each must be whole."""
    found = (submitted.parent / "results").glob("*.json")
    return {path.stem: json.loads(path.read_text()) for path in found}


def endless(submitted: Path, student: str) -> None:
    notebook = solved(ASSIGNMENT)
    insert_after(notebook, "setup", "while True: pass")
    hand_in(notebook, submitted / f"{student}.ipynb")


def test_a_worker_that_is_killed_costs_nobody_anything(submitted):
    """The submission that it had is graded again, by a new one."""
    release_of = {}
    with Grader(ASSIGNMENT, workers=1) as grader:
        (worker,) = grader._sandbox._workers
        release_of.update(dict.fromkeys(STUDENTS, grader.release))
        one = read_submission(submitted / "ada.ipynb", student="ada", release=grader.release)
        os.kill(worker.pid, signal.SIGKILL)
        worker.kill()
        assert grader.grade(one).score == FULL


def test_a_worker_that_dies_each_time_is_one_row_and_exit_1(submitted, monkeypatch, capsys):
    """The row says that it was the grader; the others are graded, and a rerun grades this one."""
    fork = Worker.fork
    calls = iter(range(100))

    def dying(worker):
        if next(calls) in (2, 3):  # after the self-test's two
            worker.kill()
            raise WorkerDied
        return fork(worker)

    monkeypatch.setattr(Worker, "fork", dying)
    assert main(command(submitted)) == 1
    assert "ada: The grader failed" in capsys.readouterr().err
    found = results(submitted)
    assert found["ada"]["status"] == "not_graded"
    assert found["ada"]["reason"].startswith("The grader failed")
    assert {name: found[name]["score"] for name in STUDENTS[1:]} == dict.fromkeys(
        STUDENTS[1:], FULL
    )
    monkeypatch.undo()
    assert main(command(submitted)) == 0
    assert results(submitted)["ada"]["score"] == FULL


def test_a_bug_of_ours_is_one_row_too(submitted, monkeypatch, caplog):
    """Staff read the traceback; the student's page has nothing of it."""
    grade = Grader.graded

    def buggy(grader, submission):
        if submission.student == "ben":
            raise ZeroDivisionError("hidden value 0.123")
        return grade(grader, submission)

    monkeypatch.setattr(Grader, "graded", buggy)
    assert main(command(submitted)) == 1
    assert results(submitted)["ben"]["reason"] == "The grader failed: ZeroDivisionError"
    assert "hidden value" in caplog.text
    assert results(submitted)["cleo"]["score"] == FULL


def test_a_bug_of_ours_in_reading_is_one_row_too(submitted, monkeypatch, caplog):
    """Whatever in a file it was that we did not think of: the class goes on."""
    merge = extract.merge

    def buggy(notebook, release):
        if "name = 'ben'" in str(notebook):
            raise IndexError("of a kind that nobody saw coming")
        return merge(notebook, release)

    monkeypatch.setattr(extract, "merge", buggy)
    assert main(command(submitted)) == 1
    found = results(submitted)
    assert found["ben"]["reason"] == "The grader failed: its file could not be read: IndexError"
    assert "nobody saw coming" in caplog.text
    assert {name: one["score"] for name, one in found.items()} == {
        name: 0 if name == "ben" else FULL for name in STUDENTS
    }


def test_a_full_disk_leaves_whole_results(submitted, monkeypatch, capsys):
    """What was written before is whole, nothing half is there, and a rerun grades the rest."""
    replace = os.replace
    count = iter(range(100))

    def full(source, target):
        if next(count) >= 3:  # a page and a result, a page: then the second result
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", full)
    assert main(command(submitted)) == 1
    assert "cannot be written" in capsys.readouterr().err
    monkeypatch.undo()
    assert results(submitted)["ada"]["score"] == FULL
    left = [path.name for path in (submitted.parent / "results").rglob(".*")]
    assert left == []
    assert main(command(submitted)) == 0
    assert len(results(submitted)) == len(STUDENTS)


def test_a_small_filesystem_that_fills_up(submitted, tmp_path):
    """A real one, of 64 kilobytes, where this is root and may mount it."""
    out = tmp_path / "results"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(out)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting takes root")
    try:
        (out / "filling").write_bytes(bytes(32 * 2**10))
        assert main(command(submitted)) == 1
        assert all(found["score"] == FULL for found in results(submitted).values())
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_ctrl_c_leaves_whole_results_and_no_process(submitted):
    """Not even an endless loop is waited for; a rerun grades just the rest."""
    endless(submitted, "zzz")
    run = [sys.executable, "-m", "autograder.cli.main", *command(submitted)]
    running = subprocess.Popen(
        run,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - it takes no lock
    )
    out = submitted.parent / "results"
    wait_for((out / "dan.json").exists)
    family = family_of(running.pid)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Results written so far are whole" in told
    wait_for(lambda: not any(map(alive, family)))
    before = {name: (out / f"{name}.json").stat().st_mtime_ns for name in STUDENTS}
    assert "zzz" not in results(submitted)
    (submitted / "zzz.ipynb").unlink()
    assert main(command(submitted)) == 0
    assert before == {name: (out / f"{name}.json").stat().st_mtime_ns for name in STUDENTS}


def wait_for(done, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


def graded(submitted: Path, monkeypatch, *options: str) -> set[str]:
    """Which students a run grades."""
    seen = []
    write = Finished.write
    with monkeypatch.context() as patch:
        patch.setattr(
            Finished, "write", lambda one, out: seen.append(one.student) or write(one, out)
        )
        assert main(command(submitted, *options)) == 0
    return set(seen)


def test_a_rerun_grades_just_what_has_changed(submitted, monkeypatch):
    """A file, the limits, or everything with --fresh; the table holds everybody each time."""
    assert graded(submitted, monkeypatch) == set(STUDENTS)
    assert graded(submitted, monkeypatch) == set()
    (submitted / "ada.ipynb").write_text("")
    assert graded(submitted, monkeypatch) == {"ada"}
    assert graded(submitted, monkeypatch, "--call-seconds", "9") == set(STUDENTS)
    assert graded(submitted, monkeypatch, "--call-seconds", "9", "--fresh") == set(STUDENTS)
    table = (submitted.parent / "results" / "scores.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in table[1:]] == list(STUDENTS)


@pytest.mark.parametrize("damage", ["{", '{"schema": 1}'])
def test_a_damaged_result_is_made_again(submitted, monkeypatch, damage):
    """So is one whose page is missing."""
    graded(submitted, monkeypatch)
    (submitted.parent / "results" / "ben.json").write_text(damage)
    (submitted.parent / "results" / "feedback" / "dan.html").unlink()
    assert graded(submitted, monkeypatch) == {"ben", "dan"}


def test_a_regrade_that_fails_leaves_no_older_score(submitted, monkeypatch):
    """Neither in the results nor in the table."""
    graded(submitted, monkeypatch)
    (submitted / "ada.ipynb").write_text("changed")

    def interrupted(grader, submission):
        raise KeyboardInterrupt

    monkeypatch.setattr(Grader, "graded", interrupted)
    assert main(command(submitted)) == 130
    assert "ada" not in results(submitted)
    assert results(submitted)["ben"]["score"] == FULL
    assert not (submitted.parent / "results" / "scores.csv").exists()
