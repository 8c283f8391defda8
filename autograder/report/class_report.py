"""The class report: one page for staff about a whole run, sorted and filtered without a server."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from autograder.report.attention import REASONS
from autograder.report.class_facts import (
    HOW,
    ExerciseFacts,
    class_facts,
    keys_of,
    marks_of,
)
from autograder.report.feedback import templates
from autograder.report.files import file_name, replacing
from autograder.report.results import Result
from autograder.report.words import number

NAME = "report.html"


@dataclass(frozen=True)
class Row:
    """One submission in the table; `keys` say which filters show it."""

    student: str
    page: str
    score: float
    marks: str
    words: str
    look: str
    keys: str


def write_class_report(results: Iterable[Result], folder: Path) -> Path:
    """Write `report.html` beside the results, which are in `folder` and are gone through twice."""
    path = folder / NAME
    with replacing(path) as file:
        file.writelines(render_class(results))
    return path


def render_class(results: Iterable[Result]) -> Iterator[str]:
    """The page in pieces, however long. Students' words are escaped; its one script is ours."""
    from autograder.report.charts import distribution, shares  # matplotlib takes its time

    facts = class_facts(results)
    looks = Counter(key for why in facts.reasons for key in why)
    rows = zip(results, facts.reasons, strict=True)
    return (
        templates()
        .get_template("class_report.html")
        .generate(
            facts=facts,
            rows=(_row(result, facts.exercises, why) for result, why in rows),
            mean=_mean(facts.scores),
            full=sum(score >= facts.most for score in facts.scores),
            looks={key: (REASONS[key], looks[key]) for key in REASONS if looks[key]},
            looked=sum(map(bool, facts.reasons)),
            distribution=distribution(facts.scores, facts.most),
            shares=shares(facts.exercises) if facts.exercises else Markup(),
            number=number,
            script=Markup(_script()),
            script_hash=_hash(_script()),
        )
    )


def _row(result: Result, facts: Sequence[ExerciseFacts], why: Sequence[str]) -> Row:
    found = list(keys_of(result, facts))
    return Row(
        student=result["student"],
        page=f"feedback/{quote(file_name(result['student']))}.html",
        score=result["score"],
        marks=marks_of(result),
        words=result["reason"] or _words(found, facts),
        look=", ".join(REASONS[key] for key in why),
        keys=" ".join([*found, *why, *(["look"] if why else [])]),
    )


def _words(found: Sequence[str], facts: Sequence[ExerciseFacts]) -> str:
    """The mistakes by name; what was not started is counted, and not listed."""
    made = [(e.name, m.name) for e in facts for m in e.mistakes if m.key in found]
    named = [f"{exercise}: {mistake}" for exercise, mistake in made if mistake != HOW["missing"]]
    missing = len(made) - len(named)
    return "; ".join([*named, *([f"{missing} {HOW['missing']}"] if missing else [])])


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0


@cache
def _script() -> str:
    return files("autograder.report").joinpath("templates/class_report.js").read_text("utf-8")


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
