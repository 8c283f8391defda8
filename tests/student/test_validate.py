"""`nbgrader validate`, as students run it in their folder, tells what is missing in words."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from autograder.course import release_notebook
from tests.notebooks import cell_of, hand_in, solved, submission

SET = "ps2_worked_example"
WRONG = "def output_weight_step(learning_rate, delta_o, a):\n    return delta_o * a"


@pytest.fixture
def validate(tmp_path):
    """What `nbgrader validate` prints about a notebook in a student's folder."""
    shutil.copytree(release_notebook(SET).parent, tmp_path / SET)

    def run(notebook) -> str:
        hand_in(notebook, tmp_path / SET / f"{SET}.ipynb")
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", "validate", f"{SET}.ipynb"],
            cwd=tmp_path / SET,
            env={**os.environ, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return done.stdout

    return run


def with_derivation(notebook):
    cell_of(notebook, "derivation").source = "The chain has five links."
    return notebook


def failed_cells(words: str) -> list[str]:
    return re.findall(r"^ {4}check\((\w+)\)$", words, flags=re.MULTILINE)


def test_an_untouched_notebook_fails_on_every_function_and_says_so(validate):
    words = validate(submission(SET))
    assert "VALIDATION FAILED ON 12 CELL(S)!" in words
    assert len(failed_cells(words)) == 11
    assert "– forward is not started yet." in words
    assert "You did not provide a response." in words, "the derivation"


def test_all_right_answers_pass(validate):
    words = validate(with_derivation(solved(SET)))
    assert words == "Success! Your notebook passes all the tests.\n"


def test_a_wrong_answer_fails_by_its_name_and_without_a_traceback(validate):
    words = validate(with_derivation(solved(SET, output_weight_step=WRONG)))
    assert failed_cells(words) == ["output_weight_step"], "train_step is lent a right one"
    assert "output_weight_step is wrong. learning_rate is missing, and a step contains it." in words
    assert "Traceback" not in words
    assert "..." not in words, "a line is cut off"
