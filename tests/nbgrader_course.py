"""A temporary course with the real ps2, for tests that run nbgrader's stock commands."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

NAME = "ps2_worked_example"
ROOT = Path(__file__).parents[1]


def make_course(folder: Path) -> Path:
    """The course's configuration, its answers and records, and one assignment's source."""
    folder.mkdir(exist_ok=True)
    for suffix in ("py", "json"):
        shutil.copy(ROOT / f"nbgrader_config.{suffix}", folder)
    records_only = shutil.ignore_patterns("notebooks", "__pycache__")
    for package in ("solutions", "exercises"):
        shutil.copytree(ROOT / package, folder / package, ignore=records_only)
    shutil.copytree(ROOT / "source" / NAME, folder / "source" / NAME)
    return folder


def nbgrader(course: Path, *arguments: str, fails: bool = False) -> str:
    """Run a stock command as a shell without the virtual environment would; returns its log."""
    environment = {**os.environ, "PATH": "/usr/bin:/bin", "AUTOGRADER_COURSE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def scores(root: Path) -> dict[str, float]:
    """Automatic points per student, straight from gradebook.db."""
    query = """
        select submitted_assignment.student_id, total(grade.auto_score)
        from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        group by 1"""
    with closing(connect(root / "gradebook.db")) as database:
        return dict(database.execute(query).fetchall())
