"""What several tests of the desk share."""

import pytest

from autograder.exercise.load import load_assignment
from autograder.student.generate import write
from tests.student.test_check import load


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Each set's check.py, loaded anew from beside its examples."""
    written = {}

    def desk(name):
        if name not in written:
            folder = tmp_path_factory.mktemp(name)
            write(load_assignment(name), folder)
            written[name] = folder
        return load(written[name])

    return desk
