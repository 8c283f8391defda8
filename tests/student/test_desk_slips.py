"""The desk knows slips by small fingerprints, and says what the grader says."""

import ast
import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring.rehearsal import judge
from autograder.course import CACHE_VARIABLE
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from autograder.judge.slips.bank import Bank
from autograder.judge.slips.grow import slips_of
from autograder.judge.slips.look_up import to_bytes
from autograder.judge.slips.slip_rows import rows_of
from autograder.student import desk_slips
from autograder.student.generate import write
from autograder.student.join import MODULES, PACKAGE
from tests.conftest import SECRET
from tests.student.test_check import load

SET = "ps4_batch_mlp"


WRONG = {
    "output_activation_gradient": [
        lambda A2, Y: (1 - Y) / 1 - A2 - Y / A2,
    ],
    "weight_gradient": [
        lambda dZ, A: np.abs(dZ) @ A.T / A.shape[1],
        lambda dZ, A: dZ**2 @ A.T / A.shape[1],
    ],
}
CASES = [(name, wrong) for name, programs in WRONG.items() for wrong in programs]


def made(exercise, keys):
    """The rows of an exercise on some keys."""
    assignment = load_assignment(SET)
    return rows_of(slips_of(exercise, assignment, keys[0].groups[0][0]), keys)


@pytest.fixture(scope="module")
def exercises():
    return [load_assignment(SET).exercise(name) for name in WRONG]


@pytest.fixture(scope="module")
def public(exercises):
    """Function name → the rows on its public examples, and on one case set besides."""
    keys = {e.name: [desk_slips.public_answers(e), answer(e, SECRET, 1)] for e in exercises}
    return {e.name: made(e, keys[e.name]) for e in exercises}


@pytest.fixture(scope="module")
def desk(exercises, public, tmp_path_factory):
    """check.py beside examples that hold the slips of the exercises."""
    folder = tmp_path_factory.mktemp("desk")
    slips = {e.name: desk_slips.packed(e, public[e.name]) for e in exercises}
    write(load_assignment(SET), folder, slips)
    return load(folder)


@pytest.fixture(scope="module")
def banks(exercises):
    found = {}
    for exercise in exercises:
        keys = [answer(exercise, SECRET, case_set) for case_set in range(2)]
        found[exercise.name] = keys[0], Bank(made(exercise, keys))
    return found


def handed_in(name, function):
    def student(*arguments):
        return function(*arguments)

    student.__name__ = name
    return student


@pytest.mark.parametrize(("name", "wrong"), CASES)
def test_the_desk_says_the_graders_sentence(desk, banks, name, wrong):
    key, bank = banks[name]
    told = [check.nudge for check in judge(key, wrong, bank.name).checks if check.nudge]
    assert len(told) == 1
    assert told[0].startswith("Your values are those of a program that")
    assert told[0] in repr(desk.judge(handed_in(name, wrong)))


@pytest.mark.parametrize("name", WRONG)
def test_a_right_program_and_a_strange_one_are_not_named(desk, exercises, name):
    (exercise,) = [e for e in exercises if e.name == name]
    assert desk.judge(handed_in(name, exercise.reference)).state == "passed"
    (check, *_) = exercise.checks
    strange = handed_in(name, lambda *a: _twisted(exercise.reference(*a)))
    assert "those of a program" not in repr(desk.judge(strange)), check.name


def _twisted(value):
    if isinstance(value, tuple):
        return tuple(map(_twisted, value))
    return value + np.sin(7 * np.arange(value.size)).reshape(value.shape)


def test_damaged_slips_name_nothing_and_disturb_nothing(exercises, public, tmp_path):
    slips = {e.name: {**desk_slips.packed(e, public[e.name]), "rows": "AAAA"} for e in exercises}
    write(load_assignment(SET), tmp_path, slips)
    name, wrong = CASES[0]
    card = load(tmp_path).judge(handed_in(name, wrong))
    assert card.state == "wrong"
    assert "those of a program" not in repr(card)


def test_a_set_stays_below_its_size_with_the_slips_that_are_said_first(
    exercises, public, tmp_path, monkeypatch
):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(desk_slips, "build", lambda r, s, name, *_: to_bytes(public[name]))
    small = replace(load_assignment(SET), exercises=tuple(exercises))
    whole = desk_slips.desk_slips(tmp_path, small)
    assert len(json.dumps(whole)) <= desk_slips.MOST_BYTES
    monkeypatch.setattr(desk_slips, "MOST_BYTES", len(json.dumps(whole)) // 3)
    less = desk_slips.desk_slips(tmp_path, small)
    assert len(json.dumps(less)) <= desk_slips.MOST_BYTES
    folder = tmp_path / "less"
    write(small, folder, less)
    name, wrong = CASES[0]  # brackets: the first kind
    assert "brackets elsewhere" in repr(load(folder).judge(handed_in(name, wrong)))


def test_no_two_modules_of_check_py_define_one_name():
    """They stand in one file, where the later one would take the earlier one's place."""
    defined = Counter(
        node.name
        for module in MODULES
        for node in ast.parse((PACKAGE / f"{module}.py").read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )
    assert [name for name, count in defined.items() if count > 1] == []
