"""Many cores on few: sandboxes that only wait show what the grader's own processes can keep busy.

`python -m benchmarks.processes` grades with 16 workers, once in one process and once in four. A
stand-in for the sandbox sleeps as long as a fork would take on a core of its own, and returns what
a real one returned before. What is left is the grader's own work, and that is what is measured.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import nbformat

from autograder.pipeline import Grader
from autograder.records import Job, Outcome
from autograder.report.finish import Finish
from autograder.sandbox import Sandbox
from autograder.sandbox.launched import launched
from benchmarks import courses
from benchmarks.hand_ins import ASSIGNMENT, notebooks

KINDS = 8
FORK_SECONDS = 0.02
"""What the sandbox takes for one submission of ps1, about (docs/decisions/0007)."""


class Waiting:
    """Takes a sandbox's place: the first time a job comes it asks the sandbox, then it sleeps."""

    def __init__(self, sandbox: Sandbox, workers: int) -> None:
        self._sandbox, self.workers = sandbox, workers
        self._known: dict[tuple[str, ...], Outcome] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sandbox, name)

    def run(self, job: Job, lender: Any = None) -> Outcome:
        """What the sandbox said, after the time that it would take."""
        key = tuple(cell.source for cell in job.cells)
        if lender is not None or key not in self._known:
            self._known[key] = self._sandbox.run(job, lender)
        time.sleep(FORK_SECONDS)
        return self._known[key]


def main() -> None:
    """Measure both, in turn, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--count", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        lay_out(Path(name))
        seen: dict[int, list[tuple[float, float]]] = {1: [], given.workers // 4: []}
        for _ in range(given.rounds):
            for processes, runs in seen.items():
                runs.append(measured(Path(name), processes, given.workers, given.count))
    print(f"| processes of {given.workers} workers | per second | processor time of each |")
    print("|---:|---:|---:|")
    for processes, runs in seen.items():
        rate, effort = map(statistics.median, zip(*runs, strict=True))
        print(f"| {processes} | {rate:.0f} | {1000 * effort:.1f} ms |")
    print(f"\nOn {os.cpu_count()} cores; a sandbox's {1000 * FORK_SECONDS:g} ms are slept.")


def lay_out(base: Path) -> None:
    """Make the course in force and some notebooks to hand in."""
    os.environ["AUTOGRADER_COURSE"] = str(base / "ours")
    courses.ours(base / "ours", pictures=False)
    for student, notebook in notebooks(KINDS, plots=False):
        nbformat.write(notebook, base / f"{student}.ipynb")


def measured(base: Path, processes: int, workers: int, count: int) -> tuple[float, float]:
    """(Submissions per second, seconds of processor time for each) in so many processes."""
    spawn = multiprocessing.get_context("spawn")
    start, ended = spawn.Barrier(processes), spawn.SimpleQueue()
    share = (base, workers // processes, count // processes, start, ended)
    children = [spawn.Process(target=graded, args=share) for _ in range(processes)]
    for child in children:
        child.start()
    taken = [ended.get() for _ in children]
    for child in children:
        child.join()
    seconds, effort = map(list, zip(*taken, strict=True))
    return count / max(seconds), sum(effort) / count


def graded(base: Path, workers: int, count: int, start: Any, ended: Any) -> None:
    """Grade a share: tell the seconds on the wall and of processor time once all are warm."""
    waiting: Any = Waiting(launched(ASSIGNMENT, workers=1), workers)
    with Grader(ASSIGNMENT, sandbox=waiting) as grader:
        paths = sorted(base.glob("*.ipynb"))
        finish = Finish("benchmark")
        list(grader.grade_all((grader.read(path, path.stem) for path in paths), finish))
        start.wait()
        wall, effort = time.perf_counter(), time.process_time()
        handed_in = (grader.read(path, path.stem) for path in islice(cycle(paths), count))
        for _ in grader.grade_all(handed_in, finish):
            pass
        ended.put((time.perf_counter() - wall, time.process_time() - effort))


if __name__ == "__main__":
    main()
