"""Does a run of 10,000 cost per submission what a run of 500 costs, and no more memory?

`python -m benchmarks.large` grades classes of several sizes, in turn, and watches the grader's
own resident memory. With `--cluster` some sizes are graded on two Dask workers as well, which
run already, as on a cluster; each table of scores must be the local run's.
Writes benchmarks/large.json, and prints the table.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import nbformat

from benchmarks import courses
from benchmarks.hand_ins import ASSIGNMENT, notebooks
from tests.dask_cluster import cluster

HERE = Path(__file__).parent
KINDS = 40
WORKERS = 2
ROW = "| {} | {:,} | {:.1f} s | {:.0f} | {} | {:.0f} MB |"


@dataclass(frozen=True)
class Seen:
    """One run: how many, how long, and the most memory that the grader itself held."""

    way: str
    submissions: int
    seconds: float
    megabytes: float


def main() -> None:
    """Grade the classes, the smaller ones several times, and write what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 2_000, 10_000])
    parser.add_argument("--cluster", type=int, nargs="*", default=[100, 2_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    runs: list[Seen] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        base = Path(name)
        texts = lay_out(base)
        address = stack.enter_context(cluster(base, WORKERS))[0] if given.cluster else ""
        for number in range(given.rounds):
            for size in given.sizes:
                if number and size == max(given.sizes):
                    continue  # the largest class once: it takes as long as all others
                runs.append(watched(base, texts, size, "local", "--workers", str(WORKERS)))
                if size in given.cluster:
                    runs.append(watched(base, texts, size, "dask", "--scheduler", address))
                print(f"round {number + 1}: {size}: {runs[-1].seconds} s", flush=True)
    kinds = sorted({(run.way, run.submissions) for run in runs})
    best = [summary(way, size, runs) for way, size in kinds]
    (HERE / "large.json").write_text(json.dumps([vars(one) for one in best], indent=1) + "\n")
    print(table(best))


def lay_out(base: Path) -> list[str]:
    """Make the course below `base`, the course in force; returns some notebooks to hand in."""
    os.environ["AUTOGRADER_COURSE"] = str(base / "ours")
    courses.ours(base / "ours", pictures=False)
    return [nbformat.writes(notebook) for _, notebook in notebooks(KINDS, plots=False)]


def watched(base: Path, texts: list[str], size: int, way: str, *options: str) -> Seen:
    """One run on a class of that size, every submission with a digest of its own."""
    folder = base / f"class-{size}"
    if not folder.exists():
        folder.mkdir()
        for number, text in enumerate(islice(cycle(texts), size)):
            (folder / f"student{number:06}.ipynb").write_text(text + " " * (number // KINDS) + "\n")
    out = base / f"results-{way}-{size}"
    shutil.rmtree(out, ignore_errors=True)
    words = ["grade", folder, "--assignment", ASSIGNMENT, "--out", out, "--quiet", *options]
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "autograder.cli.main", *map(str, words)])
    most = max(_resident(process), default=0)
    taken = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"grading {size} submissions failed")
    first = base / f"scores-{size}.csv"
    scores = (out / "scores.csv").read_text()
    if not first.exists():
        first.write_text(scores)
    if scores != first.read_text() or scores.count("\n") != size + 1:
        raise SystemExit(f"{way}: the scores of {size} submissions are not those of the first run")
    return Seen(way, size, round(taken, 2), round(most / 1024, 1))


def _resident(process: "subprocess.Popen[bytes]") -> Iterator[int]:
    """The peak of the process's resident memory so far, in kB, until it ends."""
    while process.poll() is None:
        time.sleep(0.1)
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            return
        yield from (int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM"))


def summary(way: str, size: int, runs: list[Seen]) -> Seen:
    """The median of equal runs."""
    same = [run for run in runs if (run.way, run.submissions) == (way, size)]
    seconds = statistics.median(run.seconds for run in same)
    return Seen(way, size, seconds, max(run.megabytes for run in same))


def table(runs: list[Seen]) -> str:
    """A row per run: its rate, what each submission more takes, the grader's memory."""
    lines = [
        "| | submissions | time | per second | each beyond the row above | grader's memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    before: Seen | None = None
    for run in sorted(runs, key=lambda run: (run.way != "local", run.submissions)):
        each = ""
        if before and before.way == run.way:
            more = run.submissions - before.submissions
            each = f"{1000 * (run.seconds - before.seconds) / more:.1f} ms"
        rate = run.submissions / run.seconds
        lines.append(ROW.format(run.way, run.submissions, run.seconds, rate, each, run.megabytes))
        before = run
    return "\n".join(lines)


if __name__ == "__main__":
    main()
