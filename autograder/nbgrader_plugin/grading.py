"""From what a submission's folder holds to the graded notebook that nbgrader stores."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.extract.collect import choice_in
from autograder.extract.extract import read_content, submission_of
from autograder.extract.release import Release
from autograder.nbgrader_plugin.beside import beside
from autograder.nbgrader_plugin.page import graded_page
from autograder.pipeline import Grader
from autograder.records import Submission
from autograder.settings import Limits


@dataclass(frozen=True)
class Content:
    """A file as it was read: its name, its bytes, or why there are none."""

    name: str
    bytes: bytes = field(repr=False)
    problem: str = ""
    notes: tuple[str, ...] = ()
    """What is to be said of the choice of this file, and of what lay beside it."""


def content_of(folder: Path, release: Release, limits: Limits = Limits()) -> Content:
    """Read the notebook in a submission's folder, also where its file was renamed on the way."""
    chosen = choice_in(folder, release.assignment)
    own = {Path(name).parts[0] for name, _ in release.files} | {chosen.path.name}
    notes = chosen.note, beside(folder, release.assignment, own).note
    return Content(chosen.path.name, *read_content(chosen.path, limits), tuple(filter(None, notes)))


def graded_page_of(content: Content, student: str, grader: Grader) -> Any:
    """Grade it; raises GraderFault and SpecError, never for what a student handed in."""
    submission = submitted(content, grader.release, student, grader.limits)
    return graded_page(submission, grader.graded(submission), grader.release)


def submitted(
    content: Content, release: Release, student: str, limits: Limits = Limits()
) -> Submission:
    """The submission in a file, with the notes on it."""
    read = (content.bytes, content.problem)
    found = submission_of(read, content.name, student=student, release=release, limits=limits)
    return replace(found, repairs=(*content.notes, *found.repairs))
