"""What a failure costs that nothing but the bank of slips may explain (docs/slips.md)."""

import statistics
import time
from pathlib import Path
from typing import Any

import nbformat

from autograder.exercise.load import load_assignment
from autograder.pipeline import Grader
from benchmarks.hand_ins import ASSIGNMENT
from tests.notebooks import answers_to, submission

WRONG = """
_right_{name}, _number = {name}, {number}
def {name}(*arguments):
    return 1.37 * np.asarray(_right_{name}(*arguments))
"""
SUBMISSIONS = 12
FAILURES = 3


def look_ups(folder: Path) -> dict[str, float]:
    """Milliseconds of processor time in the banks: the first submission's, and a later one's."""
    folder.mkdir()
    taken: list[float] = []
    with Grader(ASSIGNMENT, workers=1) as grader:
        name, spent = grader._banks.name, [0.0]

        def timed(*arguments: Any) -> Any:
            started = time.thread_time()
            try:
                return name(*arguments)
            finally:
                spent[0] += time.thread_time() - started

        grader._banks.name = timed  # type: ignore[method-assign]
        for number in range(SUBMISSIONS):
            path = folder / f"student{number}.ipynb"
            nbformat.write(_failing(number), path)
            spent[0] = 0.0
            grader.grade(grader.read(path, path.stem))
            taken.append(1000 * spent[0])
    first, *later = taken
    if not any(later):
        raise SystemExit("no failure was looked up: the benchmark measures nothing")
    return {"first_ms": round(first, 1), "later_ms": round(statistics.median(later), 2)}


def _failing(number: int) -> Any:
    """A notebook with some functions that are wrong in a way that no mistake of theirs explains."""
    answers = answers_to(ASSIGNMENT)
    whole = [
        exercise.name
        for exercise in load_assignment(ASSIGNMENT).exercises
        if all(check.part is None for check in exercise.checks)
    ]
    for name in whole[:FAILURES]:
        answers[name] += WRONG.format(name=name, number=number)
    return submission(ASSIGNMENT, answers)
