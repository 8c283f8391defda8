"""The three-arm spiral that students hold, and the one that is graded."""

import importlib.util
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.settings import Limits
from exercises.ps6_softmax_networks.spiral import share_right, spiral, spiral_network
from solutions import softmax_networks


@pytest.fixture(scope="module")
def data():
    """The module that is given out beside the notebook."""
    path = Path(__file__).parents[1] / "source" / "ps6_softmax_networks" / "data.py"
    spec = importlib.util.spec_from_file_location("spiral_data", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_graded_spiral_is_drawn_like_the_given_one(data):
    """Two places, because the grader reads no file of the notebook's: one generator."""
    given = data.three_arm_spiral(np.random.default_rng(3), 20, 0.1)
    graded = spiral(np.random.default_rng(3), 20, 0.1)
    np.testing.assert_array_equal(given[0], graded[0])
    np.testing.assert_array_equal(given[1], graded[1])


def test_each_arm_runs_from_the_centre_to_the_rim(data):
    """100 points an arm, radii from 0 to 1 in order, labels 0 to 2."""
    X, y = data.three_arm_spiral(np.random.default_rng(3))
    assert X.shape == (300, 2)
    for arm in range(3):
        radii = np.linalg.norm(X[y == arm], axis=1)
        np.testing.assert_allclose(radii, np.linspace(0, 1, 100), atol=1e-12)


def test_no_straight_lines_separate_the_arms(data):
    """A linear least-squares classifier stays far below what the exercise asks for."""
    X, y = data.three_arm_spiral(np.random.default_rng(3))
    inputs = np.column_stack([X, np.ones(len(X))])
    weights = np.linalg.lstsq(inputs, np.eye(3)[y], rcond=None)[0]
    assert np.mean((inputs @ weights).argmax(axis=1) == y) < 0.7


def test_the_training_of_the_notebook_reaches_the_accuracy_asked_for(data):
    """100 points an arm, 100 hidden units, rate 1, reg 1e-3, weights 0.01·normal, 5,000 steps."""
    rng = np.random.default_rng(3)
    X, y = data.three_arm_spiral(rng)
    start = 0.01 * rng.normal(size=(2, 100)), np.zeros(100)
    start += 0.01 * rng.normal(size=(100, 3)), np.zeros(3)
    parameters, losses = softmax_networks.train(X, y, *start, 1.0, 1e-3, 5_000)
    assert share_right(parameters, X, y) >= 0.97
    assert losses[0] == pytest.approx(np.log(3), abs=1e-3)


def looped_affine_backward(dout, X, W):
    """The same numbers, entry by entry."""
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n, m in np.ndindex(dout.shape):
        db[m] += dout[n, m]
        for d in range(len(W)):
            dX[n, d] += dout[n, m] * W[d, m]
            dW[d, m] += X[n, d] * dout[n, m]
    return dX, dW, db


def test_a_backward_pass_in_loops_trains_in_time(monkeypatch):
    """In a fraction of the processor time that one call may take."""
    arguments = spiral_network(np.random.default_rng(3), {})
    monkeypatch.setattr(softmax_networks, "affine_backward", looped_affine_backward)
    started = time.process_time()
    parameters, _ = softmax_networks.train(*arguments)
    assert time.process_time() - started < 0.7 * Limits().call_seconds
    assert share_right(parameters, *arguments[:2]) >= 0.97
