"""Grade the sample submissions through real nbgrader, and show what an instructor would see.

Works in build/demo, a fresh copy of the course, so that no gradebook of yours is touched.
"""

import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

COURSE = Path(__file__).resolve().parents[1]
DEMO = COURSE / "build" / "demo"
SAMPLES = COURSE / "tests" / "submissions"
BIN = Path(sys.executable).parent
ASSIGNMENTS = ("ps1_derivatives", "ps2_worked_example", "ps8_autodiff")


def main() -> None:
    """Run the whole course once: generate, autograde, feedback, scores."""
    console = Console(highlight=False)
    lay_out()
    for assignment in ASSIGNMENTS:
        console.rule(assignment)
        command(console, "nbgrader", "generate_assignment", assignment)
        count = submit(assignment)
        command(console, "nbgrader", "autograde", assignment, note=f"{count} submissions")
        command(console, "nbgrader", "generate_feedback", assignment)
        out = f"results/{assignment}"
        grade = ("grade", "submitted", "--assignment", assignment, "--out", out, "--quiet")
        command(console, "autograder", *grade)
        show(console, assignment)
    command(console, "nbgrader", "export")
    console.print(f"\nFeedback pages (nbgrader): {DEMO / 'feedback'}/<student>/<assignment>/")
    console.print(f"Feedback pages (autograder): {DEMO / 'results'}/<assignment>/feedback/")
    console.print(f"Gradebook: {DEMO / 'gradebook.db'}, exported to {DEMO / 'grades.csv'}")


def lay_out() -> None:
    """Copy the course into an empty folder."""
    shutil.rmtree(DEMO, ignore_errors=True)
    for part in ("source", "solutions", "exercises"):
        shutil.copytree(COURSE / part, DEMO / part)
    for suffix in ("py", "json"):
        shutil.copy(COURSE / f"nbgrader_config.{suffix}", DEMO)


def submit(assignment: str) -> int:
    """Hand in every sample under its own name."""
    samples = sorted(path for path in (SAMPLES / assignment).iterdir() if path.is_dir())
    for sample in samples:
        folder = DEMO / "submitted" / sample.name / assignment
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("expected.json"))
    return len(samples)


def command(console: Console, program: str, *arguments: str, note: str = "") -> None:
    """Run one command as an instructor would type it, and say how long it took."""
    console.print(f"$ {program} {' '.join(arguments)}", style="bold", end="  ", soft_wrap=True)
    started = time.perf_counter()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("AUTOGRADER_COURSE", None)
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=DEMO,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        console.print()
        sys.exit(f"{done.stderr}\n{program} {arguments[0]} failed (exit {done.returncode}).")
    console.print(f"{time.perf_counter() - started:.1f} s {note}")


def show(console: Console, assignment: str) -> None:
    """The score table: nbgrader's gradebook beside the command line's scores, and why."""
    from nbgrader.api import Gradebook  # takes a second: after the first output

    with Gradebook(f"sqlite:///{DEMO / 'gradebook.db'}") as book:
        booked = {
            submission.student.id: sum(
                grade.auto_score or 0
                for notebook in submission.notebooks
                for grade in notebook.grades
            )
            for submission in book.assignment_submissions(assignment)
        }
    table = Table("student", "nbgrader", "autograder", "what went wrong", box=None, pad_edge=False)
    with (DEMO / "results" / assignment / "scores.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            score = f"{booked[row['student']]:g}/{row['max_score']}"
            table.add_row(row["student"], score, row["score"], row["reason"] or "—")
    console.print(table)


if __name__ == "__main__":
    main()
