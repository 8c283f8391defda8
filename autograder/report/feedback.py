"""The student's feedback page: one self-contained HTML file, no script, nothing from elsewhere."""

import base64
import binascii
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from autograder.records import Outcome, Report
from autograder.report.files import file_name, write_whole
from autograder.report.words import MARKS, exercise_lines, number


def write_feedback(report: Report, folder: Path) -> Path:
    """Write `<student>.html`."""
    path = folder / f"{file_name(report.student)}.html"
    write_whole(path, render(report))
    return path


def render(report: Report) -> str:
    """The page as text; what a student wrote is escaped, of outputs only text and PNG stay."""
    outputs = [*_shown(report.outcome)] if report.outcome else []
    share = report.score / report.max_score if report.max_score else 0.0
    return _template().render(
        report=report,
        share=share,
        number=number,
        marks=MARKS,
        lines=_lines(report),
        outputs=outputs,
    )


def _lines(report: Report) -> dict[str, list[str]]:
    """Per exercise what is said below its heading."""
    return {exercise.name: exercise_lines(exercise)[1:] for exercise in report.exercises}


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("feedback.html")


def _shown(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The outputs that are safe to show: ("text", …) and ("image", base64 PNG)."""
    for cell in outcome.cells:
        for output in cell.outputs:
            if output.get("output_type") == "stream":
                yield "text", _text(output.get("text"))
            elif output.get("output_type") == "error":
                yield "text", f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
            else:
                yield from _rich(output.get("data"))


def _rich(data: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict):
        return
    image = data.get("image/png")
    if isinstance(image, str) and _is_base64(image):
        yield "image", "".join(image.split())
    elif "text/plain" in data:
        yield "text", _text(data["text/plain"])


def _is_base64(text: str) -> bool:
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(b"\x89PNG")
    except (binascii.Error, ValueError):
        return False


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
