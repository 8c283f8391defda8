"""A function written out is the same program, in fewer steps."""

import ast

import numpy as np
import pytest

from autograder.exercise.answers import answer, evaluate
from autograder.exercise.compare import compare
from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.slips.grow import slips_of
from autograder.judge.slips.reached import changed_lines, lines_run
from autograder.judge.slips.syntax import plain_tree
from autograder.judge.slips.written_out import written_out

SECRET = b"written out"


def written():
    """(exercise, its reference written out) for all that can be."""
    for assignment in assignment_names():
        for exercise in load_assignment(assignment).graded:
            reference = exercise.reference
            tree = None if exercise.trains else written_out(plain_tree(reference), reference)
            if tree is not None:
                yield pytest.param(exercise, tree, id=exercise.name)


@pytest.mark.parametrize(("exercise", "tree"), [*written()])
def test_a_function_written_out_gives_the_same_numbers(exercise, tree):
    scope = dict(exercise.reference.__globals__)
    exec(ast.unparse(tree), scope)
    assert_same(exercise, scope[exercise.name])


def ways():
    for assignment in assignment_names():
        for exercise in load_assignment(assignment).graded:
            for way in exercise.also_written:
                yield pytest.param(exercise, way, id=exercise.name)


@pytest.mark.parametrize(("exercise", "way"), [*ways()])
def test_what_is_also_written_gives_the_same_numbers(exercise, way):
    assert_same(exercise, way)


def assert_same(exercise, program):
    key = answer(exercise, SECRET, 0)
    for cases, wants in zip(key.groups, key.wants, strict=True):
        for case, want in zip(cases, wants, strict=True):
            assert compare(evaluate(program, case.arguments), want).agrees


def half(x):
    return x / 2


def mean_of_halves(x, w):
    halves = half(x + 1)
    weighted = halves * w
    return np.sum(weighted)


def test_called_functions_and_steps_become_one_formula():
    tree = written_out(plain_tree(mean_of_halves), mean_of_halves)
    assert ast.unparse(tree.body) == "return np.sum((x + 1) / 2 * w)"


def test_what_is_written_out_already_is_left():
    assert written_out(plain_tree(np_sum := _plain), np_sum) is None


def _plain(x):
    return np.sum(x)


def test_slips_of_another_way_are_known_by_the_references_name():
    found = load_assignment("ps8_autodiff")
    exercise = found.exercise("mlp_loss_and_gradients")
    case = answer(exercise, SECRET, 0).groups[0][0]
    mine = [slip for slip in slips_of(exercise, found, case) if slip.written is not None]
    slip = next(slip for slip in mine if slip.name == "another-activation")
    with np.errstate(all="ignore"):  # a rectified output may be 0
        loss, gradients = slip.program(exercise.reference)(*case.arguments)
    right_loss, right = exercise.reference(*case.arguments)
    assert [g.shape for g in gradients] == [g.shape for g in right]
    assert not np.isclose(loss, right_loss)


def test_an_edit_shows_only_where_its_lines_run():
    before = "def f(x):\n    if x > 0:\n        return x\n    return -x"
    after = before.replace("return -x", "return 2 * x")
    assert changed_lines(before, after) == {4}
    assert changed_lines(before, before.replace("    if", "    x = 2\n    if")) == {1, 2}
    scope = {}
    exec(compile(before, "<f>", "exec"), scope)
    assert lines_run("<f>", lambda: scope["f"](1)) == {2, 3}
    assert lines_run("<f>", lambda: scope["f"](-1)) == {2, 4}
