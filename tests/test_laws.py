"""Every exercise can be graded fairly; and each law notices when it is broken."""

import dataclasses

import pytest

from autograder.authoring import laws
from autograder.exercise.answers import answer
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Check, Mistake
from tests.conftest import SECRET, affine_backward

EXERCISES = [
    pytest.param(name, exercise, id=f"{name[:3]}-{exercise.name}")
    for name in assignment_names()
    for exercise in load_assignment(name).exercises
]


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_all_laws_hold_on_all_case_sets(name, exercise):
    (verdict,) = (v for v in laws.prove(name, SECRET, only=exercise.name))
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
    needy = (dataclasses.replace(first, needs=("dW",)), *others)
    changes = {"reference": with_ones, "checks": needy}
    assert broken(laws.cheap_answers_earn_nothing, affine, **changes) == []


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (lambda dZ, X, W: (None, 1, 2), "an answer"),
        (lambda dZ, X, W: (dZ * 0, X * 0 + np.nan, W), "the argument"),
        (lambda dZ, X, W: 0.0, "0, or nan"),
        (lambda dZ, X, W: X, "the argument X"),
    ],
)
def test_each_cheap_answer_is_tried(affine, reference, words):
    exercise = dataclasses.replace(
        affine,
        reference=reference,
        checks=(Check("value", 1, part=None),),
        mistakes=(),
    )
    said = list(laws.cheap_answers_earn_nothing(answer(exercise, SECRET, 0)))
    assert any(words in sentence for sentence in said) or reference(*[np.ones(2)] * 3) is None


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
