"""Grading on a Dask cluster, with a real scheduler and real workers on the loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from autograder.cli.main import main
from tests.dask_cluster import cluster, dask
from tests.notebooks import hand_in, solved, submission
from tests.samples import MISTAKES_2

NAME = "ps2_worked_example"
DRAWS = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('drawn')"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A class of 24: right, wrong, unstarted, and no notebook at all."""
    folder = tmp_path_factory.mktemp("class")
    for number in range(24):
        notebook = (
            submission(NAME)
            if number % 7 == 3
            else solved(NAME, **MISTAKES_2 if number % 3 else {})
        )
        notebook.metadata["number"] = number
        hand_in(notebook, folder / f"student{number:02}.ipynb")
    (folder / "zoe.ipynb").write_text("Dear professor")
    (folder / "zzz.ipynb").symlink_to(folder / "zoe.ipynb")
    return folder


@pytest.fixture(scope="module")
def local(handed_in, tmp_path_factory):
    """The results of grading them without Dask."""
    out = tmp_path_factory.mktemp("local") / "out"
    assert grade(handed_in, out) == 0
    return results(out)


def grade(folder, out, *options):
    """Grade in a process of its own, as an instructor does."""
    return subprocess.run(command(folder, out, *options), check=False, timeout=120).returncode


def command(folder, out, *options):
    words = ["grade", folder, "--assignment", NAME, "--out", out, "--quiet", *options]
    return [sys.executable, "-m", "autograder.cli.main", *map(str, words)]


def results(out):
    """Every file of a results folder; the reports without their timings."""
    files = {str(p.relative_to(out)): p.read_text() for p in out.rglob("*") if p.is_file()}
    for name in [name for name in files if name.endswith(".json")]:
        files[name] = json.dumps({**json.loads(files[name]), "seconds": 0})
    return files


def test_a_cluster_gives_the_results_of_a_local_run(handed_in, local, tmp_path):
    with cluster(tmp_path) as (address, _):
        assert grade(handed_in, tmp_path / "out", "--scheduler", address) == 0
        assert results(tmp_path / "out") == local


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    handed_in, local, tmp_path
):
    out = tmp_path / "out"
    with cluster(tmp_path) as (address, workers):
        running = subprocess.Popen(command(handed_in, out, "--scheduler", address))
        until = time.monotonic() + 60
        while not list(out.glob("*.json")):  # the first results are in, the others are not
            assert time.monotonic() < until
            time.sleep(0.005)
        workers[0].send_signal(signal.SIGKILL)
        done = len(list(out.glob("*.json")))
        assert running.wait(60) == 0
        assert done < len(local) // 2
        assert results(out) == local


def test_a_worker_with_another_course_grades_nothing(handed_in, tmp_path, capfd):
    """Another secret means other hidden inputs: the run stops and says what to do."""
    course = tmp_path / "course"
    course.mkdir()
    ours = os.environ["AUTOGRADER_COURSE"]
    for entry in os.listdir(ours):
        if entry != "course_secret":
            (course / entry).symlink_to(os.path.join(ours, entry))
    (course / "course_secret").write_text("another secret, of another course\n")
    with ExitStack() as stack:
        address, _ = stack.enter_context(cluster(tmp_path, workers=0))
        other = {"AUTOGRADER_COURSE": str(course)}
        stack.enter_context(
            dask("worker", address, "--nthreads", 1, "--no-nanny", environment=other)
        )
        assert grade(handed_in, tmp_path / "out", "--scheduler", address) == 1
    assert "same course_secret" in capfd.readouterr().err
    assert not list((tmp_path / "out").glob("*.json"))


def test_workers_on_this_machine_keep_outputs(tmp_path):
    """--cluster local grades as --workers does, pictures included."""
    notebook = solved(NAME)
    notebook.cells[-1].source += "\n"
    notebook.cells.insert(3, notebook.cells[1].copy())
    notebook.cells[3].update(id="own", source=DRAWS, metadata={}, cell_type="code")
    notebook.cells[3].update(outputs=[], execution_count=None)
    hand_in(notebook, tmp_path / "in" / "ada.ipynb")
    assert grade(tmp_path / "in", tmp_path / "here", "--outputs") == 0
    options = ("--outputs", "--cluster", "local", "--workers", 1)
    assert grade(tmp_path / "in", tmp_path / "there", *options) == 0
    assert results(tmp_path / "there") == results(tmp_path / "here")
    assert "data:image/png" in (tmp_path / "there" / "feedback" / "ada.html").read_text()


def test_a_scheduler_that_is_not_there_is_said_in_one_line(
    handed_in, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("autograder.scale.cluster.CONNECT_SECONDS", 0.5)
    words = [handed_in, "--assignment", NAME, "--out", tmp_path, "--scheduler", "tcp://127.0.0.1:1"]
    assert main(["grade", *map(str, words)]) == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in capsys.readouterr().err


def test_a_scheduler_with_tls_wants_a_certificate(handed_in, tmp_path, capsys):
    """Dask itself would print a traceback and wait for ever."""
    words = [handed_in, "--assignment", NAME, "--out", tmp_path, "--scheduler", "tls://127.0.0.1:1"]
    assert main(["grade", *map(str, words)]) == 2
    assert "wants a certificate" in capsys.readouterr().err
