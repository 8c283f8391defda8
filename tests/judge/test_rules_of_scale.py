"""A factor is told where it cannot be chance."""

import numpy as np
import pytest

from autograder.exercise.compare import FORMULA
from autograder.judge.rules import RULES, Pair


def said(*pairs):
    return RULES["scaled"](
        [Pair(np.array(g), np.array(w), False, {}, {}, FORMULA) for g, w in pairs]
    )


def test_one_number_is_no_factor():
    assert said(([2.37, 0.0], [1.0, 0.0])) == ""


@pytest.mark.parametrize("factor", [2.37, 1.0001, 0.0])
def test_on_one_case_an_odd_factor_is_not_told(factor):
    assert said(([factor, 2 * factor], [1.0, 2.0])) == ""


@pytest.mark.parametrize("factor", [7.0, -3.0, 1 / 6])
def test_on_one_case_a_simple_factor_is_told(factor):
    assert f"Everywhere it is {factor:.3g} times" in said(([factor, 2 * factor], [1.0, 2.0]))


def test_on_two_cases_any_factor_is_told_but_1():
    assert "2.37 times" in said(([2.37], [1.0]), ([4.74], [2.0]))
    assert said(([1.0001], [1.0]), ([2.0002], [2.0])) == ""
