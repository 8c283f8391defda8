"""The commands around grading: export, gradescope, new-exercise. cli.py adds them to its own."""

import argparse
import sys
from pathlib import Path

EXPORT_EXAMPLES = """examples:
  autograder export results --format canvas --out canvas.csv
  autograder export results --format canvas --out canvas.csv --roster gradebook.csv \\
      --column "Worked example (4711)"
  autograder export results --format moodle --out moodle.csv --roster worksheet.csv
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parsers of these commands."""
    _add_export(commands)
    _add_gradescope(commands)


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser(
        "export",
        help="write the scores of a results folder for Canvas or Moodle",
        epilog=EXPORT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("results", type=Path, help="the folder that `grade --out` wrote")
    export.add_argument("--format", choices=("canvas", "moodle"), required=True)
    export.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    export.add_argument("--roster", type=Path, help="the platform's own table: ids and names")
    export.add_argument("--column", default="", help="Canvas: the assignment's name there")
    export.set_defaults(run=_export)


def _add_gradescope(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    gradescope = commands.add_parser(
        "gradescope", help="build the autograder.zip of an assignment for Gradescope"
    )
    gradescope.add_argument("assignment", help="ps2_worked_example, …")
    gradescope.add_argument("--out", type=Path, required=True, help="folder for autograder.zip")
    gradescope.add_argument(
        "--new-secret",
        action="store_true",
        help="hidden inputs of its own there: scores may differ from those of `grade` here",
    )
    gradescope.add_argument(
        "--isolation",
        choices=("auto", "bubblewrap", "landlock", "none"),
        default="auto",
        help="auto takes the strongest there is, and does not grade where there is none",
    )
    gradescope.set_defaults(run=_gradescope)


# Each command imports what it needs when it runs: `--help` must not wait for numpy.


def _export(given: argparse.Namespace) -> int:
    from autograder.report.lms import export

    lost = export(given.results, given.format, given.out, roster=given.roster, column=given.column)
    for line in lost:
        print(f"left out: {line}", file=sys.stderr)
    print(f"Table for {given.format.capitalize()}: {given.out}")
    return 0


def _gradescope(given: argparse.Namespace) -> int:
    from autograder.gradescope.bundle import write_bundle

    path = write_bundle(given.assignment, given.out, given.isolation, given.new_secret)
    print(f"Upload to Gradescope: {path}")
    print("It holds answers and the secret of hidden inputs: it is for staff.")
    return 0
