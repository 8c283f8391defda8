"""What the sandbox is asked to run: once to grade, and once more where outputs are to be shown.

The two never share a process: whatever a picture or a check does to the notebook's names, the
grading has not seen it, so scores are the same with and without outputs.
"""

import re
from collections.abc import Iterable, Iterator

from autograder.exercise.answers import Answers
from autograder.extract.release import Release
from autograder.records import Cell, CellOutcome, CellRole, Job, Outcome, Submission
from autograder.sandbox import Sandbox
from autograder.sandbox.bytecode import with_bytecode
from autograder.sandbox.launched import QUIET_CHECK

GRADED_ROLES: frozenset[CellRole] = frozenset({"setup", "solution", "extra"})
"""What grading runs: checks and pictures cost more than the grading itself."""
NOT_AGAIN = "Not run again: it ran too long when it was graded, or calls a function that did.\n"


def grading_job(submission: Submission, answers: Iterable[Answers], release: Release) -> Job:
    """The student's cells and the instructor's set-up, then every call of the case set."""
    return Job(
        cells=tuple(cell for cell in submission.cells if cell.role in GRADED_ROLES),
        calls=tuple(call for exercise in answers for call in exercise.calls),
        files=tuple(_graded_files(release)),
    )


def show(
    submission: Submission,
    release: Release,
    graded: tuple[Job, Outcome],
    sandbox: Sandbox,
    *,
    checks: bool = True,
) -> Outcome:
    """Run every cell for its outputs; the outcome's cells are parallel to the submission's.

    Without `checks` the cells that only check are left out.
    """
    endless = frozenset(_endless(*graded))
    seen = (cell for cell in submission.cells if checks or cell.role != "grade")
    again = tuple(cell for cell in seen if not _runs_long(cell, endless))
    used = graded[1].used
    files = with_bytecode(release.files)
    outcome = sandbox.run(Job(again, (), outputs=True, files=files, used=used))
    shown = dict(zip(again, outcome.cells, strict=True))
    note = {"output_type": "stream", "name": "stdout", "text": NOT_AGAIN}
    skipped = CellOutcome("not_run", outputs=(note,))
    cells = tuple(shown.get(cell, skipped) for cell in submission.cells)
    return Outcome(cells, (), outcome.isolation, outcome.used)


def _endless(job: Job, outcome: Outcome) -> Iterator[str]:
    """Names of functions, and sources of cells, that were stopped by the clock."""
    for call, result in zip(job.calls, outcome.calls, strict=True):
        if result.status == "timed_out":
            yield call.function
    for cell, ran in zip(job.cells, outcome.cells, strict=True):
        if ran.status == "timed_out":
            yield cell.source


def _runs_long(cell: Cell, endless: frozenset[str]) -> bool:
    """Would this cell be stopped by the clock once more?"""
    if cell.role in GRADED_ROLES:
        return cell.source in endless
    names = filter(str.isidentifier, endless)
    return any(re.search(rf"\b{name}\b", cell.source) for name in names)


def _graded_files(release: Release) -> Iterator[tuple[str, bytes]]:
    """The assignment's own files, without those that only check() and pictures use."""
    for name, content in release.files:
        if name == "check.py":
            yield name, QUIET_CHECK
        elif name != "examples.json" and not name.endswith(".svg"):
            yield name, content
