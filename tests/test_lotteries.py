"""A wrong program loses the same on every case set: whether it is caught is not drawn by lot."""

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.exercise.answers import answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Exercise
from solutions import (
    autodiff,
    gre_admissions,
    softmax_networks,
    worked_example,
)
from tests.conftest import SECRET


def one_hot(probs, y, classes):
    """The gradient of the scores by way of a table of so many classes."""
    table = np.zeros((len(y), classes))
    table[np.arange(len(y)), y] = 1
    return (probs - table) / len(y)


def checked_by(scale):
    """gradient_check with a divisor of the caller's."""

    def gradient_check(f, gradient, x, h=1e-5):
        numeric = central(f, x, h)
        with np.errstate(all="ignore"):
            return float(np.max(np.abs(gradient - numeric) / scale(gradient, numeric)))

    return gradient_check


def central(f, x, h):
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps]).reshape(x.shape)


def diagnosed(near=1e-5, order=range(7), shaped=lambda a: a):
    """diagnose with another tolerance, order of questions, or form of what is compared."""

    def diagnose(gradient, numeric, N):
        undone = [gradient, -gradient, gradient / N, gradient * N, gradient / 2, gradient * 2]
        undone, right = [shaped(a) for a in (*undone, gradient.T)], shaped(numeric)
        for code in order:
            same = undone[code].shape == right.shape
            if same and np.abs(undone[code] - right).max() <= near * np.abs(right).max():
                return code
        return 7

    return diagnose


def softmax_plus(epsilon):
    def softmax(scores):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / (powers.sum(axis=1, keepdims=True) + epsilon)

    return softmax


def on_trial(off, allowed):
    """first_wrong_line, told how far off a line is, and how far it may be; both of the caller's."""

    def first_wrong_line(values, truth):
        wrong = [off(line - truth) > 1e-6 * (1 + allowed(truth)) for line in values.T]
        return 1 + int(np.argmax(wrong)) if any(wrong) else 0

    return first_wrong_line


def by_readers(count):
    """backward_order, node after node whose readers are all done; `count` counts a node's."""

    def backward_order(parents, output):
        leads = set(autodiff.backward_order(parents, output))
        waits = {p: sum(count(parents[k], p) for k in leads) for p in leads}
        order = [output]
        for node in order:
            for p in parents[node]:
                waits[p] -= 1
                if not waits[p]:
                    order.append(p)
        return order

    return backward_order


def by_depth(parents, output):
    """Nodes as they are met on the way down."""
    found, waiting = [], [output]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.append(node)
            waiting += reversed(parents[node])
    return found


def elementwise_if_it_fits(program, leaves):
    """run_program, where a matrix product of equal shapes is taken entry by entry."""
    values = list(leaves)
    for op, where, axis in program:
        inputs = [values[number] for number in where]
        square = op == "matmul" and inputs[0].shape == inputs[1].shape
        local = [("mul" if square else op, tuple(range(len(inputs))), axis)]
        values.append(autodiff.run_program(local, inputs)[-1])
    return values


