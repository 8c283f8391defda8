"""One way through the house: a submission goes in, a report comes out.

extract → sandbox → compare → diagnose → score → follow → report; this module only joins them.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from autograder.course import course_root, course_secret
from autograder.errors import GraderFault
from autograder.exercise.answers import Answers, answer
from autograder.exercise.cases import case_set_of
from autograder.exercise.load import load_assignment, named_source
from autograder.exercise.spec import Assignment
from autograder.extract.extract import read_submission
from autograder.extract.release import Release, read_release
from autograder.follow.through import FollowThrough
from autograder.jobs import grading_job, show
from autograder.judge.score import score_exercise
from autograder.records import (
    Call,
    CallOutcome,
    CellOutcome,
    ExerciseReport,
    Job,
    Outcome,
    Report,
    Submission,
)
from autograder.sandbox import Isolation, Sandbox
from autograder.settings import Limits, Marking

T = TypeVar("T")
HIDDEN = ("exercises", "solutions", "source", "course_secret", "gradebook.db")
"""What no submission may read, below the course's folder; the sandbox's self-test tries each."""


class Grader:
    """Grades submissions of one assignment; a context manager, safe to share between threads."""

    def __init__(
        self,
        assignment: str,
        *,
        isolation: Isolation = "auto",
        workers: int | None = None,
        outputs: bool = False,
        limits: Limits = Limits(),
        marking: Marking = Marking(),
    ) -> None:
        self.assignment: Assignment = load_assignment(assignment)
        self.release: Release = read_release(assignment)
        self.limits = limits
        self._outputs = outputs
        self._marking = marking
        self._secret = course_secret()
        self._sandbox = Sandbox(
            isolation=isolation,
            workers=workers,
            limits=limits,
            forbidden=forbidden_paths(),
            named=named_source(),
        )
        self._follow_through = FollowThrough(self.assignment, self._sandbox, marking)
        self._answers = cache(self._answer_all)

    def __enter__(self) -> Self:
        self._sandbox.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._sandbox.stop()
        self._follow_through.close()
        self._sandbox.__exit__(kind, error, traceback)

    @property
    def isolation(self) -> str:
        """The isolation in force."""
        return self._sandbox.isolation

    @property
    def workers(self) -> int:
        """How many submissions run side by side."""
        return self._sandbox.workers

    def read(self, path: Path, student: str) -> Submission:
        """Read one file, in the way that `grade_all` takes it."""
        return read_submission(path, student=student, release=self.release, limits=self.limits)

    def grade(self, submission: Submission) -> Report:
        """Grade one submission; raises GraderFault where the grader, not the student, failed."""
        started = time.perf_counter()
        if submission.problem:
            return ungraded(submission, self.assignment, self.isolation)
        case_set = case_set_of(submission.digest)
        answers = self._answers(case_set)
        job = grading_job(submission, answers, self.release)
        outcome = self._sandbox.run(job)
        seen = {
            call.key: _explained(call, result, job, outcome)
            for call, result in zip(job.calls, outcome.calls, strict=True)
        }
        first = tuple(score_exercise(a, seen, self._marking) for a in answers)
        exercises, used = self._follow_through.amend(first, answers, job, outcome)
        shown = outcome
        if self._outputs:
            shown = show(
                submission, self.release, (job, replace(outcome, used=used)), self._sandbox
            )
        return Report(
            student=submission.student,
            assignment=self.assignment.name,
            status="graded",
            score=sum(exercise.score for exercise in exercises),
            max_score=self.assignment.points,
            exercises=exercises,
            digest=submission.digest,
            seed=case_set,
            isolation=outcome.isolation,
            seconds=time.perf_counter() - started,
            repairs=submission.repairs,
            cell_failures=_cell_failures(job, outcome),
            outcome=shown,
            notebook=submission.notebook,
        )

    def grade_all(
        self, submissions: Iterable[Submission], finish: Callable[[Report], T]
    ) -> Iterator[T]:
        """Grade many side by side; what `finish` makes of the reports comes in the same order.

        At most a few per worker are in flight, so memory stays flat however many there are. Where
        the grader fails on one, its report has `fault` set, and the others are graded.
        """
        waiting: list[Future[T]] = []
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            try:
                for submission in submissions:
                    waiting.append(pool.submit(self._finished, submission, finish))
                    if len(waiting) >= 4 * self.workers:
                        yield waiting.pop(0).result()
                while waiting:
                    yield waiting.pop(0).result()
            except BaseException:  # somebody is leaving, and nobody waits for an endless loop
                pool.shutdown(wait=False, cancel_futures=True)
                self._sandbox.stop()
                raise

    def _finished(self, submission: Submission, finish: Callable[[Report], T]) -> T:
        """A report in any case; a bug of ours is told in full to staff, and to nobody else."""
        try:
            return finish(self.grade(submission))
        except GraderFault as fault:
            words = str(fault)
        except Exception as bug:
            logging.getLogger(__name__).exception("%s could not be graded", submission.student)
            words = type(bug).__name__
        report = ungraded(submission, self.assignment, self.isolation)
        return finish(replace(report, reason=f"The grader failed: {words}", fault=True))

    def _answer_all(self, case_set: int) -> tuple[Answers, ...]:
        """All exercises' answers for one case set; references run once per set, not per student."""
        return tuple(
            answer(exercise, self._secret, case_set) for exercise in self.assignment.exercises
        )


def forbidden_paths() -> tuple[Path, ...]:
    """What the sandbox proves at start that it cannot read."""
    package = Path(__file__).parent
    course = [course_root() / name for name in HIDDEN]
    return tuple(path.resolve() for path in [*course, package] if path.exists())


def ungraded(submission: Submission, assignment: Assignment, isolation: str) -> Report:
    """The report of a file that is no notebook: nothing earned, and the reason said."""
    return Report(
        student=submission.student,
        assignment=assignment.name,
        status="not_graded",
        score=0.0,
        max_score=assignment.points,
        exercises=tuple(
            ExerciseReport(exercise.name, "missing", 0.0, exercise.points, ())
            for exercise in assignment.exercises
        ),
        digest=submission.digest,
        seed=-1,
        isolation=isolation,
        seconds=0.0,
        reason=submission.problem,
    )


def _explained(call: Call, result: CallOutcome, job: Job, outcome: Outcome) -> CallOutcome:
    """Where a function is missing because the cell that defines it stopped, say how it stopped."""
    if result.status != "missing":
        return result
    definition = re.compile(rf"^\s*def\s+{re.escape(call.function)}\b", re.MULTILINE)
    for cell, ran in zip(job.cells, outcome.cells, strict=True):
        if ran.status in ("raised", "timed_out") and definition.search(cell.source):
            return CallOutcome(ran.status, failure=ran.failure)
    return result


def _cell_failures(job: Job, outcome: Outcome) -> tuple[str, ...]:
    """Cells of the student's own that did not run through, in words."""
    return tuple(
        _cell_words(cell.source, result)
        for cell, result in zip(job.cells, outcome.cells, strict=True)
        if result.status in ("raised", "timed_out") and cell.role in ("solution", "extra", "setup")
    )


def _cell_words(source: str, result: CellOutcome) -> str:
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")[:60]
    if result.failure is None:
        return f"The cell that begins with “{first}” was stopped: it ran too long."
    what = f"{result.failure.kind}: {result.failure.message[:200]}".rstrip(": ")
    return f"The cell that begins with “{first}” stopped with {what}."
