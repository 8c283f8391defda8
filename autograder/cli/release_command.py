"""autograder release: make what students get."""

import argparse

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder release               all sets
  autograder release first_steps   one set

`nbgrader generate_assignment` makes the same, and a row in nbgrader's gradebook.
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "make what students get of a set: notebook, check.py, examples, files"
    release = add(commands, "release", run, about=about, examples=EXAMPLES)
    release.add_argument("assignments", nargs="*", help="default: all")


def run(given: argparse.Namespace) -> int:
    """Write release/."""
    from autograder.authoring.make_release import make_release
    from autograder.exercise.load import assignment_names

    for name in given.assignments or assignment_names():
        print(f"written: {make_release(name)}")
    return 0
