"""What is said of wrong values that nothing names: true of them, and a name only where one is."""

import numpy as np
import pytest

from autograder.authoring.rehearsal import judge
from autograder.exercise import Check, Exercise
from autograder.exercise.answers import answer
from autograder.judge.likeness import likeness


def right(z, scale):
    return np.sin(z) * (1 + scale) + z


EXERCISE = Exercise(
    reference=right,
    draw=lambda rng, sizes: (
        rng.standard_normal((sizes["N"], sizes["D"])),
        rng.uniform(0.5, 2.0, (sizes["N"], sizes["D"])),
    ),
    oracle=right,
    axes="N D",
    checks=(Check("value", 1),),
)


def said(student):
    """(name, words) of a student's program."""
    key = answer(EXERCISE, b"likeness", 0)
    values = [student(*case.arguments) for case in key.groups[0]]
    return likeness(key, EXERCISE.checks[0], values)


@pytest.mark.parametrize(
    ("student", "name"),
    [
        (lambda z, scale: z.copy(), "as-given"),
        (lambda z, scale: right(z, scale) + scale, "off-by-a-term"),
        (lambda z, scale: right(z, scale) - z, "off-by-a-term"),
        (lambda z, scale: right(z, scale) + 0.3 * scale, "off-by-a-term"),
        (lambda z, scale: right(z, scale) * scale, "off-by-a-factor"),
        (lambda z, scale: right(z, scale) / scale, "off-by-a-factor"),
    ],
)
def test_what_an_argument_makes_the_difference_of_is_named(student, name):
    assert said(student)[0] == name


@pytest.mark.parametrize(
    ("student", "words"),
    [
        (lambda z, s: right(z, s)[:1] + 0 * z, "Every example gets the same result"),
        (lambda z, s: np.abs(right(z, s)), "some of the signs"),
        (lambda z, s: np.where(z > 1, 0, right(z, s)), "All that is wrong in it is 0"),
        (lambda z, s: np.where(z < 0, 7 + z**2, right(z, s)), "exactly where `z` is negative"),
        (lambda z, s: right(z, s) * (1 + np.arange(len(z)))[:, None], "one example it is right"),
        (lambda z, s: right(z, s) * (2 + np.arange(len(z)))[:, None], "in each row"),
        (lambda z, s: right(z, s) * (2 + np.arange(z.shape[1])), "in each column"),
        (lambda z, s: right(z, s) + z.mean(axis=1, keepdims=True), "something added"),
    ],
    ids=["one-for-all", "signs", "zeros", "negative", "single", "rows", "columns", "added"],
)
def test_a_fact_has_no_name_and_says_how_the_values_lie(student, words):
    name, sentence = said(student)
    assert name == ""
    assert words in sentence


LISTS = Exercise(
    reference=lambda arrays: [2 * array + array**2 for array in arrays],
    draw=lambda rng, sizes: ([rng.standard_normal(sizes["D"]), rng.standard_normal((2, 5))],),
    oracle=lambda arrays: [array * (2 + array) for array in arrays],
    axes="D",
    checks=(Check("arrays", 1),),
)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda array: array, "as-given"),
        (lambda array: 1.7 * array + array**2, "off-by-a-term"),
        (lambda array: np.abs(2 * array + array**2), ""),
        (lambda array: 3 * (2 * array + array**2) / array.std(), ""),
    ],
)
def test_of_several_arrays_those_that_are_wrong_are_spoken_of(change, name):
    key = answer(LISTS, b"likeness", 0)
    values = [
        [2 * first + first**2, change(second)]
        for case in key.groups[0]
        for first, second in case.arguments
    ]
    assert likeness(key, LISTS.checks[0], values)[0] == name


def test_of_values_that_have_nothing_to_do_with_the_right_ones_nothing_is_said():
    assert said(lambda z, s: np.cos(3 * z + s)) is None
    assert said(lambda z, s: "text") is None
    assert said(lambda z, s: z[0]) is None


def test_the_page_shows_it_where_neither_mistake_nor_slip_is_known():
    check = judge(answer(EXERCISE, b"likeness", 0), lambda z, s: right(z, s) * s).checks[0]
    assert (check.mistake, "`scale`" in check.nudge) == ("off-by-a-factor", True)


@pytest.mark.parametrize("numbers_first", [True, False])
def test_an_argument_may_be_a_number_in_some_cases_alone(numbers_first):
    """An axis, say, or None for all of them."""

    def draw(rng, sizes):
        z, scale = EXERCISE.draw(rng, sizes)
        is_number = (z[0, 0] > 0) == numbers_first
        return z, 2 if is_number else None, scale

    exercise = Exercise(
        reference=lambda z, axis, scale: right(z, scale),
        draw=draw,
        oracle=lambda z, axis, scale: right(z, scale),
        axes="N D",
        checks=(Check("value", 1),),
        decides=lambda cases: {case[1] is None for case in cases} == {True, False},
    )
    key = answer(exercise, b"likeness", 0)
    values = [np.cos(case.arguments[0]) for case in key.groups[0]]
    told = likeness(key, exercise.checks[0], values)
    assert told is None or not told[0]
