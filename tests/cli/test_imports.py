"""What a start does not import: a second of everybody's time is a few modules too many."""

import json
import subprocess
import sys

import pytest

ELSEWHERE = {
    "IPython": "the sandbox",
    "matplotlib": "the sandbox",
    "dask": "--cluster",
    "distributed": "--cluster",
    "multiprocessing.pool": "nobody",
    "nbgrader": "nbgrader",
    "nbconvert": "nbgrader",
    "sqlalchemy": "nbgrader",
    "bs4": "nbgrader",
    "arrow": "jsonschema, for durations that no notebook has",
    "lark": "jsonschema, for addresses that no notebook has",
    "autograder.authoring": "authors",
    "autograder.judge.slips.build": "a bank that is not kept",
    "autograder.judge.slips.grow": "a bank that is not kept",
    "autograder.student": "releases",
}
"""Module → who needs it, if not `autograder grade`."""
PROGRAM = """
import json, sys
from autograder.cli import main
main.parser = lambda: sys.exit()  # just before it reads its arguments
try:
    main.main()
except SystemExit:
    pass
import autograder.cli.grade_command, autograder.sandbox.launched, autograder.cli.grade_class
from autograder.exercise.load import load_assignment
from autograder.extract.release import read_release
load_assignment("ps1_derivatives"), read_release("ps1_derivatives")
print(json.dumps(sorted(name for name, module in sys.modules.items() if module)))
"""


@pytest.fixture(scope="module")
def imported():
    """The modules of a process that is ready to grade ps1."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_grading_does_not_import_what_others_need(name, imported):
    found = [one for one in imported if one == name or one.startswith(f"{name}.")]
    assert found == [], f"{name} is for {ELSEWHERE[name]}"


def test_only_the_set_asked_for_is_loaded(imported):
    """The other sets' records and answers are not even read."""
    records = {name.split(".")[1] for name in imported if name.startswith("exercises.")}
    assert {name for name in records if name.startswith("ps")} == {"ps1_derivatives"}
    answers = {name for name in imported if name.startswith("solutions.")}
    assert answers == {"solutions.derivatives"}


def test_that_covers_the_end_of_a_run_as_well(imported):
    """The class report is written when nothing else goes on."""
    assert {"autograder.report.charts", "autograder.report.class_report"} <= {*imported}
