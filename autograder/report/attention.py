"""Which submissions a person should look at, and why. Reasons, never verdicts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Result = dict[str, Any]

REASONS: Mapping[str, str] = {
    "fault": "the grader failed",
    "unread": "not graded",
    "slow": "took too long",
    "raised": "stopped with an error",
    "repaired": "repaired",
    "typed": "typed-in numbers",
    "same": "same file",
    "open": "without isolation",
}
TYPED_IN = "constant"
"""The mistake of a function that returns the same whatever comes in: a worked answer, say."""


def reasons(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """Per result, the keys of REASONS that hold for it."""
    files = Counter(result["digest"] for result in results if result["score"])
    return [tuple(_reasons(result, files)) for result in results]


def _reasons(result: Result, files: Mapping[str, int]) -> Iterator[str]:
    if result.get("fault"):
        yield "fault"
    elif result["status"] != "graded":
        yield "unread"
    if "timed_out" in _statuses(result) or any("too long" in s for s in result["cell_failures"]):
        yield "slow"
    if "raised" in _statuses(result) or result["cell_failures"]:
        yield "raised"
    if result["repairs"]:
        yield "repaired"
    if TYPED_IN in _mistakes(result["exercises"]):
        yield "typed"
    if files.get(result["digest"], 0) > 1:
        yield "same"
    if result["isolation"] == "none":
        yield "open"


def _statuses(result: Result) -> set[str]:
    return {exercise["status"] for exercise in result["exercises"]}


def _mistakes(exercises: Iterable[dict[str, Any]]) -> set[str]:
    return {check["mistake"] for exercise in exercises for check in exercise["checks"]}
