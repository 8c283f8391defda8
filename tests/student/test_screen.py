"""What students read on screens that have no ✓."""

import os
import subprocess
import sys

import pytest

from autograder.exercise.load import assignment_names, load_assignment
from autograder.student.generate import write
from autograder.student.screen import in_signs_of

NARROW = ["cp1252", "cp437", "ascii", "latin-1", "no-such-encoding"]


@pytest.mark.parametrize("encoding", NARROW[:-1])
@pytest.mark.parametrize("name", assignment_names())
def test_every_sentence_can_be_printed(name, encoding):
    for exercise in load_assignment(name).exercises:
        for text in (exercise.reveal, *(mistake.sentence for mistake in exercise.mistakes)):
            printed = in_signs_of(encoding, text)
            assert printed.encode(encoding).decode(encoding) == printed


def test_signs_that_are_there_stay_and_others_are_said_plainly():
    assert in_signs_of("utf-8", "✓ σ(ŷ) – ½") == "✓ σ(ŷ) – ½"
    assert in_signs_of("ascii", "✓ σ(ŷ) – ½ ∂ 漢") == "OK sigma(y) - 1/2 d ideograph-6f22"
    assert in_signs_of("cp1252", "✓ – ½") == "OK – ½"
    assert in_signs_of("no-such-encoding", "a✓") == "aOK"


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-8"])
def test_check_answers_on_every_screen(encoding, tmp_path):
    write(load_assignment("ps1_derivatives"), tmp_path)
    program = (
        "import numpy as np\nfrom check import check\n"
        "def sigmoid_prime(z): s = 1 / (1 + np.exp(-z)); return s * (1 - s)\n"
        "check(sigmoid_prime)\ncheck(lambda z: -z)\n"
        "def sigmoid(z): return 1 / (1 + np.exp(z))\ncheck(sigmoid)\ncheck()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    said = done.stdout.decode(encoding)
    assert ("✓ sigmoid_prime" if encoding == "utf-8" else "OK sigmoid_prime") in said
    assert ("✗ sigmoid" if encoding == "utf-8" else "X sigmoid") in said
