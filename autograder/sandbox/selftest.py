"""The sandbox proves itself: a hostile job attacks a live sibling and everything around it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import SandboxError
from autograder.records import Call, Cell, Job
from autograder.sandbox.clock import within
from autograder.sandbox.conversation import answers_of, converse
from autograder.sandbox.worker import Worker, WorkerDied
from autograder.settings import Limits

ATTACK = Path(__file__).parent / "attack.py"
SIBLING = """
import numpy
precious = numpy.full(64, 7.0)
def address():
    return precious.ctypes.data
def look():
    return precious
"""
NEAR_PIDS = 12  # processes of a namespace of one's own are numbered from 1


def prove(worker: Worker, limits: Limits, forbidden: Sequence[Path]) -> None:
    """Attack; raises SandboxError when anything at all succeeds."""
    sibling = worker.fork()
    try:
        with_cells = Job((Cell(SIBLING, "extra"),), (Call("address", ()), Call("look", ())))
        hear = answers_of(sibling, with_cells, within(limits.submission_seconds))
        address = next(hear).value
        pids = sorted({*range(1, NEAR_PIDS), sibling.pid, worker.pid, os.getpid()})
        _attack(worker, limits, [[str(path) for path in forbidden], pids, address])
        seen = next(hear).value
        if not (isinstance(seen, np.ndarray) and np.array_equal(seen, np.full(64, 7.0))):
            raise SandboxError(_breach("changed the memory of another submission"))
    finally:
        sibling.close()


def _attack(worker: Worker, limits: Limits, arguments: list[Any]) -> None:
    job = Job((Cell(ATTACK.read_text(), "extra"),), (Call("attack", tuple(arguments)),))
    try:
        outcome = converse(worker, job, limits, "self-test")
    except WorkerDied:
        raise SandboxError(_breach("ended the worker")) from None
    (call,) = outcome.calls
    if call.status != "returned" or call.value != []:
        done = call.value if isinstance(call.value, list) else [call.failure]
        raise SandboxError(_breach(", ".join(map(str, done))))


def _breach(what: str) -> str:
    return (
        f"The sandbox's self-test got through: {what}. Nothing is graded. "
        "Run `autograder doctor` to see which layer is missing."
    )
