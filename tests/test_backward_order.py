"""8.4: every right order is right, and a wrong one is told by what is wrong with it."""

import itertools

import pytest

from autograder.authoring.laws import judge
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from exercises.judges import is_backward_order
from tests.conftest import SECRET

PARENTS, OUTPUT = [[], [0, 0], [1, 0], [2, 1], [3]], 3
"""Node 4 reads the output, and leads nowhere."""
EXERCISE = load_assignment("ps8_autodiff").exercise("backward_order")


def test_exactly_the_orders_are_right_in_which_readers_come_first():
    readers = [(k, p) for k in (1, 2, 3) for p in PARENTS[k]]
    for order in itertools.permutations(range(4)):
        right = all(order.index(k) < order.index(p) for k, p in readers)
        assert (is_backward_order(list(order), (PARENTS, OUTPUT)) is True) == right


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (None, "A list of node numbers"),
        ([[3, 2], [1, 0]], "A list of node numbers"),
        ([3, 2, 1, 0, 4], "do not lead to output"),
        ([3, 2, 1, float("nan")], "do not lead to output"),
        ([3, 2, 1], "belongs in the list once"),
        ([3, 2, 1, 1], "belongs in the list once"),
        ([0, 1, 2, 3], "runs forward"),
        ([3, 1, 2, 0], "nearest nodes come first"),
        ([3, 0, 2, 1], "Node 0 stands before node 2, which reads it."),
    ],
)
def test_what_is_wrong_is_said(order, words):
    assert words in is_backward_order(order, (PARENTS, OUTPUT))


def test_each_listed_mistake_is_named_wherever_it_loses():
    for mistake in EXERCISE.mistakes:
        for case_set in range(4):
            report = judge(answer(EXERCISE, SECRET, case_set), mistake.function)
            named = {check.mistake for check in report.checks if check.status == "wrong"}
            assert named == {mistake.name}


def test_recursion_costs_the_long_chain_and_nothing_else():
    def by_recursion(parents, output):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in parents[node]:
                    visit(parent)
                order.append(node)

        try:
            visit(output)
        except RecursionError as error:
            raise ValueError("too deep") from error
        return order[::-1]

    report = judge(answer(EXERCISE, SECRET, 0), by_recursion)
    assert [check.status for check in report.checks] == ["passed", "passed", "raised"]
