"""A network of one's own: which inputs can be, and what answers to them earn (ps2, my_numbers)."""

import itertools

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from exercises.judges import own_network
from tests.conftest import SECRET

EXERCISE = load_assignment("ps2_worked_example").exercise("my_numbers")
ANSWERS = answer(EXERCISE, SECRET, 0)
INPUTS = {"x1": 1.2, "x2": -0.8, "W1": 0.9, "W2": -1.4, "w_out": 1.5, "y": 0, "eta": 0.25}
BY_HAND = {
    "delta_o": -0.130,
    "delta_h": -0.0175,
    "step_out": -0.0292,
    "step_W1": -0.00525,
    "step_W2": 0.0035,
}


def graded(**typed):
    """The report of an answer in which some numbers are exchanged."""
    return judge(ANSWERS, lambda: INPUTS | BY_HAND | typed)


def names(report):
    """Check → the mistake that it names."""
    return {check.name: check.mistake for check in report.checks if check.status != "passed"}


def test_three_digits_by_hand_earn_everything():
    assert graded().score == EXERCISE.points == 2.5


@pytest.mark.parametrize("share", [0.981, 1.019])
def test_an_answer_counts_within_two_percent(share):
    assert graded(delta_o=share * -0.12973).score == 2.5
    assert names(graded(delta_o=share**2 * -0.12973)) == {"delta_o": ""}


def rounded(number, digits):
    return float(f"{number:.{digits - 1}e}")


def by_hand(x1, x2, W1, W2, w_out, y, eta):
    """The five answers, rounded on the way as the notebook asks, at every key of a calculator."""
    h = rounded(x1 * W1 + x2 * W2, 4)
    a = round(1 / (1 + np.exp(-h)), 5)
    y_hat = round(1 / (1 + np.exp(-rounded(w_out * a, 4))), 5)
    delta_o = rounded(rounded(y - y_hat, 4) * rounded(y_hat * (1 - y_hat), 4), 4)
    delta_h = rounded(rounded(w_out * delta_o, 4) * rounded(a * (1 - a), 4), 4)
    of_out, of_W = (rounded(eta * delta, 4) for delta in (delta_o, delta_h))
    answers = delta_o, delta_h, *(rounded(of * x, 4) for of, x in ((of_out, a), (of_W, x1)))
    return dict(zip(BY_HAND, (*answers, rounded(of_W * x2, 4)), strict=True))


def networks(rng):
    """Networks that are allowed, of numbers that are often small."""
    while True:
        sizes = np.exp(rng.uniform(np.log(0.1), np.log(9.99), 5)) * rng.choice([-1, 1], 5)
        y, eta = int(rng.integers(2)), rng.uniform(0.05, 2)
        network = dict(zip(INPUTS, [*sizes.round(2).tolist(), y, round(eta, 2)], strict=True))
        if not isinstance(own_network(network), str):
            yield network


def test_rounding_as_the_notebook_asks_never_costs():
    """On 100 networks, every one of the five answers."""
    drawn = itertools.islice(networks(np.random.default_rng(0)), 100)
    assert {graded(**one, **by_hand(**one)).score for one in drawn} == {2.5}


def test_every_mistake_shows_on_every_network():
    """None of the five answers is right by way of a mistake."""
    slips = [slip for slip in EXERCISE.mistakes if slip.given and slip.name != "rounded-early"]
    for network in itertools.islice(networks(np.random.default_rng(1)), 100):
        chosen = own_network(network)
        want = {check.name: check.given(network, chosen) for check in EXERCISE.checks}
        for slip in slips:
            wrong = slip.given(network, chosen)
            assert all(abs(wrong[k] / want[k] - 1) > 0.02 for k in wrong), (slip.name, network)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"x1": 1.234}, "two decimals"),
        ({"eta": 0.055}, "two decimals"),
        ({"x1": 0.09}, "between 0.1 and 9.99"),
        ({"w_out": -10}, "between 0.1 and 9.99"),
        ({"y": 0.5}, "y is 0 or 1"),
        ({"eta": 0.04}, "eta lies between"),
        ({"eta": 2.01}, "eta lies between"),
        ({"W1": np.nan}, "nan or infinite"),
        ({"W1": np.inf}, "nan or infinite"),
        ({"W1": 0.1, "W2": 0.1}, "Your h is 0.04"),
        ({"W1": 9.0}, "Your h is 11.92"),
        ({"W1": 2.1}, "Your h is 3.64"),
        ({"w_out": 1.1}, "Your out is 0.9903"),
        ({"w_out": 9.9}, "Your out is 8.912"),
        ({"eta": 1}, "Your eta is nearly 1"),
        ({"eta": 1.05}, "Your eta is nearly 1"),
        ({"w_out": 1}, "Your w_out is nearly 1"),
        ({"x1": 1.02}, "Your x1 is nearly 1"),
        ({"x2": 0.96}, "Your x2 is nearly 1"),
        ({"x2": 1.2}, "Your x1 and x2 are nearly equal"),
        ({"W1": 1.17}, "Your x1 and W1 are nearly equal"),
        ({"W2": -0.8}, "Your x2 and W2 are nearly equal"),
        ({"x1": 2.0, "x2": 0.5, "W1": -0.55, "W2": -0.8, "w_out": 6.84}, "both error terms"),
        ({"x1": 1.5, "x2": -0.7, "W1": 0.8, "W2": -1.1, "w_out": 2}, "numbers of the example"),
        ({"x1": 0.1, "x2": 0.3, "W1": 0.4, "W2": -0.2, "w_out": 0.1}, "lecture's numbers"),
    ],
)
def test_inputs_that_cannot_be_earn_nothing_and_are_told_why(typed, words):
    report = graded(**typed)
    assert report.score == 0
    assert all(words in check.nudge for check in report.checks)


@pytest.mark.parametrize(
    "typed", [{"x1": 0.1, "W1": 9.99}, {"eta": 0.05}, {"eta": 2}, {"y": 1}, {"w_out": -1.5}]
)
def test_inputs_at_the_ends_of_their_ranges_can_be(typed):
    """Whatever follows from them, nobody refuses them."""
    assert "not-admissible" not in names(graded(**typed)).values()


def test_an_answer_without_a_key_is_told_what_is_missing():
    def forgetful():
        return INPUTS

    report = judge(ANSWERS, forgetful)
    assert report.score == 0
    assert {check.mistake for check in report.checks} == {"structure"}


def test_a_mistake_is_named_on_numbers_that_nobody_knew_before():
    """On another network than the reference's; one mistake costs its own answers."""
    assert names(graded(delta_o=-0.794)) == {"delta_o": "no-output-slope"}
    assert names(graded(delta_h=-0.1947)) == {"delta_h": "no-hidden-slope"}
    assert names(graded(step_out=-0.1168)) == {"step_out": "no-rate"}
    assert names(graded(step_W1=-0.0389, step_W2=0.02596)) == {
        "step_W1": "wrong-delta",
        "step_W2": "wrong-delta",
    }
    turned = {name: -value for name, value in BY_HAND.items()}
    assert set(names(graded(**turned)).values()) == {"sign"}


def test_a_slip_that_does_not_show_on_these_numbers_is_not_named():
    """Two decimals of a and ŷ are enough here: within the tolerance nothing is wrong."""
    assert names(graded(delta_o=-0.131)) == {}
