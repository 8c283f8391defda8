"""What a class's results say together; made of the reports alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.records import CheckReport, ExerciseReport, Report
from autograder.report.words import MARKS, PARTLY

HOW = {
    "missing": "not started",
    "raised": "stopped with an error",
    "timed_out": "took too long",
    "wrong": "wrong, cause unknown",
}


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


@dataclass(frozen=True)
class Made:
    """A mistake of one student: `key` marks the rows of all who made it."""

    key: str
    exercise: str
    name: str


@dataclass
class Tally:
    """The counts of one exercise while reports pass by, one after the other."""

    key: str
    name: str
    points: float
    ends: Counter[str] = field(default_factory=Counter)
    """How many are right, partly, wrong, missing."""
    mistakes: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)

    def add(self, exercise: ExerciseReport) -> Iterator[Made]:
        """Count one student's; yields the mistakes made."""
        self.ends[_end(exercise)] += 1
        for name, sentence in _mistakes_in(exercise).items():
            self.mistakes[name] += 1
            self.sentences.setdefault(name, sentence)
            yield Made(self._key_of(name), self.name, name)

    def facts(self) -> ExerciseFacts:
        """What was counted; the most frequent mistakes first."""
        mistakes = (
            MistakeFacts(self._key_of(name), name, self.sentences[name], count)
            for name, count in self.mistakes.most_common()
        )
        ends = {end: self.ends[end] for end in ("right", "partly", "wrong", "missing")}
        return ExerciseFacts(self.key, self.name, self.points, **ends, mistakes=tuple(mistakes))

    def _key_of(self, mistake: str) -> str:
        """Numbered in the order of first sight."""
        return f"{self.key}m{list(self.sentences).index(mistake)}"


@dataclass(frozen=True)
class ClassFacts:
    """A whole class, with the scores in the order of the reports."""

    assignment: str
    most: float
    exercises: tuple[ExerciseFacts, ...]
    scores: list[float]


class Tallies:
    """Counts a class, a report at a time; of each, next to nothing is kept."""

    def __init__(self) -> None:
        self._assignment, self._most = "", 0.0
        self._tallies: list[Tally] = []
        self._scores: list[float] = []

    def add(self, report: Report) -> list[Made]:
        """Count one; returns the mistakes made, in the order of the notebook."""
        self._assignment, self._most = report.assignment, report.max_score
        self._scores.append(report.score)
        if report.status != "graded":
            return []
        if not self._tallies:
            named = enumerate(report.exercises)
            self._tallies = [Tally(f"e{place}", e.name, e.points) for place, e in named]
        pairs = zip(self._tallies, report.exercises, strict=True)
        return [made for tally, exercise in pairs for made in tally.add(exercise)]

    def lost(self, report: Report) -> Iterator[str]:
        """The keys of the exercises that lost points."""
        if report.status == "graded":
            for tally, exercise in zip(self._tallies, report.exercises, strict=True):
                if exercise.score < exercise.points:
                    yield tally.key

    def facts(self) -> ClassFacts:
        """What was counted."""
        exercises = tuple(tally.facts() for tally in self._tallies)
        return ClassFacts(self._assignment, self._most, exercises, self._scores)


def marks_of(report: Report) -> str:
    """One sign per exercise, in the order of the notebook."""
    return "".join(PARTLY if 0 < e.score < e.points else MARKS[e.status] for e in report.exercises)


def _end(exercise: ExerciseReport) -> str:
    if exercise.score >= exercise.points:
        return "right"
    if exercise.score:
        return "partly"
    return "missing" if exercise.status == "missing" else "wrong"


def _mistakes_in(exercise: ExerciseReport) -> dict[str, str]:
    """Each mistake of one student in one exercise, once: name → what students are told of it."""
    lost = [check for check in exercise.checks if check.score < check.points]
    return {_name(check): check.nudge if check.mistake else "" for check in reversed(lost)}


def _name(check: CheckReport) -> str:
    named = check.mistake.replace("|", " or ").replace("_", " ").replace("-", " ")
    return named or HOW.get(check.status, check.status)
