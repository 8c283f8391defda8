"""Answers that the text leaves open: what their judge is given, and whose fault its failure is."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.errors import GraderFault
from autograder.exercise.answers import answer
from autograder.exercise.compare import conform
from autograder.exercise.spec import Check
from autograder.sandbox.inside.submission import same
from tests.conftest import SECRET, affine_backward


def judged(affine, accept, function, part=1, mistakes=(), any_form=False):
    """The report of the one check that `accept` decides."""
    check = Check(
        "open", 1, part=part, accept=accept, expects="It must be open.", any_form=any_form
    )
    mistakes = [dataclasses.replace(mistake, loses=()) for mistake in mistakes]
    exercise = dataclasses.replace(affine, checks=(check,), mistakes=tuple(mistakes))
    return judge(answer(exercise, SECRET, 0), function).checks[0]


@pytest.mark.parametrize("error", [TypeError, ZeroDivisionError, RecursionError, NameError])
def test_what_the_authors_judge_raises_is_a_fault_of_the_grader(affine, error):
    def careless(value, arguments):
        raise error("a hidden number: 0.123456")

    with pytest.raises(GraderFault, match=r"affine_backward: `accept` of the check 'open' raised"):
        judged(affine, careless, affine_backward)


@pytest.mark.parametrize(
    "odd",
    [None, "text", 1j, {"a": 1.0}, object(), np.ones(3), [[1.0], [1.0, 2.0]], (np.ones(2), None)],
)
def test_an_answer_of_another_kind_or_shape_is_wrong_and_no_ones_fault(affine, odd):
    def never_asked(value, arguments):
        raise AssertionError

    report = judged(affine, never_asked, lambda dZ, X, W: (dZ, odd, dZ))
    assert (report.status, report.score) == ("wrong", 0)
    assert report.fact.told.startswith("open must be an array of shape (6, 4); it is ")


def test_the_judge_is_given_float_arrays_however_the_answer_was_written(affine):
    def is_an_array(value, arguments):
        return value.dtype == np.float64 and value.shape == arguments[2].shape

    right = judged(affine, is_an_array, lambda *a: [part.tolist() for part in affine_backward(*a)])
    assert right.score == 1


@pytest.mark.parametrize(
    "odd", [None, "text", {"a": 1.0}, np.ones(3), [[1.0], [1.0, 2.0]], ("tanh", [(np.ones(2), 1)])]
)
def test_a_judge_of_any_form_is_given_what_came(affine, odd):
    """Also where the reference's result has another structure."""
    given = []

    def remembers(value, arguments):
        given.append(value)
        return "It is the third that counts." if len(given) == 3 else True

    report = judged(affine, remembers, lambda dZ, X, W: (dZ, odd, dZ), any_form=True)
    assert same(given[0], odd)
    assert (report.status, report.nudge) == ("wrong", "It is the third that counts.")


def test_several_parts_can_be_judged_together_whatever_the_others_are(affine):
    def same_size(parts, arguments):
        return [part.shape for part in parts] == [np.shape(arguments[1]), np.shape(arguments[2])]

    def without_db(*arguments):
        return (*affine_backward(*arguments)[:2], None)

    assert judged(affine, same_size, without_db, part=slice(2)).score == 1
    assert judged(affine, same_size, lambda *a: affine_backward(*a)[:1], part=slice(2)).score == 0


def test_conforming_keeps_the_numbers_and_takes_the_structure():
    got = {"a": [1], "b": (1, np.float64(2), np.ones((1, 1))), "more": None}
    found = conform(got, {"b": [0.0, 0.0, np.array(0.0)], "a": np.zeros(1)})
    assert list(found) == ["b", "a"]
    assert found["b"].tolist() == [1.0, 2.0, 1.0]
    assert found["a"].tolist() == [1.0]


def test_a_sentence_is_what_is_wrong_and_names_the_mistake_that_it_belongs_to(affine):
    """Instead of False; one that is nobody's is said without a name."""

    def says(value, arguments):
        return True if value.any() else str(affine.mistakes[0].sentence)

    named = judged(affine, says, lambda dZ, X, W: (dZ, 0 * W, dZ), mistakes=affine.mistakes)
    assert (named.mistake, named.nudge) == ("forgot_the_weights", affine.mistakes[0].sentence)
    own = judged(affine, lambda value, arguments: "Too large?", affine_backward)
    assert (own.status, own.mistake, own.nudge) == ("wrong", "open", "Too large?")
    assert judged(affine, says, affine_backward).status == "passed"
