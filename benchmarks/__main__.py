"""Four ways to grade the same class, side by side in one run: `python -m benchmarks`.

Each round times every way on a small and on the whole class, in turn; the marginal cost of a
submission is the slope between the two, start-up is what is left. Medians over the rounds. The
same again with notebooks that draw, and what a failure costs. Writes benchmarks/results.{json,svg},
and prints the tables and how the ways compare. Processor time tells most on a busy machine.
"""

import argparse
import csv
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat

from benchmarks import courses, floor
from benchmarks.failures import look_ups
from benchmarks.hand_ins import ASSIGNMENT, notebooks
from benchmarks.picture import draw

HERE = Path(__file__).parent
SMALL = 4
WORKERS = 2
NAMES = {
    "stock": "(a) stock nbgrader autograde",
    "nbgrader": "(b) nbgrader autograde, this exporter",
    "autograder": "(c) autograder grade",
    "floor": "(d) a bare fork, nothing else",
}
Scores = dict[str, float]
Times = dict[str, float]
"""Seconds by what was done: `grade`, and `feedback` where that is a step of its own; and the
processor time of each, with `_cpu` behind its name."""
Way = Callable[[Path], tuple[Times, Scores]]
Taken = dict[str, dict[str, list[Times]]]
"""Way → size of the class → the times of each round."""


def main() -> None:
    """Run the rounds and write what they show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:  # what was imported from it must stay
        plain, plots = Path(name, "plain"), Path(name, "plots")
        results: dict[str, Any] = {
            "submissions": given.count,
            "workers": WORKERS,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "ways": summary(timed(plain, given.rounds, given.count), given.count),
            "with plots": summary(timed(plots, 1, given.count, plots=True), given.count),
        }
        results["look-up of failures"] = look_ups(Path(name, "failures"))
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    draw(results, HERE / "results.svg")
    for kind in ("ways", "with plots"):
        print(table(results[kind]), end="\n\n")
    print(compared(results))


def timed(base: Path, rounds: int, count: int, plots: bool = False) -> Taken:
    """Grade in every way, round after round, below `base`."""
    ways = lay_out(base, count, plots)
    taken: Taken = {way: {"small": [], "whole": []} for way in ways}
    for number in range(rounds):
        for way, run in ways.items():
            for size in ("small", "whole"):
                times, scores = run(base / size)
                taken[way][size].append(times)
                compare(way, size, scores, base)
            print(f"round {number + 1}: {NAMES[way]}: {taken[way]['whole'][-1]}", flush=True)
    return taken


def lay_out(base: Path, count: int, plots: bool) -> dict[str, Way]:
    """Make both courses and the class; returns the ways to grade it."""
    os.environ["AUTOGRADER_COURSE"] = str(base / "ours")
    ours = courses.ours(base / "ours", pictures=plots)
    stock = courses.stock(base / "stock", pictures=plots)
    for size, number in (("small", SMALL), ("whole", count)):
        (base / size).mkdir(parents=True)
        for student, notebook in notebooks(number, plots):
            nbformat.write(notebook, base / size / f"{student}.ipynb")
    options = ["--outputs"] if plots else []
    return {
        "stock": lambda folder: through_nbgrader(stock, folder),
        "nbgrader": lambda folder: through_nbgrader(ours, folder),
        "autograder": lambda folder: through_autograder(base / "results", folder, options),
        "floor": lambda folder: (watched("grade", lambda: floor.run(folder, WORKERS)), {}),
    }


def through_nbgrader(course: Path, folder: Path) -> tuple[Times, Scores]:
    """`nbgrader autograde` and `generate_feedback`, on a class that has just handed in."""
    for part in ("submitted", "autograded", "feedback"):
        shutil.rmtree(course / part, ignore_errors=True)
    for path in folder.glob("*.ipynb"):
        target = course / "submitted" / path.stem / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    steps = {"grade": "autograde", "feedback": "generate_feedback"}
    times: Times = {}
    for name, step in steps.items():
        times |= watched(name, lambda step=step: courses.nbgrader(course, step, ASSIGNMENT))
    return times, booked(course / "gradebook.db")


def watched(name: str, run: Callable[[], float | None]) -> Times:
    """How long something takes that works in other processes, and their processor time.

    What it returns, if anything, are the seconds that count.
    """
    started, before = time.perf_counter(), os.times()
    told = run()
    seconds, after = time.perf_counter() - started, os.times()
    effort = sum(after[2:4]) - sum(before[2:4])
    return {name: seconds if told is None else told, f"{name}_cpu": effort}


def through_autograder(out: Path, folder: Path, options: list[str]) -> tuple[Times, Scores]:
    """`autograder grade` into an empty folder; it writes the feedback as well."""
    shutil.rmtree(out, ignore_errors=True)
    command = ["grade", folder, "--assignment", ASSIGNMENT, "--out", out, "--quiet", *options]
    words = [sys.executable, "-m", "autograder.cli.main", *map(str, command)]
    words += ["--workers", str(WORKERS)]
    taken = watched("grade", lambda: subprocess.run(words, check=True) and None)
    rows = csv.DictReader((out / "scores.csv").read_text().splitlines())
    return taken, {row["student"]: float(row["score"]) for row in rows}


def booked(gradebook: Path) -> Scores:
    """The automatic scores that nbgrader keeps."""
    query = """SELECT submitted_assignment.student_id, SUM(grade.auto_score) FROM grade
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        GROUP BY submitted_assignment.student_id"""
    with closing(sqlite3.connect(gradebook)) as book:
        return {student: score or 0.0 for student, score in book.execute(query)}


def compare(way: str, size: str, scores: Scores, base: Path) -> None:
    """Every way must give every student the same score as the first way did."""
    if not scores:
        return
    scores = {path.stem: scores[path.stem] for path in (base / size).glob("*.ipynb")}
    first = base / f"scores-{size}.json"
    if not first.exists():
        first.write_text(json.dumps(scores))
    if json.loads(first.read_text()) != scores:
        raise SystemExit(f"{way} gives other scores than the first way: {scores}")


def summary(taken: Taken, count: int) -> dict[str, dict[str, Any]]:
    """Each way's start-up and marginal cost in milliseconds, and how it compares with stock."""
    ways: dict[str, dict[str, Any]] = {}
    for way, sizes in taken.items():
        ways[way] = {"name": NAMES[way]}
        for step in sizes["whole"][0]:
            small, whole = (
                statistics.median(times[step] for times in sizes[size])
                for size in ("small", "whole")
            )
            marginal = (whole - small) / (count - SMALL)
            startup = small - SMALL * marginal
            prefix = step.removeprefix("grade").lstrip("_") + "_" * (step != "grade")
            ways[way][f"{prefix}startup_ms"] = round(1000 * startup)
            ways[way][f"{prefix}marginal_ms"] = round(1000 * marginal, 2)
    for facts in ways.values():
        facts["times_faster"] = _times(ways["stock"], facts, "marginal_ms")
    return ways


