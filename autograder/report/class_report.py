"""The class report: one page for staff about a whole run, sorted and filtered without a server."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from autograder.report.attention import REASONS, reasons
from autograder.report.class_facts import (
    HOW,
    ExerciseFacts,
    Result,
    exercise_facts,
    keys_of,
    marks_of,
)
from autograder.report.feedback import templates
from autograder.report.files import file_name, write_whole
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


def write_class_report(results: Sequence[Result], folder: Path) -> Path:
    """Write `report.html` beside the results (as `as_json` makes them), which are in `folder`."""
    path = folder / NAME
    write_whole(path, render_class(results))
    return path


def render_class(results: Sequence[Result]) -> str:
    """The page as text. Students' words are escaped; the one script on it is ours, by its hash."""
    from autograder.report.charts import distribution, shares  # matplotlib takes its time

    facts = exercise_facts(results)
    why = reasons(results)
    most = max((result["max_score"] for result in results), default=0.0)
    counts = {key: sum(key in keys for keys in why) for key in REASONS}
    return (
        templates()
        .get_template("class_report.html")
        .render(
            assignment=results[0]["assignment"] if results else "",
            rows=[_row(result, facts, keys) for result, keys in zip(results, why, strict=True)],
            exercises=facts,
            most=most,
            mean=_mean([result["score"] for result in results]),
            full=sum(result["score"] >= result["max_score"] for result in results),
            looks={key: (REASONS[key], count) for key, count in counts.items() if count},
            looked=sum(map(bool, why)),
            distribution=distribution([result["score"] for result in results], most),
            shares=shares(facts) if facts else Markup(),
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
