"""Four ways to grade the same class, side by side in one run: `python -m benchmarks`.

Each round times every way on a small and on the whole class, in turn; the marginal cost of a
submission is the slope between the two, start-up is what is left. Medians over the rounds.
Writes benchmarks/results.json and results.svg, and prints the table.
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

import nbformat

from benchmarks import courses, floor
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
Way = Callable[[Path], tuple[float, Scores]]


def main() -> None:
    """Run the rounds and write what they show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        ways = lay_out(base, given.count)
        seconds = {way: {"small": [], "whole": []} for way in ways}
        for number in range(given.rounds):
            for way, run in ways.items():
                for size, folder in (("small", base / "small"), ("whole", base / "whole")):
                    taken, scores = run(folder)
                    seconds[way][size].append(taken)
                    compare(way, size, scores, base)
                print(f"round {number + 1}: {NAMES[way]}: {seconds[way]['whole'][-1]:.2f} s")
    results = summary(seconds, given.count)
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    draw(results, HERE / "results.svg")
    print(table(results))


def lay_out(base: Path, count: int) -> dict[str, Way]:
    """Make both courses and the class; returns the ways to grade it."""
    os.environ["AUTOGRADER_COURSE"] = str(base / "ours")
    ours = courses.ours(base / "ours", pictures=False)
    stock = courses.stock(base / "stock", pictures=False)
    for size, number in (("small", SMALL), ("whole", count)):
        (base / size).mkdir()
        for student, notebook in notebooks(number, plots=False):
            nbformat.write(notebook, base / size / f"{student}.ipynb")
    return {
        "stock": lambda folder: through_nbgrader(stock, folder),
        "nbgrader": lambda folder: through_nbgrader(ours, folder),
        "autograder": lambda folder: through_autograder(base / "results", folder),
        "floor": lambda folder: (floor.run(folder, WORKERS), {}),
    }


def through_nbgrader(course: Path, folder: Path) -> tuple[float, Scores]:
    """`nbgrader autograde` on a class that has just handed in."""
    for part in ("submitted", "autograded"):
        shutil.rmtree(course / part, ignore_errors=True)
    for path in folder.glob("*.ipynb"):
        target = course / "submitted" / path.stem / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    started = time.perf_counter()
    courses.nbgrader(course, "autograde", ASSIGNMENT)
    return time.perf_counter() - started, booked(course / "gradebook.db")


def through_autograder(out: Path, folder: Path) -> tuple[float, Scores]:
    """`autograder grade` into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    command = ["grade", folder, "--assignment", ASSIGNMENT, "--out", out, "--quiet"]
    words = [sys.executable, "-m", "autograder.cli", *map(str, command)]
    started = time.perf_counter()
    subprocess.run([*words, "--workers", str(WORKERS)], check=True)
    taken = time.perf_counter() - started
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


def summary(seconds: dict[str, dict[str, list[float]]], count: int) -> dict[str, object]:
    """Start-up and marginal cost of each way in milliseconds, and the ratios to stock."""
    ways = {}
    for way, sizes in seconds.items():
        small, whole = (statistics.median(sizes[size]) for size in ("small", "whole"))
        marginal = (whole - small) / (count - SMALL)
        ways[way] = {
            "name": NAMES[way],
            "startup_ms": round(1000 * (small - SMALL * marginal)),
            "marginal_ms": round(1000 * marginal, 2),
        }
    for facts in ways.values():
        facts["times_faster"] = round(ways["stock"]["marginal_ms"] / facts["marginal_ms"], 1)
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    return {"submissions": count, "workers": WORKERS, **machine, "ways": ways}


def table(results: dict) -> str:
    """The results as the README shows them."""
    rows = [
        f"| {way['name']} | {way['startup_ms'] / 1000:.1f} s | {way['marginal_ms']:.1f} ms "
        f"| {way['times_faster']:g} |"
        for way in results["ways"].values()
    ]
    head = "| | start-up | each submission | times faster than (a) |\n|---|---:|---:|---:|"
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()
