"""Call failed functions again with right ones in the places of the student's own wrong ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.spec import Assignment
from autograder.follow.marks import (
    calls_at_first,
    calls_at_last,
    followed,
    odd_functions,
    to_replace,
)
from autograder.follow.reference import References
from autograder.judge.returned import Outcomes
from autograder.judge.score import score_exercise
from autograder.records import Call, CallOutcome, Cell, ExerciseReport, Job, Outcome, Used
from autograder.sandbox.lending import Lender
from autograder.sandbox.pool import Sandbox
from autograder.settings import AskLimits, Marking

ENDED = "ProcessEnded"
Lent = Mapping[str, tuple[str, ...]]
"""Function → names of the right ones that it is lent."""


class FollowThrough:
    """Follow-through marks of one assignment. Costs nothing until a submission needs it."""

    def __init__(
        self,
        assignment: Assignment,
        sandbox: Sandbox,
        marking: Marking = Marking(),
        limits: AskLimits = AskLimits(),
    ) -> None:
        self._exercises = assignment.graded
        self._sandbox, self._marking, self._limits = sandbox, marking, limits
        lent = {name for exercise in self._exercises for name in exercise.calls}
        self._references = References(
            {e.name: e.reference for e in self._exercises if e.name in lent and not e.trains},
            limits,
        )

    def amend(
        self,
        reports: Sequence[ExerciseReport],
        answers: Sequence[Answers],
        job: Job,
        outcome: Outcome,
    ) -> tuple[tuple[ExerciseReport, ...], Used]:
        """Raise what deserves it; nothing is ever lowered. `answers` and `reports` are parallel.

        Also tells what the submission has used by then.
        """
        if all(report.score >= report.points for report in reports):
            return tuple(reports), outcome.used
        came = {call.key: one for call, one in zip(job.calls, outcome.calls, strict=True)}
        again = self._again(reports, odd_functions(answers, came))
        if not again:
            return tuple(reports), outcome.used
        job = Job(tuple(_harmless(job, outcome)), (), files=job.files, used=outcome.used)
        with self._references.borrowed() as reference:
            lender = Lender(reference.ask, self._limits)
            tried = [key for key in answers if key.exercise.name in again]
            short = [call for key in tried for call in calls_at_first(key)]
            seen, used = self._run(short, again, job, lender)
            final = self._judged(reports, answers, came | seen, again)
            by_name = {report.name: report for report in final}
            long = [
                call for key in tried for call in calls_at_last(key, by_name[key.exercise.name])
            ]
            if long:
                more, used = self._run(long, again, replace(job, used=used), lender)
                final = self._judged(reports, answers, came | seen | more, again)
        return final, used

    def close(self) -> None:
        """End the reference processes."""
        self._references.close()

    def _again(self, reports: Sequence[ExerciseReport], odd: frozenset[str]) -> Lent:
        """What to call again, with which functions replaced."""
        by_name = {report.name: report for report in reports}
        found = {
            exercise.name: tuple(to_replace(exercise, self._exercises[:place], by_name, odd))
            for place, exercise in enumerate(self._exercises)
        }
        return {name: lent for name, lent in found.items() if lent}

    def _run(
        self, calls: Sequence[Call], again: Lent, job: Job, lender: Lender
    ) -> tuple[dict[Key, CallOutcome], Used]:
        """Make calls with what is lent to them; whatever they ask for counts together."""
        lent = tuple(replace(call, lent=again[call.function]) for call in calls)
        result = self._sandbox.run(replace(job, calls=lent), lender)
        seen = {call.key: came for call, came in zip(lent, result.calls, strict=True)}
        return seen, result.used

    def _judged(
        self,
        reports: Sequence[ExerciseReport],
        answers: Sequence[Answers],
        outcomes: Outcomes,
        again: Lent,
    ) -> tuple[ExerciseReport, ...]:
        """The first reports, with what the second calls change in them."""
        final: dict[str, ExerciseReport] = {}
        for report, key in zip(reports, answers, strict=True):
            final[report.name] = report
            if report.name in again:
                second = score_exercise(key, outcomes, self._marking)
                lent = again[report.name]
                final[report.name] = followed(report, second, key, outcomes, final, lent)
        return tuple(final.values())


def _harmless(job: Job, outcome: Outcome) -> Iterator[Cell]:
    """The cells that define functions, without those that had to be stopped."""
    for cell, result in zip(job.cells, outcome.cells, strict=True):
        stopped = result.failure is not None and result.failure.kind == ENDED
        shows = cell.role in ("grade", "illustration")
        if result.status in ("ran", "raised") and not stopped and not shows:
            yield cell
