"""Where the shape is the question: several keys in one check, and nothing tells what is wanted."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring import laws
from autograder.exercise import Check, Exercise, Keys, Mistake
from autograder.exercise.answers import answer
from autograder.report.sentences import finding
from tests.conftest import SECRET


def shapes(D, H):
    return {"W": (D, H), "h": (H,), "dW": (D, H)}


EXERCISE = Exercise(
    reference=shapes,
    draw=lambda rng, n: (n["D"], n["H"]),
    oracle=lambda D, H: {"W": (D, H), "h": (H,), "dW": (D, H)},
    axes="D H",
    checks=(
        Check("forward", 1, part=Keys("W", "h")),
        Check("gradients", 0.5, part=Keys("dW")),
    ),
    mistakes=(
        Mistake("turned", lambda D, H: {**shapes(D, H), "dW": (H, D)}, "Turned?", ("gradients",)),
        Mistake("column", lambda D, H: {**shapes(D, H), "h": (H, 1)}, "Why two?", ("forward",)),
    ),
    asks_shapes=True,
)


def judged(function, exercise=EXERCISE):
    report = laws.judge(answer(exercise, SECRET, 0), function)
    return {check.name: check for check in report.checks}


def test_the_laws_hold():
    for law in laws.LAWS:
        assert list(law(answer(EXERCISE, SECRET, 1))) == [], law


def test_a_check_of_several_keys_is_right_when_all_are():
    reports = judged(lambda D, H: {**shapes(D, H), "W": (H, D)})
    assert [check.score for check in reports.values()] == [0, 0.5]
    right = judged(lambda D, H: {k: list(v) for k, v in shapes(D, H).items()} | {"more": None})
    assert [check.score for check in right.values()] == [1, 0.5]


def test_a_missing_key_costs_its_own_check_only():
    reports = judged(lambda D, H: {"W": (D, H), "h": (H,)})
    assert [check.score for check in reports.values()] == [1, 0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((1, 1), "h: the shape (1, 1) is not right."),
        ((1,), "h: the shape (1,) is not right."),
        (4, "h: one number is not right."),
        (None, "h: None is not right."),
        ("rows", "h: text is not right."),
    ],
)
def test_the_finding_names_the_key_and_what_came_and_never_what_is_wanted(wrong, words):
    report = judged(lambda D, H: {**shapes(D, H), "h": wrong})["forward"]
    assert finding(report.fact, report.nudge) == words
    assert report.score == 0


def test_a_known_mistake_among_shapes_is_named():
    reports = judged(lambda D, H: {**shapes(D, H), "h": (H, 1)})
    assert reports["forward"].mistake == "column"
    assert finding(reports["forward"].fact, reports["forward"].nudge).endswith("Why two?")


def bias(dZ):
    return dZ.mean(axis=1, keepdims=True)


def as_array(**changes):
    """An array whose shape is the question."""
    record = Exercise(
        reference=bias,
        draw=lambda rng, n: (rng.standard_normal((n["M"], n["N"])),),
        oracle=bias,
        axes="N M",
        checks=(Check("value", 2),),
    )
    return dataclasses.replace(record, **changes)


def test_an_axis_too_few_earns_no_share_and_its_shape_is_not_told():
    def vector(dZ):
        return dZ.mean(axis=1)

    hidden = judged(vector, as_array(asks_shapes=True))["value"]
    assert hidden.score == 0
    assert hidden.mistake == "missing-axis"
    words = finding(hidden.fact, hidden.nudge)
    (M,) = hidden.fact.got.strip("(),").split(",")
    assert words == f"bias: the shape ({M},) is not right. The numbers are right."
    told = judged(vector, as_array())["value"]
    assert told.score == 1
    assert f"({M}, 1)" in finding(told.fact, told.nudge)


def test_a_known_mistake_that_cannot_be_run_on_every_case_is_not_looked_for():
    """W @ dZ exists where W is square, and nowhere else."""
    product = Mistake("crossed", lambda dZ: dZ @ dZ, "Is that a product?")
    square = Mistake("sum", lambda dZ: dZ.sum(axis=1, keepdims=True), "Sum or mean?")
    exercise = as_array(mistakes=(product, square))
    for law in laws.LAWS:
        assert list(law(answer(exercise, SECRET, 0))) == [], law
    assert judged(lambda dZ: np.ones_like(bias(dZ)), exercise)["value"].mistake != "crossed"
    assert judged(lambda dZ: dZ.sum(axis=1, keepdims=True), exercise)["value"].mistake == "sum"


def test_given_code_handed_back_earns_at_most_a_third():
    def half_right(D, H):
        return {**shapes(D, H), "dW": (H, D)}

    def broken(starts_from):
        exercise = dataclasses.replace(EXERCISE, starts_from=starts_from)
        return list(laws.given_code_earns_a_third(answer(exercise, SECRET, 0)))

    assert broken(lambda D, H: {**shapes(D, H), "W": 1}) == []
    assert "the given code earns 1 of 1.5 points as it is" in broken(half_right)[0]
