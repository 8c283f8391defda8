"""The student's feedback page: one self-contained HTML file, no script, nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.records import CheckReport, ExerciseReport, Graded, Outcome, Report
from autograder.report.drawings import curve_drawing, curve_words
from autograder.report.grid import grid_drawing
from autograder.report.names import printable
from autograder.report.sanitise import harmless
from autograder.report.sentences import uses_wrong
from autograder.report.words import MARKS, PARTLY, cell_words, findings, number

STATES = {
    "passed": "right",
    "wrong": "not right yet",
    "raised": "stopped with an error",
    "timed_out": "took too long",
    "missing": "not started",
}
NO_SECTIONS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Finding:
    """One thing to tell about an exercise, with a drawing where there is one."""

    name: str
    words: str
    pattern: Markup | None


@dataclass(frozen=True)
class Shown:
    """One exercise as the page shows it; `look` is the class of its box, `brief` a single line."""

    name: str
    status: str
    look: str
    mark: str
    state: str
    score: float
    points: float
    findings: tuple[Finding, ...]
    followed: bool
    uses: str
    curve: Markup | None
    curve_words: str
    notes: tuple[str, ...]
    checks: tuple[CheckReport, ...]
    section: str

    @property
    def brief(self) -> bool:
        """Whether there is nothing to tell but that it is right."""
        return not (self.findings or self.notes or self.curve or self.checks or self.section)


def render(graded: Graded, sections: Mapping[str, str] = NO_SECTIONS) -> str:
    """The page as text; what a student wrote is escaped, of outputs only text and PNG stay."""
    report = graded.report
    template = templates().get_template("feedback.html")
    exercises = [_shown(exercise, sections) for exercise in report.exercises]
    return template.render(
        report=report,
        title=sections.get("", ""),
        to_fix=[e for e in exercises if e.status != "passed"],
        share=report.score / report.max_score if report.max_score else 0.0,
        summary=summary(report),
        number=number,
        marks=MARKS,
        exercises=exercises,
        cell_failures=[*map(cell_words, report.cell_failures)],
        outputs=[*_outputs(graded.shown)] if graded.shown else [],
    )


@cache
def templates() -> Environment:
    """The pages' templates; everything put into them is escaped."""
    environment = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["printable"] = printable
    return environment


def summary(report: Report) -> str:
    """How many functions are right, and where to go on."""
    right = sum(exercise.status == "passed" for exercise in report.exercises)
    words = f"{right} of {len(report.exercises)} functions are right."
    for exercise in report.exercises:
        if exercise.status != "passed":
            return f"{words} Go on with {exercise.name}."
    return f"{words} Well done!"


def _outputs(shown: Outcome) -> Iterator[tuple[str, str]]:
    """The outputs of all cells: ("text", …) and ("image", address of a picture in itself)."""
    for output in harmless(output for cell in shown.cells for output in cell.outputs):
        if output.picture:
            yield "image", f"data:{output.kind};base64,{output.picture}"
        else:
            yield "text", f"{output.name}: {output.text}" if output.lines else output.text


def _shown(exercise: ExerciseReport, sections: Mapping[str, str]) -> Shown:
    done = exercise.status == "passed"
    partly = exercise.status == "wrong" and exercise.score > 0
    return Shown(
        name=exercise.name,
        status=exercise.status,
        look="part" if partly else exercise.status,
        mark=PARTLY if partly else MARKS[exercise.status],
        state="partly right" if partly else STATES[exercise.status],
        score=exercise.score,
        points=exercise.points,
        findings=tuple(_finding(words, check) for words, check in findings(exercise).items()),
        followed=any(check.followed for check in exercise.checks),
        uses=uses_wrong(exercise.uses) if exercise.uses else "",
        curve=curve_drawing(exercise.curve) if exercise.curve else None,
        curve_words=curve_words(exercise.curve) if exercise.curve else "",
        notes=exercise.notes,
        checks=exercise.checks if _is_mixed(exercise) else (),
        section="" if done else sections.get(exercise.name, ""),
    )


def _is_mixed(exercise: ExerciseReport) -> bool:
    """Whether some checks passed and some did not: only then is it worth while to list them."""
    return len({check.status == "passed" for check in exercise.checks}) > 1


def _finding(words: str, check: CheckReport) -> Finding:
    drawing = grid_drawing(check.pattern)  # that all differ is said in words
    return Finding(check.name, words, Markup(drawing) if drawing else None)
