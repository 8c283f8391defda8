"""Every reference is what torch autograd finds, to 1e-10 of the largest entry."""

import importlib
import importlib.util
import re

import numpy as np
import pytest

from autograder.exercise.answers import answer, evaluate
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.compare import leaves
from autograder.exercise.load import assignment_names, load_assignment
from tests.conftest import SECRET

pytest.importorskip("torch")

CLOSE = 1e-10
DERIVATIVE = re.compile(r"gradient|backward(?!_order|_factor)|prime|jacobian|error_term")


def oracles_of(assignment):
    """The ORACLES of one set; a set without the module has none, and a test below says so."""
    name = f"tests.torch_oracles.{assignment}"
    return importlib.import_module(name).ORACLES if importlib.util.find_spec(name) else {}


def exercises():
    """Every exercise of every set."""
    for assignment in assignment_names():
        for exercise in load_assignment(assignment).exercises:
            yield pytest.param(assignment, exercise, id=f"{assignment[:3]}-{exercise.name}")


def with_oracle():
    """The exercises that torch can answer, with its answer."""
    for parameters in exercises():
        assignment, exercise = parameters.values
        oracle = oracles_of(assignment).get(exercise.name)
        if oracle is not None:
            yield pytest.param(exercise, oracle, id=parameters.id)


def differentiates_by_itself(exercise):
    """It is given a function and differentiates numerically: no formula that torch could check."""
    cases = answer(exercise, SECRET, 0).groups[0]
    return any(callable(argument) for argument in cases[0].arguments)


def distance(found, want):
    """The largest difference, relative to the largest entry."""
    found, want = np.asarray(found, dtype=float), np.asarray(want, dtype=float)
    assert found.shape == want.shape
    return np.abs(found - want).max(initial=0) / max(np.abs(want).max(initial=0), 1e-12)


@pytest.mark.nightly
@pytest.mark.parametrize(("exercise", "oracle"), [*with_oracle()])
def test_reference_equals_torch_autograd(exercise, oracle):
    """Part by part, on one case set in four; the laws meet their own oracles on all of them."""
    for case_set in range(0, CASE_SETS, 4):
        answers = answer(exercise, SECRET, case_set)
        for cases, wants in zip(answers.groups, answers.wants, strict=True):
            for case, want in zip(cases, wants, strict=True):
                for where, found, right in leaves(evaluate(oracle, case.arguments), want):
                    assert distance(found, right) < CLOSE, (case_set, where)


@pytest.mark.parametrize(("assignment", "exercise"), [*exercises()])
def test_every_derivative_has_a_torch_oracle(assignment, exercise):
    """What is named as a derivative is checked against autograd, unless it is given f itself."""
    if DERIVATIVE.search(exercise.name) and not differentiates_by_itself(exercise):
        assert exercise.name in oracles_of(assignment)


@pytest.mark.parametrize("assignment", assignment_names())
def test_every_oracle_belongs_to_an_exercise(assignment):
    """A renamed exercise takes its oracle along."""
    names = {exercise.name for exercise in load_assignment(assignment).exercises}
    assert oracles_of(assignment).keys() <= names
