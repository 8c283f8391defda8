"""One submission from the grader's side: send cells, then calls, and keep the clock.

Nothing that comes back is trusted. A frame that is late, malformed or out of turn ends the
process, and what is left to do goes on in a fresh one, without the cell or function at fault.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from autograder.errors import SandboxError
from autograder.records import CallOutcome, CellOutcome, Failure, Job, Outcome, Used
from autograder.sandbox import claims
from autograder.sandbox.clock import Clock, Left, within
from autograder.sandbox.endings import Ended, TimedOut
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import Tree
from autograder.sandbox.lending import Lender
from autograder.sandbox.pipes import Pipes
from autograder.sandbox.scratch import watch
from autograder.sandbox.worker import Fork, Worker
from autograder.settings import Limits

CELL_RESTARTS = 3
"""After so many cells that had to be stopped, the remaining ones are not run."""
FRAME_RESERVE = 2**16  # room for failures, warnings and the frame itself
OUTPUT_FRAMES = 8
"""What is small in a frame may weigh so many times what `output_bytes` counts."""
SEAL_SECONDS = 20.0


def answers_of(fork: Fork, job: Job, left: Left) -> Iterator[CallOutcome]:
    """Run a job's cells in a fork that stays, then one call at a time, when asked for.

    Raises SandboxError where anything goes wrong: this is for the grader's own code.
    """
    pipes = Pipes(fork.requests, fork.answers)
    await_seal(pipes)
    pipes.send(_job_frame(job, [(number, False) for number in range(len(job.cells))]))
    try:
        for number in range(len(job.cells)):
            claims.cell_outcome(pipes.receive(left, FRAME_RESERVE), number)
        for number, call in enumerate(job.calls):
            pipes.send(call.frame)
            yield claims.call_outcome(pipes.receive(left, FRAME_RESERVE), number)
    except (TimedOut, Ended) as problem:
        raise SandboxError(f"A fork did not answer the self-test: {problem}.") from None


class _Fault(Exception):
    """The process is of no further use."""


def converse(
    worker: Worker, job: Job, limits: Limits, isolation: str, lender: Lender | None = None
) -> Outcome:
    """Run a job to its end; raises WorkerDied and SandboxError, never for student code."""
    return _Conversation(worker, job, limits, lender).run(isolation)


class _Conversation:
    def __init__(self, worker: Worker, job: Job, limits: Limits, lender: Lender | None) -> None:
        self._worker, self._job, self._limits, self._lender = worker, job, limits, lender
        self._clock = Clock(limits.submission_seconds - job.used.seconds, limits.wall_factor)
        self._output_bytes, self._answer_bytes = job.used.output_bytes, job.used.answer_bytes
        self._cells: list[CellOutcome | None] = [None] * len(job.cells)
        self._calls: list[CallOutcome | None] = [None] * len(job.calls)
        self._stopped: set[int] = set()

    def run(self, isolation: str) -> Outcome:
        """Use as many forks as it takes."""
        while None in self._cells or None in self._calls:
            fork = self._worker.fork()
            self._clock.watch(fork.pidfd)
            try:
                self._use(fork)
            except _Fault:
                self._give_up_where_hopeless()
            finally:
                self._clock.settle()
                fork.close()
        cells = tuple(cell for cell in self._cells if cell is not None)
        calls = tuple(call for call in self._calls if call is not None)
        return Outcome(cells, calls, isolation, self._used())

    def _used(self) -> Used:
        seconds = self._job.used.seconds + self._clock.charged
        return Used(seconds, self._output_bytes, self._answer_bytes)

    def _use(self, fork: Fork) -> None:
        pipes = Pipes(fork.requests, fork.answers, watch(fork.scratch, self._limits))
        await_seal(pipes)
        wanted = self._job.outputs
        kept = [(n, wanted and self._cells[n] is None) for n in self._runnable()]
        pipes.send(_job_frame(self._job, kept))
        for number, shown in kept:
            self._hear_cell(fork, pipes, number, shown)
        self._make_calls(fork, pipes)

    def _runnable(self) -> list[int]:
        return [number for number in range(len(self._cells)) if number not in self._stopped]

    def _hear_cell(self, fork: Fork, pipes: Pipes, number: int, shown: bool) -> None:
        seconds = self._limits.cell_seconds
        most = FRAME_RESERVE + (OUTPUT_FRAMES * self._limits.output_bytes if shown else 0)
        budget = self._limits.output_bytes - self._output_bytes if shown else None
        try:
            with self._clock.limit(seconds) as left:
                claim = pipes.receive(left, most)
            outcome = claims.cell_outcome(claim, number, budget)
        except TimedOut:
            failure = Failure("TimedOut", f"the cell was stopped after {seconds:g} seconds")
            self._stop_cell(number, CellOutcome("timed_out", failure))
        except Ended as problem:
            failure = Failure("ProcessEnded", str(problem) or self._worker.how_ended(fork))
            self._stop_cell(number, CellOutcome("raised", failure))
        if self._cells[number] is None:
            self._cells[number] = outcome
            self._output_bytes += sum(map(claims.output_cost, outcome.outputs))

    def _stop_cell(self, number: int, outcome: CellOutcome) -> None:
        self._cells[number] = outcome
        self._stopped.add(number)
        raise _Fault

    def _make_calls(self, fork: Fork, pipes: Pipes) -> None:
        pending = [number for number, call in enumerate(self._calls) if call is None]
        if self._lender is None:
            pipes.send(b"".join(self._job.calls[number].frame for number in pending))
        for place, number in enumerate(pending):
            if self._lender is not None:  # what it lends goes through the same pipe, in between
                pipes.send(self._job.calls[number].frame)
            self._calls[number] = self._hear_call(fork, pipes, number, place)

    def _hear_call(self, fork: Fork, pipes: Pipes, number: int, place: int) -> CallOutcome:
        """The outcome of a call, which is the fork's call number `place`."""
        seconds = self._limits.call_seconds
        try:
            with self._clock.limit(seconds) as left:
                claim, asked = self._claim_of(pipes, number, left)
            self._keep(pipes.weight)
            outcome = claims.call_outcome(claim, place, asked)
        except TimedOut:
            failure = Failure("TimedOut", f"the call was stopped after {seconds:g} seconds")
            self._spend(number, CallOutcome("timed_out", failure=failure))
        except Ended as problem:
            failure = Failure("ProcessEnded", str(problem) or self._worker.how_ended(fork))
            self._spend(number, CallOutcome("ended", failure=failure))
        return outcome

    def _claim_of(self, pipes: Pipes, number: int, left: Left) -> tuple[Any, tuple[str, ...]]:
        """What came as the answer to a call, and which lent functions it used."""
        most = self._limits.answer_bytes + FRAME_RESERVE
        if self._lender is None:
            return pipes.receive(left, most), ()
        call = self._job.calls[number]
        return self._lender.hear(pipes, call, left, most, self._clock.aside)

    def _keep(self, size: int) -> None:
        """Count an answer that waits for its judgement; raises Ended where all are too much."""
        if self._answer_bytes + size > self._limits.answer_bytes + FRAME_RESERVE:
            most = self._limits.answer_bytes / 2**20
            raise Ended(f"all that is returned takes more than {most:g} MB")
        self._answer_bytes += size

    def _spend(self, number: int, outcome: CallOutcome) -> NoReturn:
        """One endless function costs one wait: its other calls end the same way."""
        function = self._job.calls[number].function
        for other, call in enumerate(self._job.calls):
            if call.function == function and self._calls[other] is None:
                self._calls[other] = outcome
        raise _Fault

    def _give_up_where_hopeless(self) -> None:
        """No more cells after too many stops, and nothing at all after the submission's time."""
        if self._clock.over or len(self._stopped) >= CELL_RESTARTS:
            for number, cell in enumerate(self._cells):
                if cell is None:
                    self._cells[number] = CellOutcome("not_run")
                    self._stopped.add(number)
        if self._clock.over:
            words = f"the submission used up its {self._limits.submission_seconds:g} seconds"
            late = CallOutcome("timed_out", failure=Failure("TimedOut", words))
            self._calls = [late if call is None else call for call in self._calls]


def await_seal(pipes: Pipes) -> None:
    """The first frame comes before any student code runs: is the fork sealed?"""
    try:
        claim = pipes.receive(within(SEAL_SECONDS), FRAME_RESERVE)
    except (TimedOut, Ended) as problem:
        claim = ("unsealed", f"{type(problem).__name__} {problem}")
    if claim != ("sealed",):
        raise SandboxError(
            f"A fork could not be sealed: {claim[-1]}. Run `autograder doctor` to see which "
            "layer fails."
        )


def _job_frame(job: Job, cells: list[tuple[int, bool]]) -> bytes:
    """Cells by number, and whether their outputs are kept: a second run is for its names alone."""
    texts: list[Tree] = [
        (number, _raw(job.cells[number].source), wanted) for number, wanted in cells
    ]
    files: list[Tree] = [(name, np.frombuffer(content, np.uint8)) for name, content in job.files]
    try:
        return wire.encode({"cells": texts, "files": files})
    except wire.FrameError as problem:
        raise SandboxError(f"The notebook does not fit in a frame: {problem}.") from None


def _raw(source: str) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.frombuffer(source.encode("utf-8", "surrogatepass"), np.uint8)
