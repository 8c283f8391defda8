"""The class report: one page for staff about a whole run, sorted and filtered without a server."""

import base64
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from autograder.records import Report
from autograder.report.attention import REASONS, Looks
from autograder.report.charts import distribution, shares
from autograder.report.class_facts import HOW, Tallies, marks_of
from autograder.report.feedback import templates
from autograder.report.files import replacing
from autograder.report.names import file_name, printable
from autograder.report.words import number


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


class ClassReport:
    """Gathers a class, a report at a time; rows wait in a file, for a class may be very large."""

    def __init__(self) -> None:
        self._tallies = Tallies()
        self._looks = Looks()
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._row = msgspec.json.Decoder(Row)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._rows.close()

    def add(self, report: Report) -> None:
        """Count one submission."""
        self._looks.add(report)
        made = self._tallies.add(report)
        row = Row(
            student=printable(report.student),
            page=f"feedback/{quote(file_name(report.student))}.html",
            score=report.score,
            marks=marks_of(report),
            words=printable(report.reason) or _words([(m.exercise, m.name) for m in made]),
            look="",
            keys=" ".join([*self._tallies.lost(report), *(m.key for m in made)]),
        )
        self._rows.write(msgspec.json.encode(row) + b"\n")

    def write(self, path: Path) -> Path:
        """Write the page; students' words are escaped, and its one script is ours."""
        with replacing(path) as file:
            file.writelines(self._render())
        return path

    def _render(self) -> Iterator[str]:
        facts, reasons = self._tallies.facts(), self._looks.reasons()
        looks = Counter(key for why in reasons for key in why)
        return (
            templates()
            .get_template("class_report.html")
            .generate(
                facts=facts,
                rows=self._with_reasons(reasons),
                mean=sum(facts.scores) / len(facts.scores) if facts.scores else 0.0,
                full=sum(score >= facts.most for score in facts.scores),
                looks={key: (REASONS[key], looks[key]) for key in REASONS if looks[key]},
                looked=sum(map(bool, reasons)),
                distribution=distribution(facts.scores, facts.most),
                shares=shares(facts.exercises) if facts.exercises else Markup(),
                number=number,
                script=Markup(_script()),
                script_hash=_hash(_script()),
            )
        )

    def _with_reasons(self, reasons: list[tuple[str, ...]]) -> Iterator[Row]:
        """The rows again; that two files are the same is known only at the end."""
        self._rows.seek(0)
        for line, why in zip(self._rows, reasons, strict=True):
            row = self._row.decode(line)
            look = ", ".join(REASONS[key] for key in why)
            keys = " ".join([row.keys, *why, *(["look"] if why else [])]).strip()
            yield replace(row, look=look, keys=keys)


def _words(made: list[tuple[str, str]]) -> str:
    """The mistakes by name; what was not started is counted, and not listed."""
    named = [f"{exercise}: {mistake}" for exercise, mistake in made if mistake != HOW["missing"]]
    missing = len(made) - len(named)
    return "; ".join([*named, *([f"{missing} {HOW['missing']}"] if missing else [])])


@cache
def _script() -> str:
    return files("autograder.report").joinpath("templates/class_report.js").read_text("utf-8")


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
