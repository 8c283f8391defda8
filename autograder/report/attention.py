"""Which submissions a person should look at, and why. Reasons, never verdicts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.records import Report

REASONS: Mapping[str, str] = {
    "fault": "the grader failed",
    "unread": "not graded",
    "slow": "took too long",
    "raised": "a cell stopped with an error",
    "repaired": "repaired",
    "typed": "typed-in numbers",
    "open": "without isolation",
    "same": "same file",
}
TYPED_IN = "constant"
"""The mistake of a function that returns the same whatever comes in: a worked answer, say."""


@dataclass
class Looks:
    """Gathers reasons while the reports of a class pass by, one after the other."""

    own: list[tuple[str, ...]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Per report the digest of its file; empty where it earned nothing, as an empty file does."""

    def add(self, report: Report) -> None:
        """Take note of one report."""
        self.own.append(tuple(_reasons(report)))
        self.files.append(report.digest if report.score else "")

    def reasons(self) -> list[tuple[str, ...]]:
        """Per report, in the order they came, the keys of REASONS that hold for it."""
        often = Counter(self.files)
        same = (("same",) if file and often[file] > 1 else () for file in self.files)
        return [(*own, *more) for own, more in zip(self.own, same, strict=True)]


def _reasons(report: Report) -> Iterator[str]:
    if report.fault:
        yield "fault"
    elif report.status != "graded":
        yield "unread"
    ends = [e.status for e in report.exercises] + [c.status for c in report.cell_failures]
    if "timed_out" in ends:
        yield "slow"
    if report.cell_failures:  # a function that raises is an answer like any other
        yield "raised"
    if report.repairs:
        yield "repaired"
    if TYPED_IN in {check.mistake for exercise in report.exercises for check in exercise.checks}:
        yield "typed"
    if report.isolation == "none":
        yield "open"
