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


# Each command imports what it needs when it runs: `--help` must not wait for numpy.


def _export(given: argparse.Namespace) -> int:
    from autograder.report.lms import export

    lost = export(given.results, given.format, given.out, roster=given.roster, column=given.column)
    for line in lost:
        print(f"left out: {line}", file=sys.stderr)
    print(f"Table for {given.format.capitalize()}: {given.out}")
    return 0
