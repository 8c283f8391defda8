"""Comparing: what counts as the right answer, and how a wrong one is described."""

import numpy as np
import pytest

from autograder.exercise.compare import FORMULA, NUMERICAL, compare, leaves, part_of
from autograder.exercise.describe import describe
from autograder.exercise.plain_data import Foreign

W = np.array([[1.0, -2.0, 3.0], [0.5, 0.25, -0.125]])
v = np.array([1.0, -2.0, 3.0])


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (2, 2.0),
        (True, 1.0),
        (np.float64(2.0), 2.0),
        (np.array(2.0), 2.0),
        (np.array([[2.0]]), 2.0),
        ([2.0], 2.0),
        (2.0, np.array(2.0)),
        (W.tolist(), W),
        (list(W), W),
        ((1.0, -2.0, 3.0), v),
        (v.astype(int), v),
        (W * (1 + 1e-9), W),
        ([v, 2.0], (v, 2.0)),
        ((v, np.array([2.0])), (v, 2.0)),
        ({"a": v, "b": W, "more": 1}, {"b": W, "a": v}),
        ([v, (W, 1)], (v, [W, 1.0])),
        ([np.array([1.0]), np.array(2.0)], [1.0, 2.0]),
        (v, [1.0, -2.0, 3.0]),
        ((np.array(1.0), np.array(-2.0), np.array(3.0)), v),
        (((1.0, -2.0, 3.0), (0.5, 0.25, -0.125)), W),
        (np.array([v, v]), [v, v]),
        (np.array([2.0, 3.0]), (2.0, np.array(3.0))),
        ([1.0, 2.0], [np.array(1.0), np.array(2.0)]),
        ([], []),
        (np.nan, np.nan),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])),
    ],
)
def test_right_answers_agree_however_they_are_written(got, want):
    found = compare(got, want)
    assert found.agrees
    assert found.problem == ""


@pytest.mark.parametrize(
    ("got", "want", "problem"),
    [
        (None, W, "none"),
        (W, None, "structure"),
        (W, "tanh", "structure"),
        ("relu", "tanh", "structure"),
        (Foreign("Tensor"), W, "foreign"),
        ({1, 2}, v, "foreign"),
        (np.ma.array(W), W, "foreign"),
        ("1.0", 1.0, "dtype"),
        (1j, 1.0, "dtype"),
        (W.astype(complex), W, "dtype"),
        (Foreign("array of complex128"), W, "dtype"),
        (np.array([1, None, 3]), v, "dtype"),
        ([[1.0], [1.0, 2.0]], W, "dtype"),
        (["a", "b", "c"], v, "dtype"),
        ((v, v), v, "structure"),
        ({"a": v}, v, "structure"),
        (v, (v, v), "structure"),
        ((v, v, v), (v, v), "structure"),
        ({"a": v}, {"a": v, "b": v}, "structure"),
        (W.T, W, "shape"),
        (v[:2], v, "shape"),
        ([1.0], [1.0, 2.0], "shape"),
        (v[:, None] + 1, v, "shape"),
        (v[:, None], v, "orientation"),
        (v[None, :], v, "orientation"),
        (v, v[:, None], "orientation"),
        (v[None, :], v[:, None], "shape"),
        (np.array([1.0, np.nan, 3.0]), v, "nonfinite"),
        (np.inf, 1.0, "nonfinite"),
        (1.0, np.inf, "values"),
        (-np.inf, np.inf, "values"),
        (np.inf, np.nan, "values"),
        (-v, v, "values"),
        (2.001, 2.0, "values"),
        (1.0, np.nan, "values"),
    ],
)
def test_each_way_of_being_wrong_has_its_name(got, want, problem):
    found = compare(got, want)
    assert not found.agrees
    assert found.problem == problem


def test_the_worst_entry_is_found_and_the_wrong_ones_are_counted():
    got = W.copy()
    got[1, 2] += 5
    got[0, 1] -= 0.1
    found = compare(got, W)
    assert (found.wrong, found.total, found.worst) == (2, 6, (1, 2))


def test_the_first_nan_is_the_worst():
    got = W + 1
    got[0, 2] = np.nan
    assert compare(got, W).worst == (0, 2)


def test_the_path_leads_to_the_first_wrong_part():
    found = compare((v, {"add": [W, -W]}), (v, {"add": [W, W]}))
    assert found.where == "[1]['add'][1]"
    assert (found.got_shape, found.want_shape) == ((2, 3), (2, 3))


def test_float32_is_accepted_with_a_note():
    found = compare((v / 3).astype(np.float32), v / 3)
    assert found.agrees
    assert "float32" in found.notes[0]


def test_float32_does_not_excuse_a_wrong_number():
    assert not compare((v * 1.01).astype(np.float32), v).agrees


def test_the_tolerance_decides():
    assert not compare(v * (1 + 3e-6), v, FORMULA).agrees
    assert compare(v * (1 + 3e-6), v, NUMERICAL).agrees


def test_huge_numbers_are_compared_without_a_warning():
    """Warnings are errors here: an overflow while subtracting would raise."""
    assert not compare(np.array([1e308, np.inf]), np.array([-1e308, -np.inf])).agrees
    assert not compare(10**400, 1.0).agrees


def test_a_part_is_found_along_its_path():
    tree = (v, {"train": [1.0, 2.0]})
    assert part_of(tree, None) is tree
    assert part_of(tree, 0) is v
    assert part_of(tree, (1, "train")) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("value", "part"), [(None, 0), (1.0, 0), ((v,), 1), ({"a": v}, "b"), ((v,), "a"), ({}, 0)]
)
def test_a_part_that_is_not_there_is_an_error(value, part):
    with pytest.raises((LookupError, TypeError)):
        part_of(value, part)


def test_leaves_stop_where_the_structures_differ():
    pairs = list(leaves((v, 3.0), (v, (W, W))))
    assert [where for where, _, _ in pairs] == ["[0]", "[1]"]
    assert pairs[1][1] == 3.0


@pytest.mark.parametrize(
    ("value", "local"),
    [
        (Foreign("Tensor"), None),
        (Foreign("array of complex128"), W.astype(complex)),
        (Foreign("complex"), 1j),
        (Foreign("set"), {1}),
        (Foreign("MaskedArray"), np.ma.array(W)),
    ],
)
def test_a_value_has_the_same_words_on_both_sides_of_the_wire(value, local):
    words = describe(value)
    assert words.split()[0] in ("a", "an")
    if local is not None:
        assert describe(local) == words


def test_names_made_of_a_hidden_input_are_not_repeated():
    assert describe({"0.25 1.5": 1, "dW": 2}) == "a dict with the keys …, 'dW'"
    assert describe(Foreign("[0.25 1.5]")) == "an object"


def test_plain_values_are_described_by_shape_and_kind():
    assert describe(W) == "an array of shape (2, 3)"
    assert describe(1.5) == describe(np.array(1.5)) == "one number"
    assert describe((v, v)) == "a tuple of 2"
    assert describe("text") == "text"
    assert describe(None) == "None"
