"""What a Dask worker does: grade batches of submissions in a sandbox that stays warm.

Bytes come in and reports go out. References and hidden cases are loaded from the worker's own
copy of the course; they never travel, and no process of a student's holds them.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from autograder.errors import GraderFault
from autograder.extract.extract import submission_of
from autograder.pipeline import Grader
from autograder.report.finish import Finish, Finished
from autograder.resume import version_of
from autograder.settings import Isolation, Limits


@dataclass(frozen=True)
class HandedIn:
    """One submitted file as it travels; `problem` says why it could not even be opened."""

    student: str
    name: str
    """The file's name, for words about it."""
    content: bytes
    problem: str = ""
    note: str = ""
    """Which file was taken, where there was a choice."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Plan:
    """What all workers must agree on."""

    name: str
    """Names this run among others on the same cluster."""
    assignment: str
    isolation: Isolation
    outputs: bool
    limits: Limits
    version: str
    """Digest of the course and the grader on the machine that asks."""


class WarmGrader(WorkerPlugin):  # type: ignore[misc]
    """One grader per worker process, started by its first task and closed with the run."""

    def __init__(self, plan: Plan) -> None:
        self.name = plan.name
        self._plan = plan

    def setup(self, worker: Worker) -> None:
        """Remember how many submissions may run here side by side."""
        self._threads = worker.state.nthreads
        self._lock, self._stack = Lock(), ExitStack()
        self._grader: Grader | None = None

    def teardown(self, worker: Worker) -> None:
        """Close the sandbox."""
        with self._lock:
            self._stack.close()
            self._grader = None

    def grader(self) -> Grader:
        """The warm grader; raises GraderFault where this machine's course is another one."""
        with self._lock:
            if self._grader is None:
                self._grader = self._stack.enter_context(self._made())
            return self._grader

    def _made(self) -> Grader:
        plan = self._plan
        grader = Grader(
            plan.assignment,
            isolation=plan.isolation,
            workers=self._threads,
            outputs=plan.outputs,
            limits=plan.limits,
        )
        if version_of(grader.release) != plan.version:
            with grader:
                raise GraderFault(
                    "a Dask worker has another version of the course than this machine. Give "
                    "every worker the same checkout with the same course_secret."
                )
        return grader


def isolation(name: str) -> str:
    """Warm this worker up; the isolation in force on it."""
    return _warm(name).isolation


def grade(name: str, batch: tuple[HandedIn, ...], finish: Finish) -> list[Finished]:
    """Grade some submissions, in order."""
    grader = _warm(name)
    submissions = (
        submission_of(
            (one.content, one.problem),
            one.name,
            student=one.student,
            release=grader.release,
            limits=grader.limits,
        ).with_note(one.note)
        for one in batch
    )
    return list(grader.grade_all(submissions, finish))


def _warm(name: str) -> Grader:
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, WarmGrader)
    return plugin.grader()
