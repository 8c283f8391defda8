"""Graders of whole sets, and what to look up in the reports that they give."""

import contextlib

import pytest

from autograder.extract.extract import read_submission
from autograder.pipeline import Grader
from autograder.records import ExerciseReport
from tests.notebooks import hand_in, solved


@pytest.fixture(scope="module")
def graders():
    """One grader per assignment, started when a test first needs it."""
    with contextlib.ExitStack() as stack:
        opened: dict[str, Grader] = {}

        def grader(name):
            if name not in opened:
                opened[name] = stack.enter_context(Grader(name, workers=1))
            return opened[name]

        yield grader


@pytest.fixture
def grade(graders, tmp_path):
    """Grade right answers with some of them replaced."""

    def grade_one(name, notebook=None, **answers):
        path = hand_in(notebook or solved(name, **answers), tmp_path / f"{name}.ipynb")
        grader = graders(name)
        return grader.grade(read_submission(path, student="ada", release=grader.release))

    return grade_one


def exercise(report, name) -> ExerciseReport:
    return next(e for e in report.exercises if e.name == name)


def lost(report) -> dict[str, float]:
    return {e.name: e.points - e.score for e in report.exercises if e.score < e.points}
