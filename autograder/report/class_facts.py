"""What a class's results say together; made of the JSON results alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.report.attention import Looks
from autograder.report.results import Result
from autograder.report.words import MARKS, PARTLY

HOW = {
    "missing": "not started",
    "raised": "stopped with an error",
    "timed_out": "took too long",
    "wrong": "wrong, cause unknown",
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


@dataclass
class Tally:
    """The counts of one exercise while results pass by, one after the other."""

    name: str
    points: float
    ends: Counter[str] = field(default_factory=Counter)
    """How many are right, partly, wrong, missing."""
    mistakes: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)

    def add(self, exercise: dict[str, Any]) -> None:
        """Count one student's."""
        self.ends[_end(exercise)] += 1
        for name, sentence in _mistakes_in(exercise).items():
            self.mistakes[name] += 1
            self.sentences.setdefault(name, sentence)

    def facts(self, key: str) -> ExerciseFacts:
        """What was counted; the most frequent mistakes first."""
        mistakes = (
            MistakeFacts(f"{key}m{place}", name, self.sentences[name], count)
            for place, (name, count) in enumerate(self.mistakes.most_common())
        )
        ends = {end: self.ends[end] for end in ("right", "partly", "wrong", "missing")}
        return ExerciseFacts(key, self.name, self.points, **ends, mistakes=tuple(mistakes))


@dataclass(frozen=True)
class ClassFacts:
    """A whole class; `scores` and `reasons` to look are parallel to the results."""

    assignment: str
    most: float
    exercises: tuple[ExerciseFacts, ...]
    scores: list[float]
    reasons: list[tuple[str, ...]]


def class_facts(results: Iterable[Result]) -> ClassFacts:
    """Go through the results once; of each, next to nothing is kept."""
    assignment, most = "", 0.0
    tallies: list[Tally] = []
    scores: list[float] = []
    looks = Looks()
    for result in results:
        assignment, most = result["assignment"], result["max_score"]
        scores.append(result["score"])
        looks.add(result)
        if result["status"] == "graded":
            tallies = tallies or [Tally(e["name"], e["points"]) for e in result["exercises"]]
            for tally, exercise in zip(tallies, result["exercises"], strict=True):
                tally.add(exercise)
    exercises = tuple(tally.facts(f"e{place}") for place, tally in enumerate(tallies))
    return ClassFacts(assignment, most, exercises, scores, looks.reasons())


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


def _end(exercise: dict[str, Any]) -> str:
    if exercise["score"] >= exercise["points"]:
        return "right"
    if exercise["score"]:
        return "partly"
    return "missing" if exercise["status"] == "missing" else "wrong"


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
