"""What a check earns beside its numbers: arguments left alone, and no constant."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.errors import SpecError
from autograder.exercise.answers import answer
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Check
from tests.conftest import SECRET, affine_backward


def careless(dZ, X, W):
    right = affine_backward(dZ, X, W)
    X *= 2
    return right


def graded(exercise, function, **changes):
    return judge(answer(dataclasses.replace(exercise, **changes), SECRET, 0), function)


def test_changing_an_argument_costs_nothing_where_the_text_does_not_ask(affine):
    report = graded(affine, careless)
    assert report.score == report.points
    assert "changes its argument X" in report.notes[0]


def test_changing_an_argument_costs_a_share_where_the_text_asks_to_leave_it(affine):
    report = graded(affine, careless, keeps_arguments=True)
    assert report.score == report.points / 2
    assert {check.mistake for check in report.checks} == {"changed-arguments"}
    assert "what it was given (X)" in report.checks[0].nudge
    assert report.notes == ()
    assert graded(affine, affine_backward, keeps_arguments=True).score == report.points


def test_a_wrong_answer_is_told_what_is_wrong_and_not_that_it_changed_something(affine):
    def wrong_too(dZ, X, W):
        X *= 2
        return affine_backward(dZ, X, W)

    report = graded(affine, wrong_too, keeps_arguments=True)
    by_name = {check.name: check for check in report.checks}
    assert by_name["dW"].mistake == "times-2"
    assert by_name["dX"].score == 0.5


ASKED = {
    ("ps1", "linear_unit_update"), ("ps1", "numerical_gradient"), ("ps2", "gradient_check"),
    ("ps2", "train_step"),
    ("ps3", "train"), ("ps6", "scores_gradient"), ("ps6", "train"),
}  # fmt: skip


def test_the_exercises_whose_text_asks_it_charge_for_it():
    charging = {
        (name[:3], exercise.name)
        for name in assignment_names()
        for exercise in load_assignment(name).graded
        if exercise.keeps_arguments
    }
    assert charging == ASKED


@pytest.mark.parametrize(
    ("db", "score"),
    [(lambda dZ: dZ.sum(axis=0) / len(dZ), 3), (lambda dZ: 0 * dZ[0], 2)],
)
def test_a_check_that_needs_another_counts_with_it_alone(affine, db, score):
    needy = (*affine.checks[:2], dataclasses.replace(affine.checks[2], needs=("dX", "dW")))

    def one_right(dZ, X, W):
        return 0 * X, affine_backward(dZ, X, W)[1], db(dZ)

    def none_right(dZ, X, W):
        return 0 * X, 0 * W, db(dZ)

    assert graded(affine, one_right, checks=needy).score == score - 1
    report = graded(affine, none_right, checks=needy)
    assert report.score == 0
    assert score == 2 or "counts only together with dX or dW" in report.checks[2].nudge


def test_a_check_can_need_only_those_before_it(affine):
    with pytest.raises(SpecError, match="Name checks that stand before it"):
        dataclasses.replace(affine, checks=(Check("dX", 1, part=0, needs=("dX",)),))


def test_another_right_program_is_right_though_its_numbers_differ(affine):
    def of_order_two(dZ, X, W):
        return tuple(part + 0.5 for part in affine_backward(dZ, X, W))

    checks = tuple(dataclasses.replace(check, also=(of_order_two,)) for check in affine.checks)
    assert graded(affine, of_order_two, checks=checks).score == 3
    assert graded(affine, affine_backward, checks=checks).score == 3

    def mixed(dZ, X, W):
        right = affine_backward if len(X) > 1 else of_order_two
        return right(dZ, X, W)

    assert graded(affine, mixed, checks=checks).score == 0
    assert np.isclose(graded(affine, of_order_two).score, 0)


def test_one_array_for_several_results_is_told_as_that(affine):
    """Its rows are parts of it: by index, each would be told as a wrong or misshapen result."""
    report = graded(affine, lambda dZ, X, W: affine_backward(dZ, X, W)[1])
    assert {check.mistake for check in report.checks} == {"structure"}
    assert "must return a tuple of 3; it returned an array" in report.checks[0].fact.told
