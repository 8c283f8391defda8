"""Grade in several processes of one machine: one interpreter keeps about four cores busy.

Each process reads, grades and draws pages, with sandboxes of its own; this one hands out the names
of files and takes what is to be written.
"""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from autograder.errors import GraderFault, Misuse
from autograder.exercise.load import load_assignment
from autograder.extract.release import Release, read_release
from autograder.pipeline import Grader, ungraded
from autograder.records import Graded, Submission
from autograder.report.finish import Finish, Finished
from autograder.sandbox.launched import launched
from autograder.settings import Isolation, Limits

AHEAD = 5
"""Files for each worker that are handed out at a time: one more than `Grader` holds."""
END_SECONDS = 10.0


@dataclass(frozen=True)
class File:
    """A submission as it is handed out."""

    path: Path
    student: str
    note: str = ""


@dataclass(frozen=True)
class Share:
    """What one of the processes is to do."""

    assignment: str
    settings: dict[str, Any]
    """Of a Grader: isolation, workers, outputs, limits."""
    first_slot: int
    """Its workers are users of their own: none shares one with another process."""


@dataclass
class Helper:
    """One of the processes, and the files that it has and that have not come back."""

    process: BaseProcess
    connection: Connection
    workers: int
    files: deque[File] = field(default_factory=deque)
    more: bool = True
    """Does it wait for files?"""


class Processes:
    """Grades as `Grader` does, in so many processes; a context manager."""

    def __init__(
        self,
        assignment: str,
        *,
        processes: int,
        workers: int,
        isolation: Isolation = "auto",
        outputs: bool = False,
        limits: Limits = Limits(),
    ) -> None:
        self.assignment = load_assignment(assignment)
        self.release: Release = read_release(assignment)
        self.isolation = ""
        self._helpers: list[Helper] = []
        common = {"isolation": isolation, "outputs": outputs, "limits": limits}
        self._shares = [
            Share(assignment, {**common, "workers": after - before}, before)
            for before, after in _split(workers, processes)
        ]

    def __enter__(self) -> Self:
        try:
            self._helpers += map(_started, self._shares)
            for helper in self._helpers:
                self.isolation = _first_word(helper.connection)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        for helper in self._helpers:
            helper.connection.close()
        for helper in self._helpers:
            if helper.files:  # somebody leaves, and nobody waits for them
                helper.process.terminate()
        for helper in self._helpers:
            helper.process.join(END_SECONDS)
            if helper.process.is_alive():
                helper.process.kill()
                helper.process.join()

    def read(self, path: Path, student: str, note: str = "") -> File:
        """Take a file by its name; it is read where it is graded."""
        return File(path, student, note)

    def grade_all(self, handed_in: Iterable[File], finish: Finish) -> Iterator[Finished]:
        """Grade side by side; results come as they are made, in any order."""
        coming = iter(handed_in)
        busy = {helper.connection: helper for helper in self._helpers}
        for helper in self._helpers:
            with suppress(OSError):  # it has ended already, and is found to have below
                helper.connection.send(finish)
                _hand_out(helper, coming)
        while busy:
            for connection in wait(list(busy)):
                helper = busy[connection]  # type: ignore[index]
                try:
                    yield _received(helper)
                    _hand_out(helper, coming)
                except (EOFError, OSError):
                    del busy[helper.connection]
                    yield from self._lost(helper.files, finish)
        yield from self._lost(coming, finish)  # where all have ended, nobody took these

    def _lost(self, files: Iterable[File], finish: Finish) -> Iterator[Finished]:
        """A process has ended: what it had, and what none is left for, are faults."""
        for file in files:
            words = "The grader failed: one of its processes ended. Is there enough memory?"
            found = Submission(file.student, self.assignment.name, "", problem=words)
            report = ungraded(found, self.assignment, self.isolation)
            yield finish(Graded(replace(report, fault=True)))


def _split(workers: int, processes: int) -> Iterator[tuple[int, int]]:
    """The workers in even parts: (first, behind the last)."""
    bounds = [workers * number // processes for number in range(processes + 1)]
    return pairwise(bounds)


def _started(share: Share) -> Helper:
    spawn = multiprocessing.get_context("spawn")  # a fork would take along locks and descriptors
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=serve, args=(theirs, share))
    process.start()
    theirs.close()
    return Helper(process, ours, share.settings["workers"])


def _first_word(connection: Connection) -> str:
    """The isolation in force; raises what the process could not start for."""
    try:
        word = connection.recv()
    except EOFError:
        raise GraderFault("A grading process ended while it started.") from None
    if isinstance(word, Exception):
        raise word
    return str(word)


def _hand_out(helper: Helper, coming: Iterator[File]) -> None:
    """Send files as long as it may have more; say where there are none."""
    while helper.more and len(helper.files) < AHEAD * helper.workers:
        file = next(coming, None)
        if file is None:
            helper.more = False
        else:
            helper.files.append(file)  # before it is sent: it is not lost where the process is
        helper.connection.send(file)


def _received(helper: Helper) -> Finished:
    finished: Finished = helper.connection.recv()
    helper.files.popleft()
    return finished


def serve(connection: Connection, share: Share) -> None:
    """The life of one process: warm up, grade what comes, and end when nothing more does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the one that hands out as well
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(EOFError, BrokenPipeError):
        try:
            sandbox = launched(share.assignment, first_slot=share.first_slot, **share.settings)
            grader = Grader(share.assignment, sandbox=sandbox, **share.settings)
        except (GraderFault, Misuse) as problem:
            connection.send(problem)
            return
        with grader:
            connection.send(grader.isolation)
            finish = connection.recv()
            files = iter(connection.recv, None)
            handed_in = (grader.read(file.path, file.student, file.note) for file in files)
            for finished in grader.grade_all(handed_in, finish):
                connection.send(finished)
