"""Every exercise can be graded fairly; and each law notices when it is broken."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring import laws
from autograder.exercise.answers import answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Check, Mistake
from tests.conftest import SECRET, affine_backward, draw_affine

EXERCISES = [
    pytest.param(name, exercise, id=f"{name[:3]}-{exercise.name}")
    for name in assignment_names()
    for exercise in load_assignment(name).exercises
]


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
@pytest.mark.parametrize("case_sets", [2, pytest.param(CASE_SETS, marks=pytest.mark.nightly)])
def test_all_laws_hold(name, exercise, case_sets):
    """On two case sets each time, on all of them by night."""
    (verdict,) = laws.prove(name, SECRET, case_sets, only=exercise.name)
    assert verdict.broken == ()
    assert verdict.mistakes >= 2


def broken(law, exercise, **changes):
    return list(law(answer(dataclasses.replace(exercise, **changes), SECRET, 0)))


def test_an_oracle_that_disagrees_is_noticed(affine):
    assert broken(laws.reference_equals_oracle, affine) == []
    twice = broken(
        laws.reference_equals_oracle, affine, oracle=lambda *a: affine_backward(*a)[::-1]
    )
    assert "the oracle disagrees" in twice[0]


def test_a_reference_that_changes_its_arguments_is_noticed(affine):
    def careless(dZ, X, W):
        dZ += 1
        return affine_backward(dZ, X, W)

    assert broken(laws.reference_keeps_its_arguments, affine) == []
    assert broken(laws.reference_keeps_its_arguments, affine, reference=careless)


def test_a_check_that_a_constant_passes_is_noticed(affine):
    """Unless it needs one that no constant passes."""

    def with_ones(dZ, X, W):
        return np.ones_like(W), *affine_backward(dZ, X, W)[1:]

    assert broken(laws.cheap_answers_earn_nothing, affine) == []
    (words,) = broken(laws.cheap_answers_earn_nothing, affine, reference=with_ones)
    assert "an answer filled with 1.0 earns points for ['dX']" in words
    first, *others = affine.checks
    needy = (*others, dataclasses.replace(first, needs=("dW",)))
    changes = {"reference": with_ones, "checks": needy}
    assert broken(laws.cheap_answers_earn_nothing, affine, **changes) == []


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (lambda dZ, X, W: np.zeros(3), "filled with 0.0"),
        (lambda dZ, X, W: np.full(len(X) + 1, 3.25), "filled with 3.25"),
        (lambda dZ, X, W: np.inf, "the number inf"),
        (lambda dZ, X, W: X, "the argument X"),
        (lambda dZ, X, W: (W, W), "whose parts are W"),
        (lambda dZ, X, W: np.nan if np.isnan(X).any() else 0.0, "or nan where an argument"),
        (lambda dZ, X, W: [1.5, 2.5], "public example"),
    ],
)
def test_each_cheap_answer_is_tried(affine, reference, words):
    said = broken(
        laws.cheap_answers_earn_nothing,
        affine,
        reference=reference,
        checks=(Check("value", 1),),
        mistakes=(),
    )
    assert any(words in sentence for sentence in said)


def rounded_down(dZ, X, W):
    """So near to the right program that float32 cannot tell them apart."""
    return tuple(part * (1 - 2e-6) for part in affine_backward(dZ, X, W))


def test_a_mistake_within_the_reach_of_float32_is_told_apart(affine):
    """By what is nearer; the kind tolerance alone would take it for right."""
    slip = Mistake("rounded_down", rounded_down, "It is a little too small.")
    changes = {"mistakes": (slip,), "checks": tuple(affine.checks)}
    assert broken(laws.single_precision_hides_no_mistake, affine, **changes) == []
    assert broken(laws.single_precision_costs_nothing, affine, **changes) == []
    single = judge_single(dataclasses.replace(affine, mistakes=()), rounded_down)
    assert single == affine.points
    assert judge_single(dataclasses.replace(affine, mistakes=(slip,)), rounded_down) == 0
    assert judge_single(dataclasses.replace(affine, mistakes=(slip,)), affine_backward) == 3


def judge_single(exercise, function):
    """The points of a function whose results come in float32."""
    return laws.judge(
        answer(exercise, SECRET, 0), lambda *a: [np.float32(part) for part in function(*a)]
    ).score


def test_inputs_that_float32_cannot_hold_are_noticed(affine):
    def near_ones(rng, n):
        return tuple(1 + 1e-6 * part for part in draw_affine(rng, n))

    def spread(dZ, X, W):
        return tuple(1e3 * (part - 1) for part in (dZ, X, W))

    changes = {"draw": near_ones, "reference": spread, "mistakes": ()}
    said = broken(laws.single_precision_costs_nothing, affine, **changes)
    assert "computing in float32, fails 'dX'" in said[0]


def test_a_mistake_that_costs_nothing_is_noticed(affine):
    right = Mistake("right_after_all", affine_backward, "Nothing is wrong.", loses=("dX",))
    (sentence,) = broken(laws.mistakes_cost_their_checks, affine, mistakes=(right,))
    assert "'right_after_all' loses []" in sentence


def test_two_mistakes_that_look_alike_must_say_so(affine):
    (first,) = affine.mistakes
    second = dataclasses.replace(first, name="the_same", sentence="The same in other words.")
    assert broken(laws.mistakes_are_named, affine) == []
    assert len(broken(laws.mistakes_are_named, affine, mistakes=(first, second))) == 2
    twins = (
        dataclasses.replace(first, twins=("the_same",)),
        dataclasses.replace(second, twins=(first.name,)),
    )
    assert broken(laws.mistakes_are_named, affine, mistakes=twins) == []


def test_a_check_of_no_points_is_not_charged(affine):
    worked = Check("worked", 0, part=0, draw=affine.draw, fixed=True)
    checks = (*affine.checks, worked)
    assert dataclasses.replace(affine, checks=checks).points == affine.points
