"""The floor: a bare fork of a warm interpreter per submission. No sandbox, no judging, no report.

It reads each notebook, runs the cells that grading runs and makes the same calls, with as many
workers; nothing that grades can do less.
"""

import ast
import contextlib
import copy
import io
import os
import sys
import time
from pathlib import Path
from typing import Any

from autograder.course import course_secret
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Arguments, Exercise
from autograder.extract.extract import read_submission
from autograder.extract.release import read_release
from autograder.jobs import GRADED_ROLES
from autograder.sandbox.launched import QUIET_CHECK
from benchmarks.hand_ins import ASSIGNMENT

CASE_SET = 3
Called = tuple[str, Arguments]
"""A function's name, and what it is called with."""


def run(folder: Path, workers: int) -> float:
    """Run every notebook of a folder; returns the seconds it took, start-up apart."""
    exercises = load_assignment(ASSIGNMENT).exercises
    secret = course_secret()
    calls = [call for exercise in exercises for call in calls_of(exercise, secret)]
    release = read_release(ASSIGNMENT)
    paths = sorted(folder.glob("*.ipynb"))
    started = time.perf_counter()
    pids = [_worker(paths[slot::workers], release, calls) for slot in range(workers)]
    for pid in pids:
        os.waitpid(pid, 0)
    return time.perf_counter() - started


def calls_of(exercise: Exercise, secret: bytes) -> list[Called]:
    """The calls that grading makes for one exercise."""
    cases = answer(exercise, secret, CASE_SET).cases.values()
    return [(exercise.name, case.arguments) for case in cases]


def _worker(paths: list[Path], release: Any, calls: list[Called]) -> int:
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


def _run(sources: list[str], calls: list[Called]) -> None:
    module = type(sys)("check")
    exec(QUIET_CHECK, module.__dict__)
    sys.modules["check"] = module
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            with contextlib.suppress(Exception):
                exec(compile(ast.parse(source), "<cell>", "exec"), names)
        for name, arguments in calls:
            with contextlib.suppress(Exception):
                names[name](*copy.deepcopy(arguments))
