"""autograder gradescope: build the autograder.zip of an assignment."""

import argparse
from pathlib import Path

from autograder.cli.commands import Commands, add, add_isolation

EXAMPLES = """examples:
  autograder gradescope first_steps --out gradescope
  autograder gradescope first_steps --out gradescope --new-secret --isolation none
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "build the autograder.zip of an assignment for Gradescope"
    gradescope = add(commands, "gradescope", run, about=about, examples=EXAMPLES)
    gradescope.add_argument("assignment", help="first_steps, …")
    gradescope.add_argument("--out", type=Path, required=True, help="folder for autograder.zip")
    gradescope.add_argument(
        "--new-secret",
        action="store_true",
        help="hidden inputs of its own there: scores may differ from those of `grade` here",
    )
    add_isolation(gradescope)


def run(given: argparse.Namespace) -> int:
    """Build the bundle."""
    from autograder.gradescope.bundle import write_bundle

    path = write_bundle(given.assignment, given.out, given.isolation, given.new_secret)
    print(f"Upload to Gradescope: {path}")
    print("It holds answers and the secret of hidden inputs: it is for staff.")
    return 0
