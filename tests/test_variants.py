"""Right answers in another style earn everything, and nothing is said against them."""

import importlib
import importlib.util

import pytest

from autograder.authoring.laws import judge
from autograder.exercise.answers import answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import assignment_names, load_assignment
from tests.conftest import SECRET


def variants_of(assignment):
    """The VARIANTS of one set; a set without the module has none, and a test below says so."""
    name = f"tests.variants.{assignment}"
    return importlib.import_module(name).VARIANTS if importlib.util.find_spec(name) else {}


def all_variants():
    """Every variant of every exercise."""
    for assignment in assignment_names():
        for name, functions in variants_of(assignment).items():
            for number, function in enumerate(functions):
                exercise = load_assignment(assignment).exercise(name)
                yield pytest.param(exercise, function, id=f"{assignment[:3]}-{name}-{number}")


@pytest.mark.parametrize(("exercise", "function"), [*all_variants()])
def test_another_style_earns_everything(exercise, function):
    """On every case set: all points, every check passed, no mistake named.

    A training takes a second or more, and is tried on a few sets.
    """
    for case_set in range(4 if exercise.trains else CASE_SETS):
        report = judge(answer(exercise, SECRET, case_set), function)
        said = [(check.name, check.mistake, check.fact, check.nudge) for check in report.checks]
        assert {check.status for check in report.checks} == {"passed"}, said
        assert report.score == exercise.points
        assert {check.mistake for check in report.checks} == {""}


@pytest.mark.parametrize("assignment", assignment_names())
def test_every_exercise_has_a_variant(assignment):
    """No exercise was only ever tried with the reference's style."""
    names = {exercise.name for exercise in load_assignment(assignment).graded}
    assert {name for name, functions in variants_of(assignment).items() if functions} >= names
