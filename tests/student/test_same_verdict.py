"""The desk says what the grader says: a right answer in another style gets its ✓ there, too."""

import pytest

from autograder.exercise.load import assignment_names, load_assignment
from autograder.student.generate import write
from tests.student.test_check import load
from tests.test_variants import all_variants


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """check.py of each set, loaded from beside its own examples."""
    loaded = {}
    for name in assignment_names():
        folder = tmp_path_factory.mktemp(name)
        write(load_assignment(name), folder)
        for exercise in load_assignment(name).exercises:
            loaded[key_of(exercise)] = load(folder)
    return loaded


def key_of(exercise):
    """Names its function, also where another course was loaded meanwhile and this one again."""
    return exercise.reference.__module__, exercise.name


@pytest.mark.parametrize(("exercise", "function"), [*all_variants()])
def test_another_style_gets_its_tick(desks, exercise, function):
    """The desk passes every variant that tests/test_variants.py shows the grader to pass."""

    def handed_in(*arguments):
        return function(*arguments)

    handed_in.__name__ = exercise.name
    card = desks[key_of(exercise)].judge(handed_in)
    assert card.state == "passed", repr(card)
