"""What a class's results say together; made of the JSON results alone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.report.words import MARKS, PARTLY

Result = dict[str, Any]
HOW = {
    "missing": "not started",
    "raised": "stopped with an error",
    "timed_out": "took too long",
    "wrong": "wrong, without a name",
}
FACT = re.compile(
    r"^.*?(?:entries (?:is|are) .*?\]\.|is (?:wrong|nan or infinite)\.|returned \(.*?\)\.)\s+(?=\S)"
)
"""The part of a feedback that is about one student's numbers; what follows is about the mistake."""


@dataclass(frozen=True)
class MistakeFacts:
    """One mistake of one exercise: who makes it. `key` marks their rows in the table."""

    key: str
    name: str
    sentence: str
    count: int


@dataclass(frozen=True)
class ExerciseFacts:
    """One exercise: how many have all, some or none of its points, or have not begun."""

    key: str
    name: str
    points: float
    right: int
    partly: int
    wrong: int
    missing: int
    mistakes: tuple[MistakeFacts, ...]

    @property
    def total(self) -> int:
        """Everybody whose notebook could be read."""
        return self.right + self.partly + self.wrong + self.missing

    @property
    def named(self) -> tuple[MistakeFacts, ...]:
        """The mistakes of those who have begun."""
        return tuple(m for m in self.mistakes if m.name != HOW["missing"])


def exercise_facts(results: Sequence[Result]) -> tuple[ExerciseFacts, ...]:
    """One entry per exercise, over all submissions that could be graded."""
    graded = [result["exercises"] for result in results if result["status"] == "graded"]
    return tuple(
        _facts(f"e{place}", column) for place, column in enumerate(zip(*graded, strict=True))
    )


def keys_of(result: Result, facts: Sequence[ExerciseFacts]) -> Iterator[str]:
    """The keys of the exercises that lost points, and of the mistakes made in them."""
    if result["status"] != "graded":
        return
    for exercise, about in zip(result["exercises"], facts, strict=True):
        if exercise["score"] < exercise["points"]:
            yield about.key
        made = _mistakes_in(exercise)
        yield from (mistake.key for mistake in about.mistakes if mistake.name in made)


def marks_of(result: Result) -> str:
    """One sign per exercise, in the order of the notebook."""
    return "".join(
        PARTLY if 0 < e["score"] < e["points"] else MARKS[e["status"]] for e in result["exercises"]
    )


def _facts(key: str, column: Sequence[dict[str, Any]]) -> ExerciseFacts:
    right = sum(e["score"] >= e["points"] for e in column)
    partly = sum(0 < e["score"] < e["points"] for e in column)
    missing = sum(e["status"] == "missing" and not e["score"] for e in column)
    return ExerciseFacts(
        key=key,
        name=column[0]["name"],
        points=column[0]["points"],
        right=right,
        partly=partly,
        wrong=len(column) - right - partly - missing,
        missing=missing,
        mistakes=tuple(_mistakes(key, column)),
    )


def _mistakes(key: str, column: Sequence[dict[str, Any]]) -> Iterator[MistakeFacts]:
    """The most frequent first."""
    counts: Counter[str] = Counter()
    sentences: dict[str, str] = {}
    for exercise in column:
        made = _mistakes_in(exercise)
        counts.update(made.keys())
        sentences = {**made, **sentences}
    for place, (name, count) in enumerate(counts.most_common()):
        yield MistakeFacts(f"{key}m{place}", name, sentences[name], count)


def _mistakes_in(exercise: dict[str, Any]) -> dict[str, str]:
    """Each mistake of one student in one exercise, once: name → sentence."""
    lost = [check for check in exercise["checks"] if check["score"] < check["points"]]
    return {_name(check): _sentence(check) for check in reversed(lost)}


def _name(check: dict[str, Any]) -> str:
    named = check["mistake"].replace("|", " or ").replace("_", " ").replace("-", " ")
    return str(named or HOW.get(check["status"], check["status"]))


def _sentence(check: dict[str, Any]) -> str:
    """What students are told about a named mistake; of others, no two are told the same."""
    return FACT.sub("", check["feedback"]) if check["mistake"] else ""
