"""The glance at right results: its yes is compare's yes, and it spares what costs most."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.authoring.laws import judge
from autograder.exercise import given as asking
from autograder.exercise.answers import answer
from autograder.exercise.compare import FORMULA, NUMERICAL, compare, has_lists, precision_notes
from autograder.exercise.load import load_assignment
from autograder.exercise.plain_data import as_received
from autograder.judge import score
from autograder.judge.glance import plainly_right
from tests.conftest import SECRET

NUMBERS = st.sampled_from([0.0, -0.0, 1.0, -2.5, 1e300, 1e-300, np.inf, -np.inf, np.nan])
ARRAYS = hnp.arrays(
    st.sampled_from(["float64", "float32", "int64", "bool"]),
    st.sampled_from([(), (1,), (2,), (1, 2), (2, 1)]),
    elements=st.sampled_from([0, 1]),
) | hnp.arrays("float64", st.sampled_from([(), (1,), (3,)]), elements=NUMBERS)
LEAVES = ARRAYS | NUMBERS | st.sampled_from([None, "text", 1, True, np.float64(2.5)])
TREES = st.recursive(
    LEAVES,
    lambda parts: (
        st.lists(parts, max_size=2)
        | st.lists(parts, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from("ab"), parts, max_size=2)
    ),
    max_leaves=4,
)


def shaken(tree, rng):
    """The tree with its numbers moved a little, mostly by less than any tolerance."""
    if isinstance(tree, tuple | list):
        return type(tree)(shaken(part, rng) for part in tree)
    if isinstance(tree, dict):
        return {name: shaken(part, rng) for name, part in tree.items()}
    if isinstance(tree, float | np.ndarray) and np.asarray(tree).dtype.kind == "f":
        with np.errstate(all="ignore"):
            moved = tree * (1 + rng.choice([0, 1e-9, 1e-6]) * rng.standard_normal(np.shape(tree)))
        return moved.astype(tree.dtype) if isinstance(tree, np.ndarray) else moved
    return tree


@settings(deadline=None)
@given(TREES, TREES, st.integers(0, 3), st.sampled_from([FORMULA, NUMERICAL]))
def test_what_is_right_at_a_glance_is_right_without_a_note(want, other, seed, tolerance):
    for got in (want, other, shaken(want, np.random.default_rng(seed))):
        came = as_received(got)
        if plainly_right(came, want, tolerance):
            found = compare(came, want, tolerance)
            assert found.agrees
            assert (found.notes, precision_notes(came), has_lists(came, want)) == ((), (), False)


@pytest.mark.parametrize("name", ["graph_gradients", "sigmoid", "numerical_gradient"])
def test_right_results_are_seen_at_a_glance(name, monkeypatch):
    """As they come through the wire, and of several kinds: nobody asks for the long comparison."""

    def never(*_):
        raise AssertionError("right results were compared at length")

    monkeypatch.setattr(score, "compare_rights", never)
    (exercise,) = (e for e in load_assignment("ps1_derivatives").graded if e.name == name)
    report = judge(answer(exercise, SECRET, 0), exercise.reference)
    assert report.score == exercise.points


def test_a_students_own_lines_are_read_once_for_all_checks(monkeypatch):
    (exercise,) = (
        e for e in load_assignment("ps1_derivatives").graded if e.name == "graph_gradients"
    )
    key = answer(exercise, SECRET, 0)
    reads = []
    read = asking.own_lines

    def counted(got, want):
        reads.append(got)
        return read(got, want)

    monkeypatch.setattr(asking, "own_lines", counted)
    judge(key, exercise.reference)
    assert sum(check.given is not None for check in exercise.checks) > 2
    assert len(reads) == len(key.calls)
