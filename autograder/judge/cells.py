"""What the student's cells have to do with a call that failed, and which of them stopped."""

import re
from collections.abc import Mapping

from autograder.exercise.answers import Key
from autograder.records import CallOutcome, CellFailure, Job, Outcome

DEFINITION = re.compile(r"[ \t]*def[ \t]+(\w+)")
OWN_ROLES = ("solution", "extra", "setup")


def explained(job: Job, outcome: Outcome) -> Mapping[Key, CallOutcome]:
    """The outcomes of all calls by key.

    Where a function is missing because the cell that defines it stopped, it says how that stopped.
    """
    stopped = _definitions(job, outcome)
    found: dict[Key, CallOutcome] = {}
    for call, result in zip(job.calls, outcome.calls, strict=True):
        cell = stopped.get(call.function) if result.status == "missing" else None
        found[call.key] = cell or result
    return found


def cell_failures(job: Job, outcome: Outcome) -> tuple[CellFailure, ...]:
    """Cells of the student's own that did not run through."""
    return tuple(
        CellFailure(_first_line(cell.source), result.status, result.failure)
        for cell, result in zip(job.cells, outcome.cells, strict=True)
        if cell.role in OWN_ROLES and result.status in ("raised", "timed_out")
    )


def _definitions(job: Job, outcome: Outcome) -> dict[str, CallOutcome]:
    """Function name → how the first cell that defines it stopped. One pass over the lines."""
    found: dict[str, CallOutcome] = {}
    for cell, ran in zip(job.cells, outcome.cells, strict=True):
        if ran.status in ("raised", "timed_out"):
            for name in _defined(cell.source):
                found.setdefault(name, CallOutcome(ran.status, failure=ran.failure))
    return found


def _defined(source: str) -> list[str]:
    """The names after `def` at the beginning of a line; also of code that Python cannot read."""
    return [match[1] for line in source.splitlines() if (match := DEFINITION.match(line))]


def _first_line(source: str) -> str:
    return next((line.strip() for line in source.splitlines() if line.strip()), "")[:60]
