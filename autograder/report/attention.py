"""Which submissions a person should look at, and why. Reasons, never verdicts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.report.results import Result

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
    """Gathers reasons while the results of a class pass by, one after the other."""

    own: list[tuple[str, ...]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Per result the digest of its file; empty where it earned nothing, as an empty file does."""

    def add(self, result: Result) -> None:
        """Take note of one result."""
        self.own.append(tuple(_reasons(result)))
        self.files.append(result["digest"] if result["score"] else "")

    def reasons(self) -> list[tuple[str, ...]]:
        """Per result, in the order they came, the keys of REASONS that hold for it."""
        often = Counter(self.files)
        same = (("same",) if file and often[file] > 1 else () for file in self.files)
        return [(*own, *more) for own, more in zip(self.own, same, strict=True)]


def _reasons(result: Result) -> Iterator[str]:
    if result.get("fault"):
        yield "fault"
    elif result["status"] != "graded":
        yield "unread"
    if "timed_out" in _statuses(result) or any("too long" in s for s in result["cell_failures"]):
        yield "slow"
    if result["cell_failures"]:  # a function that raises is an answer like any other
        yield "raised"
    if result["repairs"]:
        yield "repaired"
    if TYPED_IN in _mistakes(result["exercises"]):
        yield "typed"
    if result["isolation"] == "none":
        yield "open"


def _statuses(result: Result) -> set[str]:
    return {exercise["status"] for exercise in result["exercises"]}


def _mistakes(exercises: Iterable[dict[str, Any]]) -> set[str]:
    return {check["mistake"] for exercise in exercises for check in exercise["checks"]}
