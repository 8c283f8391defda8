"""Answers that the text leaves open: what their judge is given, and whose fault its failure is."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.errors import GraderFault
from autograder.exercise.answers import answer
from autograder.exercise.compare import conform
from autograder.exercise.spec import Check
from tests.conftest import SECRET, affine_backward


def judged(affine, accept, function, part=1):
    """The report of the one check that `accept` decides."""
    check = Check("open", 1, part=part, accept=accept, expects="It must be open.")
    exercise = dataclasses.replace(affine, checks=(check,), mistakes=())
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
    assert report.fact.told.startswith(("affine_backward must return", "affine_backward returned"))


def test_the_judge_is_given_float_arrays_however_the_answer_was_written(affine):
    def is_an_array(value, arguments):
        return value.dtype == np.float64 and value.shape == arguments[2].shape

    right = judged(affine, is_an_array, lambda *a: [part.tolist() for part in affine_backward(*a)])
    assert right.score == 1


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
