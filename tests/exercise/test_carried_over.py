"""Exercises of 0 points: `check` answers, nothing is graded, and an empty one costs nothing."""

import dataclasses

import pytest

from autograder.authoring import laws
from autograder.exercise import carried_over
from autograder.exercise.answers import answer
from autograder.exercise.spec import Assignment
from tests.conftest import SECRET, affine_backward


@pytest.fixture
def carried(affine):
    return carried_over(dataclasses.replace(affine, reveal="$dW$", calls=("relu",)))


def test_a_function_that_is_carried_over_is_worth_nothing_and_is_not_graded(affine, carried):
    assignment = Assignment("ps0", "Small", (carried, dataclasses.replace(affine)))
    assert (carried.points, assignment.points) == (0, 3)
    assert assignment.graded == (affine,)
    assert assignment.exercise(carried.name) is carried
    assert (carried.reveal, carried.calls) == ("", ())


def test_it_keeps_all_laws_and_its_mistakes_are_still_named(carried):
    answers = answer(carried, SECRET, 0)
    for law in laws.LAWS:
        assert list(law(answers)) == [], law
    report = laws.judge(answers, carried.mistakes[0].function)
    assert [check.mistake for check in report.checks] == ["forgot_the_weights", "", ""]
    assert laws.judge(answers, affine_backward).status == "passed"


def test_a_mistake_that_loses_nothing_is_noticed_there_as_well(carried):
    harmless = dataclasses.replace(carried.mistakes[0], function=affine_backward, loses=("dX",))
    exercise = dataclasses.replace(carried, mistakes=(harmless,))
    (words,) = laws.mistakes_cost_their_checks(answer(exercise, SECRET, 0))
    assert "loses []" in words
