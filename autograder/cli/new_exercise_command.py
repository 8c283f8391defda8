"""autograder new-exercise: write the skeleton of an exercise."""

import argparse

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder new-exercise softplus --assignment first_steps --arguments z
  autograder new-exercise conv_backward --assignment convolutions --new-set \\
      --arguments "dout, X, W" --points 3
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "write the skeleton of an exercise; the laws say what is missing"
    new = add(commands, "new-exercise", run, about=about, examples=EXAMPLES)
    new.add_argument("name", help="the function that students will write")
    new.add_argument("--assignment", required=True, help="the set that it belongs to")
    new.add_argument("--arguments", default="x", help='as in a def: "x, W"')
    new.add_argument("--points", type=float, default=1.0)
    new.add_argument("--new-set", action="store_true", help="make the set as well")


def run(given: argparse.Namespace) -> int:
    """Write the files, and say what comes next."""
    from autograder.authoring.new_exercise import new_exercise

    paths = new_exercise(
        given.name,
        given.assignment,
        arguments=given.arguments,
        points=given.points,
        new_set=given.new_set,
    )
    for path in paths:
        print(f"written: {path}")
    print(f"Now `autograder laws {given.assignment}` says what is missing; see docs/authors.md.")
    return 0
