"""Whatever a sandbox sends, this course's judges answer: they raise for nothing, and take no odds.

A judge that raises is a fault of the grader, so a student who can make it raise is never graded.
"""

import numpy as np
import pytest

from autograder.exercise.cases import draw_example
from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.score import ask_accept
from autograder.sandbox.inside import wire
from tests.sandbox.test_fuzz import EXTREMES

OPEN = [
    (exercise, check)
    for name in assignment_names()
    for exercise in load_assignment(name).graded
    for check in exercise.checks
    if check.accept is not None and check.any_form
]
ODD = (*EXTREMES, 10**400, -(10**400), 2**1023 - 1, "x" * 999, {"W": {"b": [None]}}, [[[]]] * 9)


def around(odd):
    """The value itself, and in the places where a judge looks for numbers."""
    yield from (odd, [odd], (odd, odd), {"a": odd}, [odd] * 40, ("tanh", [odd]), (odd, [(1, 2)]))
    yield from (("relu", [(odd, odd)]), ["sigmoid", [(np.ones((2, 3)), odd)]])
    yield from (("relu", [(np.ones((2, 0)), np.ones(0)), (odd, odd)]), [0, 1, odd], [3, 2, 1, odd])


def test_there_are_judges_of_any_form():
    assert len(OPEN) >= 2


@pytest.mark.parametrize(("exercise", "check"), OPEN)
def test_no_answer_makes_a_judge_raise(exercise, check):
    arguments = draw_example(exercise).arguments
    for odd in ODD:
        for value in around(odd):
            sent = wire.decode(wire.encode(value)[wire.LENGTH_BYTES :])
            assert ask_accept(check, exercise, sent, arguments) is not None
