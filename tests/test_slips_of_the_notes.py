"""Programs of the notes run as the notes have them, a gradient check exposes them, fixed they hold.

What each of them claims, and of which loss, stands in slips_of_the_notes.py.
"""

import functools

import numpy as np
import pytest

from autograder.authoring.rehearsal import call
from autograder.exercise.answers import answer
from autograder.exercise.compare import compare
from autograder.exercise.load import assignment_names, load_assignment
from tests.conftest import SECRET
from tests.slips_of_the_notes import SLIPS, names_of, printed

SUSPICIOUS, RIGHT = 1e-3, 1e-6
"""What one's own gradient_check says of a slip at least, and of a right gradient at most."""
notebook_names = functools.cache(names_of)
slips = pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.noted)


def claims(slip, program):
    """(loss, claimed gradient, where) for each array, from a program by its name."""
    names = notebook_names(slip.assignment)
    return [*slip.claims(names, names[program], np.random.default_rng(14))]


def worst(slip, program):
    """The largest number that the students' own gradient_check gives for one of the arrays."""
    own = load_assignment("ps6_softmax_networks").exercise("gradient_check").reference
    return max(own(loss, np.asarray(claim), at) for loss, claim, at in claims(slip, program))


@slips
def test_it_runs_as_the_notes_have_it(slip):
    """Without an error, to finite gradients of the right shapes: nothing but a check shows it."""
    for _, claim, at in claims(slip, slip.noted):
        assert np.shape(claim) == np.shape(at)
        assert np.isfinite(claim).all()


@slips
def test_the_gradient_check_exposes_it(slip):
    assert worst(slip, slip.noted) > SUSPICIOUS


@slips
def test_the_reference_fixes_it(slip):
    assert worst(slip, slip.fixed) < RIGHT


@slips
def test_what_is_given_is_what_the_record_starts_from(slip):
    """On hidden inputs the notebook's program is the one of which the record knows the score."""
    exercise = load_assignment(slip.assignment).exercise(slip.fixed)
    assert exercise.starts_from is not None
    program = notebook_names(slip.assignment)[slip.noted]
    for case in answer(exercise, SECRET, 0).cases.values():
        given, known = (call(f, case.arguments) for f in (program, exercise.starts_from))
        assert given.status == known.status
        assert given.status != "returned" or compare(given.value, known.value).agrees


def test_every_program_that_is_given_to_be_fixed_is_tried():
    given = {
        (name, exercise.name)
        for name in assignment_names()
        for exercise in load_assignment(name).exercises
        if exercise.starts_from is not None
    }
    assert given == {(slip.assignment, slip.fixed) for slip in SLIPS}


PREDICTED = ("derived", "per_class", "half", "bias_twice")


def measured(points_per_class, K):
    """Claimed ÷ true for the four programs of 6.8, run on data of these sizes."""
    names, rng = notebook_names("ps6_softmax_networks"), np.random.default_rng(68)
    y = np.repeat(np.arange(K), points_per_class)
    scores, target, y_hat = rng.normal(size=(len(y), K)), rng.normal(size=4), rng.normal(size=4)
    b, W, x = rng.normal(size=(3, 1)), rng.normal(size=(3, 2)), rng.normal(size=(2, 1))
    numeric = names["numerical_gradient"]
    true = numeric(lambda s: names["cross_entropy"](names["softmax"](s), y), scores)
    squares = numeric(lambda p: float(np.sum((p - target) ** 2)), y_hat)
    bias = numeric(lambda b: 0.5 * float(np.sum(names["doubly_biased"](b, W, x) ** 2)), b)
    return {
        "derived": names["derived"](scores, y) / true,
        "per_class": names["per_class"](scores, y, points_per_class) / true,
        "half": names["half"](y_hat, target) / squares,
        "bias_twice": names["bias_twice"](b, W, x) / bias,
    }


@pytest.mark.parametrize(("points_per_class", "K"), [(5, 3), (2, 4)])
@pytest.mark.parametrize("program", PREDICTED)
def test_each_factor_is_measured_as_it_is_predicted(program, points_per_class, K):
    """In every entry the same factor, which is not 1, so that a gradient check notices it."""
    ratios = measured(points_per_class, K)[program]
    predicted = notebook_names("ps6_softmax_networks")["slip_factors"](points_per_class, K)[program]
    np.testing.assert_allclose(ratios, predicted, rtol=1e-6)
    assert abs(predicted - 1) > SUSPICIOUS


def test_three_gradients_of_a_batch_are_diagnosed():
    """5.9: one is right, one lacks the 1/N, and one has two slips at once."""
    said = printed(notebook_names("ps5_bike_sharing"), "ps5_bike_sharing", "diagnosed")
    assert said.split()[-3:] == ["0", "2", "7"]