right = worked_example
WRONG = {
    ("ps2", "output_error_term", "abs(error)"): lambda y, y_hat: (
        abs(y - y_hat) * y_hat * (1 - y_hat)
    ),
    ("ps2", "hidden_error_term", "abs(w_out)"): lambda w, d, a: right.hidden_error_term(
        abs(w), d, a
    ),
    ("ps2", "hidden_error_term", "abs(delta_o)"): lambda w, d, a: right.hidden_error_term(
        w, abs(d), a
    ),
    ("ps2", "output_weight_step", "abs(delta_o)"): lambda r, d, a: right.output_weight_step(
        r, abs(d), a
    ),
    ("ps2", "input_weight_steps", "abs(delta_h)"): lambda r, d, x: right.input_weight_steps(
        r, abs(d), x
    ),
    ("ps2", "input_weight_steps", "abs(x)"): lambda r, d, x: right.input_weight_steps(
        r, d, np.abs(x)
    ),
    ("ps2", "forward", "abs(h)"): lambda x, W, w: right.forward(np.abs(x), np.abs(W), w),
    ("ps2", "slope_chain", "abs(x)"): lambda x, y, W, w, i: (
        right.slope_chain(x, y, W, w, i) * [1, 1, 1, 1, np.sign(x[i])]
    ),
    ("ps2", "slope_chain", "always W_1"): lambda x, y, W, w, i: right.slope_chain(x, y, W, w, 0),
    ("ps2", "forward", "abs(w_out)"): lambda x, W, w: right.forward(x, W, abs(w)),
    ("ps3", "output_error_term", "abs(error)"): lambda y, y_hat: (
        abs(y_hat - y) * y_hat * (1 - y_hat)
    ),
    ("ps3", "hidden_error", "abs(delta_o)"): lambda d, W: abs(d) * W,
    ("ps3", "chain_slopes", "abs(W_ho)"): lambda x, y, N, W, w, i, j: gre_admissions.chain_slopes(
        x, y, N, W, abs(w), i, j
    ),
    ("ps3", "chain_slopes", "abs(x)"): lambda x, y, N, W, w, i, j: (
        gre_admissions.chain_slopes(x, y, N, W, w, i, j) * [1, 1, 1, 1, 1, np.sign(x[i])]
    ),
    ("ps3", "shapes", "H is 3"): lambda D, H: gre_admissions.shapes(D, 3),
    ("ps6", "scores_gradient", "y.max() + 1"): lambda p, y: one_hot(p, y, y.max() + 1),
    ("ps6", "scores_gradient", "unique(y)"): lambda p, y: one_hot(p, y, len(np.unique(y))),
    ("ps6", "d_cross_entropy", "abs(dL)"): lambda p, y, ds: abs(
        softmax_networks.d_cross_entropy(p, y, ds)
    ),
    ("ps2", "gradient_check", "abs(a + n)"): checked_by(
        lambda a, n: np.maximum(1e-8, np.abs(a + n))
    ),
    ("ps2", "gradient_check", "1e-8 + |a| + |n|"): checked_by(
        lambda a, n: 1e-8 + np.abs(a) + np.abs(n)
    ),
    ("ps2", "gradient_check", "floor of 1e-10"): checked_by(
        lambda a, n: np.maximum(1e-10, np.abs(a) + np.abs(n))
    ),
    ("ps2", "gradient_check", "floor of 1e-7"): checked_by(
        lambda a, n: np.maximum(1e-7, np.abs(a) + np.abs(n))
    ),
    ("ps1", "max_backward", "ties by isclose"): lambda x, y, dout: [
        dout * (side & ~np.isclose(x, y, atol=1e-3)) for side in (x > y, y > x)
    ],
    ("ps5", "diagnose", "1e-4 for 1e-5"): diagnosed(near=1e-4),
    ("ps5", "diagnose", "1e-6 for 1e-5"): diagnosed(near=1e-6),
    ("ps5", "diagnose", "sign last"): diagnosed(order=(0, 2, 3, 4, 5, 6, 1)),
    ("ps5", "diagnose", "shapes as lists"): diagnosed(shaped=np.ravel),
    ("ps6", "softmax", "1e-8 in the denominator"): softmax_plus(1e-8),
    ("ps6", "softmax", "1e-6 in the denominator"): softmax_plus(1e-6),
}


UNSEEN = {"1e-8 in the denominator"}
"""Nearer to the right values than another order of summation may be."""


def find(name: str, function: str) -> Exercise:
    (full,) = (one for one in assignment_names() if one.startswith(name))
    return load_assignment(full).exercise(function)


def guarded(function):
    """An IndexError is what a student's program may well end in."""

    def call(*arguments):
        with np.errstate(all="ignore"):
            return function(*arguments)

    return call


@pytest.mark.parametrize(("name", "function", "slip"), WRONG, ids=str)
def test_a_wrong_program_loses_the_same_on_every_case_set(name, function, slip):
    exercise = find(name, function)
    wrong = guarded(WRONG[name, function, slip])
    scores = [judge(answer(exercise, SECRET, s), wrong).score for s in range(CASE_SETS)]
    assert set(scores) == {scores[0]}, scores
    assert (scores[0] < exercise.points) == (slip not in UNSEEN)


LOSES = {
    ("ps7", "first_wrong_line", "mean of the differences"): on_trial(
        lambda d: abs(d.mean()), lambda t: abs(t.mean())
    ),
    ("ps7", "first_wrong_line", "mean of their sizes"): on_trial(
        lambda d: np.abs(d).mean(), lambda t: np.abs(t).mean()
    ),
    ("ps7", "first_wrong_line", "norms"): on_trial(np.linalg.norm, np.linalg.norm),
    ("ps7", "first_wrong_line", "largest of each"): on_trial(
        lambda d: np.abs(d).max(), lambda t: np.abs(t).max()
    ),
    ("ps7", "first_wrong_line", "sums"): on_trial(lambda d: abs(d.sum()), lambda t: abs(t.sum())),
    ("ps8", "run_program", "square products entry by entry"): elementwise_if_it_fits,
    ("ps8", "backward_order", "readers counted, places taken off"): by_readers(
        lambda parents, p: p in parents
    ),
    ("ps8", "backward_order", "one more than there are places"): by_readers(
        lambda parents, p: parents.count(p) + (parents.count(p) > 1)
    ),
    ("ps8", "backward_order", "by depth, as met"): by_depth,
}
"""What once kept its points, or nearly: no hidden input, or one of few, decided it."""


@pytest.mark.parametrize(("name", "function", "slip"), LOSES, ids=str)
def test_a_wrong_program_loses_on_every_case_set(name, function, slip):
    exercise = find(name, function)
    wrong = guarded(LOSES[name, function, slip])
    lost = [judge(answer(exercise, SECRET, s), wrong) for s in range(CASE_SETS)]
    assert [s for s, report in enumerate(lost) if report.score == report.points] == []
