"""autograder publish: one folder with everything that students get."""

import argparse
from pathlib import Path

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder publish                    dist/course
  autograder publish --out ~/www/nets   elsewhere, in the place of what is there
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "write what students get: a start page, the released sets, and a zip of each"
    parser = add(commands, "publish", run, about=about, examples=EXAMPLES)
    parser.add_argument("--out", type=Path, default=Path("dist/course"), help="%(default)s")


def run(given: argparse.Namespace) -> int:
    """Write the folder."""
    from autograder.student.publish import publish

    folder = publish(given.out)
    print(f"written: {folder}\nGive students this folder; README.md in it says how to begin.")
    return 0
