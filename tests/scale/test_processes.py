"""Several processes on one machine: the same results, each once, whatever happens to them."""

import json
import os
import shutil
import signal

import pytest

from autograder.errors import GraderFault
from autograder.pipeline import Grader
from autograder.report.finish import Finish
from autograder.scale import processes
from autograder.scale.processes import Processes
from autograder.settings import GradeRequest
from tests.sandboxes import ROOT, alive

NAME = "ps1_derivatives"
ANSWERS = ROOT / "solutions" / "notebooks" / f"{NAME}.ipynb"
ENDLESS = "while True: pass"


@pytest.fixture
def files(tmp_path):
    """Some right notebooks, and one that is not a notebook."""
    for number in range(11):
        shutil.copy(ANSWERS, tmp_path / f"student{number:02}.ipynb")
    (tmp_path / "student99.ipynb").write_text("{")
    return sorted(tmp_path.glob("*.ipynb"))


def graded(grader, files):
    """What became of each, by student, without the seconds; and how many results came."""
    handed_in = (grader.read(path, path.stem) for path in files)
    found = list(grader.grade_all(handed_in, Finish("version")))
    reports = {one.student: json.loads(one.result) for one in found}
    return {name: {**report, "seconds": 0} for name, report in reports.items()}, len(found)


def test_results_are_those_of_one_process(files):
    """Every student once."""
    with Processes(NAME, processes=2, workers=3) as several:
        ours, count = graded(several, files)
        pids = [helper.process.pid for helper in several._helpers]
    with Grader(NAME, workers=1) as one:
        theirs, _ = graded(one, files)
    assert ours == theirs
    assert count == len(files)
    assert len({report["score"] for report in ours.values()}) == 2
    assert not any(map(alive, pids))


def test_what_a_dead_process_had_is_a_fault_of_the_grader(files):
    """The others' submissions are graded, and each gets a result."""
    with Processes(NAME, processes=2, workers=2) as several:
        coming = several.grade_all(map(several.read, files, [f.stem for f in files]), Finish("v"))
        found = [next(coming)]
        os.kill(several._helpers[0].process.pid, signal.SIGKILL)
        found += coming
    faults = [one for one in found if one.fault]
    assert sorted(one.student for one in found) == [path.stem for path in files]
    assert 1 <= len(faults) <= processes.AHEAD
    assert "one of its processes ended" in faults[0].fault


@pytest.mark.parametrize("before", [0, 1])
def test_where_all_processes_die_each_submission_is_a_fault(files, before):
    """At the start or on the way: nobody is left out of a run."""
    with Processes(NAME, processes=2, workers=2) as several:
        coming = several.grade_all(map(several.read, files, [f.stem for f in files]), Finish("v"))
        found = [next(coming) for _ in range(before)]
        for helper in several._helpers:
            os.kill(helper.process.pid, signal.SIGKILL)
            helper.process.join()
        found += coming
    assert sorted(one.student for one in found) == [path.stem for path in files]
    assert all("one of its processes ended" in one.fault for one in found if one.fault)
    assert any(one.fault for one in found)


def test_who_leaves_early_leaves_nothing_running(files):
    """Not even an endless cell is waited for."""
    notebook = json.loads(files[0].read_text())
    source = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    notebook["cells"].append({**source, "id": "endless", "source": ENDLESS, "metadata": {}})
    files[0].write_text(json.dumps(notebook))
    with Processes(NAME, processes=2, workers=2) as several:
        coming = several.grade_all(map(several.read, files, [f.stem for f in files]), Finish("v"))
        next(coming)
        pids = [helper.process.pid for helper in several._helpers]
    assert not any(map(alive, pids))


def test_why_a_process_cannot_start_is_said(monkeypatch):
    """As a grader in this process would."""
    monkeypatch.setenv("PATH", "/nowhere")
    several = Processes(NAME, processes=2, workers=2, isolation="bubblewrap")
    with pytest.raises(GraderFault, match="bubblewrap is not installed"):
        several.__enter__()
    assert not any(alive(helper.process.pid) for helper in several._helpers)


@pytest.mark.parametrize(("workers", "count"), [(1, 1), (4, 1), (8, 2), (16, 4), (96, 24)])
def test_there_is_a_process_for_about_four_cores(workers, count, tmp_path):
    """So no interpreter is what the cores wait for."""
    assert GradeRequest(tmp_path, NAME, tmp_path, workers=workers).processes == count


def test_every_worker_has_a_number_of_its_own():
    """As root each is a user, whose processes are counted."""
    assert list(processes._split(11, 3)) == [(0, 3), (3, 7), (7, 11)]
