"""Ctrl-C while nbgrader grades ahead: the command ends, and nothing of it goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.nbgrader_course import NAME, make_course, nbgrader
from tests.nbgrader_plugin.gradebooks import rows_of
from tests.sandboxes import heed_ctrl_c
from tests.small_course import find

SECONDS = 60
ENDLESS = "def output_error_term(y, y_hat):\n    while True:\n        pass"
STUDENTS = [f"s{number}" for number in range(6)]


@pytest.fixture
def course(tmp_path):
    """One quick submission, and then such as take until their limits."""
    root = make_course(tmp_path / "course")
    config = root / "nbgrader_config.py"
    limits = 'c.BackpropExporter.limits = {"call_seconds": 1000, "submission_seconds": 1000}\n'
    config.write_text(config.read_text() + limits)
    nbgrader(root, "generate_assignment", NAME)
    nbgrader(root, "generate_solution", NAME)
    text = (root / "solutions" / "notebooks" / NAME / f"{NAME}.ipynb").read_text()
    for student in ("first", *STUDENTS):
        notebook = json.loads(text)
        if student != "first":
            find(notebook, "output_error_term")["source"] = ENDLESS
        folder = root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    return root


def start(root: Path, log: Path) -> subprocess.Popen:
    """The command as a terminal starts it: the leader of its own processes."""
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME]
    with log.open("wb") as file:
        return subprocess.Popen(
            command,
            cwd=root,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - it takes no lock
        )


def wait_until(condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(root: Path) -> list[str]:
    """Processes that belong to this course: started in it, or named with it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
            here = os.readlink(entry / "cwd")
        except OSError:
            continue
        if words and (here == str(root) or str(root) in words):
            found.append(words)
    return found


@pytest.mark.parametrize("whole_group", [False, True])
def test_ctrl_c_ends_the_command_and_its_sandboxes(course, tmp_path, whole_group):
    """A terminal sends the signal to all of them, `kill -INT` to the command alone."""
    log = tmp_path / "log"
    running = start(course, log)
    wait_until(lambda: f"submitted/s0/{NAME}" in log.read_text() or running.poll() is not None)
    assert running.poll() is None, log.read_text()
    (os.killpg if whole_group else os.kill)(running.pid, signal.SIGINT)
    assert running.wait(SECONDS) != 0
    wait_until(lambda: not alive(course))
    rows = rows_of(course / "gradebook.db")["submitted_assignment"]
    assert "first" in {dict(row)["student_id"] for row in rows}
    assert (course / "autograded" / "first" / NAME / f"{NAME}.ipynb").exists()
    assert not list((course / "autograded").glob(f"s[1-9]/{NAME}/*.ipynb"))
