"""The floor: a bare fork of a warm interpreter per submission. No sandbox, no judging, no report.

It reads each notebook, runs the cells that grading runs and makes the same calls, with as many
workers; nothing that grades can do less.
"""

import ast
import contextlib
import io
import os
import sys
import time
from pathlib import Path
from typing import Any

from autograder.course import course_secret
from autograder.exercise.answers import answer, own_copy
from autograder.exercise.load import load_assignment
from autograder.extract.extract import read_submission
from autograder.extract.release import read_release
from autograder.jobs import GRADED_ROLES, QUIET_CHECK
from autograder.records import Call
from benchmarks.hand_ins import ASSIGNMENT


def run(folder: Path, workers: int) -> float:
    """Run every notebook of a folder; returns the seconds it took, start-up apart."""
    exercises = load_assignment(ASSIGNMENT).exercises
    secret = course_secret()
    calls = [call for exercise in exercises for call in answer(exercise, secret, 3).calls]
    release = read_release(ASSIGNMENT)
    paths = sorted(folder.glob("*.ipynb"))
    started = time.perf_counter()
    pids = [_worker(paths[slot::workers], release, calls) for slot in range(workers)]
    for pid in pids:
        os.waitpid(pid, 0)
    return time.perf_counter() - started


def _worker(paths: list[Path], release: Any, calls: list[Call]) -> int:
    pid = os.fork()
    if pid:
        return pid
    for path in paths:
        read = read_submission(path, student=path.stem, release=release)
        sources = [cell.source for cell in read.cells if cell.role in GRADED_ROLES]
        child = os.fork()
        if child == 0:
            _run(sources, calls)
            os._exit(0)
        os.waitpid(child, 0)
    os._exit(0)


def _run(sources: list[str], calls: list[Call]) -> None:
    module = type(sys)("check")
    exec(QUIET_CHECK, module.__dict__)
    sys.modules["check"] = module
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            with contextlib.suppress(Exception):
                exec(compile(ast.parse(source), "<cell>", "exec"), names)
        for call in calls:
            with contextlib.suppress(Exception):
                names[call.function](*map(own_copy, call.arguments))
