"""What must hold of every bank, on all case sets; by night, for each takes seconds to make."""

import re

import pytest

from autograder.authoring.rehearsal import judge
from autograder.exercise.answers import answer, evaluate
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.compare import part_of
from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.slips.bank import Bank
from autograder.judge.slips.banks import Banks
from autograder.judge.slips.grow import slips_of
from autograder.judge.slips.scope import notebook_names
from autograder.judge.slips.slip_rows import rows_of
from autograder.judge.slips.wording import NUMPY
from tests.conftest import SECRET
from tests.test_variants import variants_of


def exercises():
    for assignment in assignment_names():
        for exercise in load_assignment(assignment).exercises:
            if not exercise.trains:
                yield pytest.param(assignment, exercise, id=f"{assignment[:3]}-{exercise.name}")


def assert_laws(bank, assignment, exercise, case_sets):
    variants = variants_of(assignment).get(exercise.name, [])
    for case_set in range(case_sets):
        key = answer(exercise, SECRET, case_set)
        for right in (exercise.reference, *variants):
            assert bank.name(key, values(key, right)) == {}
        for mistake in exercise.mistakes:
            told = judge(key, mistake.function, bank.name)
            assert told == judge(key, mistake.function)
    quotes = {q for _, words, _ in bank.rows.said for q in re.findall(r"`([^`]+)`", words)}
    hand = {
        q
        for e in load_assignment(assignment).exercises
        for m in e.mistakes
        for q in re.findall(r"`([^`]+)`", m.sentence)
    }
    assert quotes <= notebook_names(load_assignment(assignment)) | NUMPY | hand


def values(key, program):
    """What a program gives for each check that is compared."""
    found = {}
    for check in key.exercise.checks:
        if check.accept is None:
            cases = key.groups[key.exercise.draw_of(check)]
            results = [evaluate(program, case.arguments) for case in cases]
            found[check.name] = [part_of(result, check.part) for result in results]
    return found


@pytest.mark.nightly
@pytest.mark.parametrize(("assignment", "exercise"), [*exercises()])
def test_no_right_program_is_a_slip_and_known_mistakes_come_first(assignment, exercise, course):
    bank = Banks(course, assignment, SECRET).make(exercise.name)
    assert bank is not None
    assert_laws(bank, assignment, exercise, CASE_SETS)


@pytest.mark.parametrize("name", ["bias_gradient", "output_error_term"])
def test_the_laws_hold_of_a_small_bank(name):
    """Two of ps4, on three case sets."""
    assignment = load_assignment("ps4_batch_mlp")
    exercise = assignment.exercise(name)
    keys = [answer(exercise, SECRET, case_set) for case_set in range(3)]
    bank = Bank(rows_of(slips_of(exercise, assignment, keys[0].groups[0][0]), keys))
    assert len(bank.rows.said) > 20
    assert_laws(bank, assignment.name, exercise, 3)
