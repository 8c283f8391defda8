"""Grade on a Dask cluster: hands out batches, takes reports, and repeats what a dead worker had.

Dask runs a task again where its worker dies; each batch is taken exactly once, here.
"""

import os
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from dask import config
from distributed import Client, Future, LocalCluster, as_completed

from autograder.course import ROOT_VARIABLE, course_root
from autograder.errors import GraderFault, Misuse
from autograder.exercise.load import load_assignment
from autograder.extract.extract import read_content
from autograder.extract.release import Release, read_release
from autograder.pipeline import ungraded
from autograder.records import Graded, Submission
from autograder.report.finish import Finish, Finished
from autograder.resume import version_of
from autograder.scale import task
from autograder.scale.task import HandedIn, Plan, WarmGrader
from autograder.settings import Isolation, Limits

BATCH = 16
"""Submissions per task: a task costs the scheduler about as much as a tenth of a submission."""
BATCH_BYTES = 2**20
AHEAD = 3
"""Tasks per thread that are handed out at a time: none waits idle, and memory stays flat."""
NO_LOG = {"distributed.admin.low-level-log-length": 0}
"""Dask would keep its last thousand messages, submissions and all."""
CONNECT_SECONDS = 20
FIRST_WORKER_SECONDS = 900
"""A queue of jobs may take its time; then somebody should look."""
COUNT_SECONDS = 5.0


class Cluster:
    """Grades as `Grader` does, on the workers of a Dask scheduler; a context manager.

    `address` names the scheduler; without one, worker processes are started on this machine.
    """

    def __init__(
        self,
        assignment: str,
        *,
        address: str | None = None,
        isolation: Isolation = "auto",
        workers: int | None = None,
        outputs: bool = False,
        limits: Limits = Limits(),
    ) -> None:
        self.assignment = load_assignment(assignment)
        self.release: Release = read_release(assignment)
        self._address, self._workers, self._limits = address, workers, limits
        name = f"autograder-{uuid.uuid4()}"
        version = version_of(self.release)
        self._plan = Plan(name, assignment, isolation, outputs, limits, version)
        self._stack = ExitStack()
        self._counted = (float("-inf"), 1)

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            opening.enter_context(config.set(NO_LOG))
            self._client = opening.enter_context(self._connected(opening))
            self._client.register_plugin(WarmGrader(self._plan), self._plan.name)
            opening.callback(self._client.unregister_worker_plugin, self._plan.name)
            self.isolation = self._first_word()
            self._stack = opening.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def read(self, path: Path, student: str, note: str = "") -> HandedIn:
        """Take a file as it is; the workers read what is in it."""
        content, problem = read_content(path, self._limits)
        return HandedIn(student, path.name, content, problem, note)

    def grade_all(self, handed_in: Iterable[HandedIn], finish: Finish) -> Iterator[Finished]:
        """Grade on all workers; results come as they are made, in any order."""
        batches = _batches(handed_in)
        running: dict[Future[list[Finished]], tuple[HandedIn, ...]] = {}
        done = as_completed(loop=self._client.loop)
        while True:
            while len(running) < AHEAD * self._threads() and (batch := next(batches, ())):
                future = self._client.submit(task.grade, self._plan.name, batch, finish, pure=False)
                running[future] = batch
                done.add(future)
            if not running:
                return
            ended = next(done)
            yield from self._finished(ended, running.pop(ended), finish)

    def _finished(
        self, future: "Future[list[Finished]]", batch: tuple[HandedIn, ...], finish: Finish
    ) -> Iterator[Finished]:
        """What came back; where nothing did, the grader failed, and not the student."""
        try:
            yield from future.result()
        except Exception as problem:
            words = f"The grader failed: {type(problem).__name__}: {problem}"
            for one in batch:
                found = Submission(one.student, self.assignment.name, one.digest, problem=words)
                report = ungraded(found, self.assignment, self.isolation)
                yield finish(Graded(replace(report, fault=True)))

    def _connected(self, opening: ExitStack) -> "Client":
        where: Any = self._address
        if str(where).startswith("tls:") and not config.get("distributed.comm.tls.ca-file"):
            raise Misuse(f"{where} wants a certificate, and Dask knows none: docs/scaling.md.")
        if where is None:
            where = opening.enter_context(_local_cluster(self._workers))
        try:
            return Client(where, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise Misuse(f"No Dask scheduler answers at {where}: {problem}.") from None

    def _first_word(self) -> str:
        """The isolation in force; raises GraderFault where no worker comes, or it cannot grade."""
        first = self._client.submit(task.isolation, self._plan.name, pure=False)
        try:
            return str(first.result(timeout=FIRST_WORKER_SECONDS))
        except TimeoutError:
            raise GraderFault(
                f"No Dask worker came within {FIRST_WORKER_SECONDS} seconds. Start one, "
                "`dask worker ADDRESS`, and grade again."
            ) from None

    def _threads(self) -> int:
        """How many submissions the cluster can run now; clusters grow and shrink."""
        when, count = self._counted
        if time.monotonic() - when > COUNT_SECONDS:
            count = max(sum(self._client.nthreads().values()), 1)
            self._counted = (time.monotonic(), count)
        return count


def _local_cluster(workers: int | None) -> "LocalCluster":
    return LocalCluster(
        n_workers=workers or os.cpu_count() or 1,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        env={ROOT_VARIABLE: str(course_root())},
    )


def _batches(handed_in: Iterable[HandedIn]) -> Iterator[tuple[HandedIn, ...]]:
    """Some submissions at a time, and fewer where they are large."""
    batch: list[HandedIn] = []
    for one in handed_in:
        batch.append(one)
        if len(batch) == BATCH or sum(len(one.content) for one in batch) > BATCH_BYTES:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)