def compared(results: dict[str, Any]) -> str:
    """How the ways compare, on the wall's clock and in processor time, a line for each."""
    lines = []
    for kind in ("ways", "with plots"):
        stock, ours, line, bare = results[kind].values()
        for words, slow, fast, key in (
            ("(b) against (a)", stock, ours, "marginal_ms"),
            ("its feedback", stock, ours, "feedback_marginal_ms"),
            ("(c) against (a)", stock, line, "marginal_ms"),
            ("(d) against (c)", line, bare, "marginal_ms"),
        ):
            effort = key.replace("marginal", "cpu_marginal")
            wall, cpu = _times(slow, fast, key), _times(slow, fast, effort)
            lines.append(f"{kind}: {words}: {wall:g} times faster, {cpu:g} in processor time")
    found = results["look-up of failures"]
    lines.append(f"slips are looked up in {found['later_ms']:g} ms, first {found['first_ms']:g} ms")
    return "\n".join(lines)


def _times(slow: dict[str, Any], fast: dict[str, Any], key: str) -> float:
    return round(slow[key] / max(fast[key], 0.01), 1)


def table(ways: dict) -> str:
    """The results as the README shows them."""
    head = "| | start-up | each submission | times faster than (a) | its feedback page |"
    lines = [head, "|---|---:|---:|---:|---:|"]
    for key, way in ways.items():
        feedback = f"{way['feedback_marginal_ms']:.0f} ms" if "feedback_marginal_ms" in way else ""
        lines.append(
            f"| {way['name']} | {way['startup_ms'] / 1000:.1f} s | {way['marginal_ms']:.1f} ms "
            f"| {way['times_faster']:g} | {'in it' if key == 'autograder' else feedback} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
