"""Lengths of axes: all different, as many as are asked for, and derived where a record says so."""

import dataclasses

import numpy as np
import pytest

from autograder.errors import SpecError
from autograder.exercise.answers import answer, lengths_of, scalars_of
from autograder.exercise.axes import draw_shapes, read_axes
from autograder.exercise.cases import draw_cases
from tests.conftest import SECRET

CONVOLUTION = "N C F R S P Q H=R-P+1 W=S-Q+1"


def shapes(text, batch="N", seeds=range(50)):
    return [s for seed in seeds for s in draw_shapes(text, batch, np.random.default_rng(seed))]


def test_derived_lengths_follow_from_the_others_and_differ_from_them():
    for sizes in shapes(CONVOLUTION):
        assert sizes["H"] == sizes["R"] - sizes["P"] + 1 > 0
        assert sizes["W"] == sizes["S"] - sizes["Q"] + 1 > 0
        assert len(set(sizes.values())) == len(sizes) == 9


def test_one_case_has_a_single_example_and_what_derives_from_it():
    first, second, single = shapes("N D M=N*D", seeds=[1])
    assert single["N"] == 1
    assert single["M"] == single["D"]
    assert 1 not in (first["N"], second["N"])


def test_any_number_of_axes_gets_lengths_of_its_own():
    names = [f"A{i}" for i in range(20)]
    for sizes in shapes(" ".join(names)):
        assert list(sizes) == names
        assert len(set(sizes.values())) == 20


def test_the_batch_goes_by_the_name_that_the_record_gives_it(affine):
    """It has a batch of one, and the judge reads it as N."""
    assert [sizes["B"] == 1 for sizes in shapes("B N", batch="B", seeds=[3])] == [
        False,
        False,
        True,
    ]

    def draw(rng, n):
        return tuple(
            rng.standard_normal((n[a], n[b])) for a, b in (("B", "M"), ("B", "N"), ("N", "M"))
        )

    exercise = dataclasses.replace(affine, draw=draw, axes="B N M", batch="B")
    case = draw_cases(exercise, SECRET, 0)[0][0]
    assert lengths_of(exercise, case)["N"] == case.sizes["B"]
    assert sorted(lengths_of(exercise, case).values()) == sorted(case.sizes.values())


def test_the_learning_rate_goes_by_the_name_that_the_record_gives_it(affine):
    def step(W, dW, eta):
        return W - eta * dW

    def draw(rng, n):
        return rng.standard_normal(n["D"]), rng.standard_normal(n["D"]), 0.25

    exercise = dataclasses.replace(affine, reference=step, draw=draw, axes="D", rate="eta")
    answers = answer(exercise, SECRET, 0)
    assert scalars_of(exercise, answers.groups[0][0]) == {"learning_rate": 0.25}


def test_no_axis_that_is_no_batch_has_the_length_one():
    assert all(min(sizes.values()) > 1 for sizes in shapes("N D", batch=""))
    assert len(shapes("N D", batch="", seeds=[0])) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("N N", "'N' is not a new name"),
        ("N 2D", "'2D' is not a new name"),
        ("N D H=D-M", "'M' is not a length"),
        ("N H=sum(N)", "not a length"),
        ("N H=N**2", "not a length"),
        ("N H=", "'' is not a length"),
        ("D H=D", "positive and all differ"),
        ("D H=D-100", "positive and all differ"),
        ("N D H=N-2", "with one example"),
    ],
)
def test_axes_that_cannot_be_meant_are_refused(text, said):
    with pytest.raises(SpecError, match=said.replace("*", r"\*")):
        shapes(text, seeds=[0])


def test_fixed_lengths_are_kept():
    axes = read_axes("N D=2 H = 3 K = 2 * D")
    assert (axes.fixed, list(axes.derived), axes.drawn) == ({"D": 2, "H": 3}, ["K"], ())
