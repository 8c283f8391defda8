"""One way through the house: a submission goes in, a report comes out.

extract → sandbox → compare → diagnose → score → follow → report; this module only joins them.
"""

import logging
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
from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Assignment
from autograder.extract.extract import read_submission
from autograder.extract.release import Release, read_release
from autograder.follow.through import FollowThrough
from autograder.jobs import grading_job, show
from autograder.judge.cells import cell_failures, explained
from autograder.judge.score import score_exercise
from autograder.judge.slips.banks import Banks
from autograder.records import ExerciseReport, Graded, Report, Submission
from autograder.sandbox import Sandbox
from autograder.sandbox.launched import launched
from autograder.settings import Isolation, Limits, Marking

T = TypeVar("T")


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
        checks: bool = True,
        sandbox: Sandbox | None = None,
    ) -> None:
        """Start; `sandbox` is one of these settings that was launched before.

        Without `checks` nobody sees what the cells say that only check.
        """
        self._sandbox = sandbox or launched(
            assignment, isolation=isolation, workers=workers, outputs=outputs, limits=limits
        )
        try:
            self._load(assignment, marking)
            self._sandbox.ready()
        except BaseException:
            self._sandbox.close()
            raise
        self.limits = limits
        self._outputs, self._checks = outputs, checks

    def _load(self, assignment: str, marking: Marking) -> None:
        self.assignment: Assignment = load_assignment(assignment)
        self.release: Release = read_release(assignment)
        self._marking = marking
        self._secret = course_secret()
        self._follow_through = FollowThrough(self.assignment, self._sandbox, marking)
        self._answers = cache(self._answer_all)
        self._banks = Banks(course_root(), assignment, self._secret)

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

    def read(self, path: Path, student: str, note: str = "") -> Submission:
        """Read one file, in the way that `grade_all` takes it; `note` joins its repairs."""
        found = read_submission(path, student=student, release=self.release, limits=self.limits)
        return found.with_note(note)

    def grade(self, submission: Submission) -> Report:
        """Grade one submission; raises GraderFault where the grader, not the student, failed."""
        return self.graded(submission).report

    def graded(self, submission: Submission) -> Graded:
        """The same, with what the student's cells printed and drew."""
        started = time.perf_counter()
        if submission.fault:
            raise GraderFault(submission.fault)
        if submission.problem:
            return Graded(ungraded(submission, self.assignment, self.isolation))
        case_set = case_set_of(submission.code, self._secret)
        answers = self._answers(case_set)
        job = grading_job(submission, answers, self.release)
        outcome = self._sandbox.run(job)
        seen = explained(job, outcome)
        first = tuple(score_exercise(a, seen, self._marking, self._banks.name) for a in answers)
        exercises, used = self._follow_through.amend(first, answers, job, outcome)
        shown = outcome
        if self._outputs:
            graded = job, replace(outcome, used=used)
            shown = show(submission, self.release, graded, self._sandbox, checks=self._checks)
        report = Report(
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
            cell_failures=cell_failures(job, outcome),
        )
        return Graded(report, shown)

    def grade_all(
        self, submissions: Iterable[Submission], finish: Callable[[Graded], T]
    ) -> Iterator[T]:
        """Grade many side by side; what `finish` makes of each comes in the same order.

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

    def _finished(self, submission: Submission, finish: Callable[[Graded], T]) -> T:
        """A report in any case; a bug of ours is told in full to staff, and to nobody else."""
        try:
            return finish(self.graded(submission))
        except GraderFault as fault:
            words = str(fault)
        except Exception as bug:
            logging.getLogger(__name__).exception("%r could not be graded", submission.student)
            words = type(bug).__name__
        report = ungraded(submission, self.assignment, self.isolation)
        failed = replace(report, reason=f"The grader failed: {words}", fault=True)
        return finish(Graded(failed))

    def _answer_all(self, case_set: int) -> tuple[Answers, ...]:
        """All exercises' answers for one case set; references run once per set, not per student."""
        return tuple(
            answer(exercise, self._secret, case_set) for exercise in self.assignment.graded
        )


def ungraded(submission: Submission, assignment: Assignment, isolation: str) -> Report:
    """The report of a file that is not a notebook: nothing earned, and the reason said."""
    return Report(
        student=submission.student,
        assignment=assignment.name,
        status="not_graded",
        score=0.0,
        max_score=assignment.points,
        exercises=tuple(
            ExerciseReport(exercise.name, "missing", 0.0, exercise.points, ())
            for exercise in assignment.graded
        ),
        digest=submission.digest,
        seed=-1,
        isolation=isolation,
        seconds=0.0,
        reason=submission.problem,
        repairs=submission.repairs,
    )
