"""autograder new-course: make a course that works."""

import argparse
from pathlib import Path

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder new-course vision
  autograder new-course vision --id vision-2027
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "make a course that works: one set with one exercise, to be followed by yours"
    new = add(commands, "new-course", run, about=about, examples=EXAMPLES)
    new.add_argument("folder", type=Path, help="where to; must be empty or not there yet")
    new.add_argument(
        "--id", default="", help="the course's name in nbgrader; default: the folder's"
    )


def run(given: argparse.Namespace) -> int:
    """Write the course, and say what comes next."""
    from autograder.authoring.new_course import SET, new_course

    for path in new_course(given.folder, given.id):
        print(f"written: {path}")
    print(f"A course of one set is in {given.folder}. There, in this order:")
    print("  autograder laws       proves that its exercise can be graded fairly")
    print("  autograder release    makes what students get")
    print(f"  autograder grade NOTEBOOKS --assignment {SET} --out results")
    return 0
