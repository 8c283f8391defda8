"""9.6 trained as students may: in time, and to the marks that the text says can be reached."""

import time

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from autograder.settings import Limits
from exercises.ps9_depth_lab.spiral import fresh_points, spiral, turn_of
from tests.conftest import SECRET

CONTEST = load_assignment("ps9_depth_lab").exercise("spiral_network")


def descend(X, y, rng, units=6, steps=8_000, eta=1.0):
    """Plain descent on the mean cross-entropy of a tanh network."""
    W1, b1 = rng.normal(size=(2, units)), np.zeros(units)
    W2, b2 = rng.normal(size=(units, 3)), np.zeros(3)
    for _ in range(steps):
        A = np.tanh(X @ W1 + b1)
        P = np.exp(A @ W2 + b2)
        d = (P / P.sum(axis=1, keepdims=True) - np.eye(3)[y]) / len(y)
        dZ = d @ W2.T * (1 - A**2)
        W2, b2 = W2 - eta * A.T @ d, b2 - eta * d.sum(axis=0)
        W1, b1 = W1 - eta * X.T @ dZ, b1 - eta * dZ.sum(axis=0)
    return "tanh", [(W1, b1), (W2, b2)]


def right_share(network, X, y):
    (W1, b1), (W2, b2) = network[1]
    return np.mean((np.tanh(X @ W1 + b1) @ W2 + b2).argmax(axis=1) == y)


def best_of_three(X, y):
    """Five units, several starts, the best on its own points."""
    tries = [descend(X, y, np.random.default_rng(k), units=5, steps=5_000) for k in range(3)]
    return max(tries, key=lambda network: right_share(network, X, y))


def first_start(X, y):
    return descend(X, y, np.random.default_rng(0))


@pytest.mark.parametrize("train", [first_start, best_of_three])
def test_a_network_that_trains_earns_all_marks(train):
    report = judge(answer(CONTEST, SECRET, 3), train)
    assert [check.status for check in report.checks] == ["passed"] * 5


def test_a_network_that_has_hardly_trained_earns_the_lower_marks():
    """200 steps do better than straight lines, and not as well as 8,000."""

    def brief(X, y):
        return descend(X, y, np.random.default_rng(0), steps=300)

    report = judge(answer(CONTEST, SECRET, 3), brief)
    assert 0 < report.score < 6
    assert report.checks[-1].nudge.startswith("On some spiral, fewer than 95%")


def test_training_takes_a_fraction_of_the_time_of_a_call():
    """Of processor time: 8,000 steps."""
    X, y = spiral(np.random.default_rng(1), 100, 0.3)
    started = time.process_time()
    first_start(X, y)
    assert time.process_time() - started < 0.5 * Limits().call_seconds


@pytest.mark.parametrize("turn", [-2.5, -0.4, 0.0, 1.0, 3.0])
def test_the_turn_of_a_spiral_is_read_off_its_points(turn):
    X, y = spiral(np.random.default_rng(5), 100, turn)
    assert abs(np.angle(np.exp(1j * (turn_of(X, y) - turn)))) < 0.05


def test_fresh_points_are_others_of_the_same_spiral_and_always_the_same():
    X, y = spiral(np.random.default_rng(5), 100, 1.0)
    fresh, arms = fresh_points(X, y)
    assert fresh.shape == (900, 2)
    assert (np.bincount(arms) == 300).all()
    np.testing.assert_array_equal(fresh, fresh_points(X.copy(), y)[0])
    assert turn_of(fresh, arms) == pytest.approx(1.0, abs=0.08)
    far = np.linalg.norm(fresh, axis=1) > 0
    assert not np.isin(fresh[far], X).any()


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (None, "Two things are asked for"),
        ("tanh", "Two things are asked for"),
        (("gelu", []), "one of the texts"),
        (("tanh", []), "a list of pairs"),
        (("tanh", [1.0, 2.0]), "Layer 1 is not a pair"),
        (("tanh", [(np.ones((2, 3)), "no")]), "Layer 1 is not a pair"),
        (("tanh", [(np.ones((5, 3)), np.ones(3))]), "layer 1 should have 2 rows"),
        (("tanh", [(np.ones((2, 3)), np.ones((1, 3)))]), "one number for each column"),
        (("tanh", [(np.ones((2, 4)), np.ones(4))]), "three scores"),
        (("tanh", [(np.full((2, 3), np.nan), np.ones(3))]), "nan or infinite"),
    ],
)
def test_an_answer_of_another_form_is_told_so(odd, words):
    report = judge(answer(CONTEST, SECRET, 0), lambda X, y: odd)
    assert report.score == 0
    assert all(words in check.nudge for check in report.checks)
