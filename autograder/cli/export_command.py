"""autograder export: the scores of a results folder for Canvas or Moodle."""

import argparse
import sys
from pathlib import Path

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder export results --format canvas --out canvas.csv
  autograder export results --format canvas --out canvas.csv --roster gradebook.csv \\
      --column "Worked example (4711)"
  autograder export results --format moodle --out moodle.csv --roster worksheet.csv
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "write the scores of a results folder for Canvas or Moodle"
    export = add(commands, "export", run, about=about, examples=EXAMPLES)
    export.add_argument("results", type=Path, help="the folder that `grade --out` wrote")
    export.add_argument("--format", choices=("canvas", "moodle"), required=True)
    export.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    export.add_argument("--roster", type=Path, help="the platform's own table: ids and names")
    export.add_argument("--column", default="", help="Canvas: the assignment's name there")


def run(given: argparse.Namespace) -> int:
    """Write the table."""
    from autograder.report.lms import export
    from autograder.report.names import printable

    lost = export(given.results, given.format, given.out, roster=given.roster, column=given.column)
    for line in lost:
        print(f"left out: {printable(line)}", file=sys.stderr)
    print(f"Table for {given.format.capitalize()}: {given.out}")
    return 0
