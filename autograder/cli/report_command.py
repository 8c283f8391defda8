"""autograder report: write the class report of a results folder anew."""

import argparse
from pathlib import Path

from autograder.cli.commands import Commands, add

EXAMPLES = """example:
  autograder report results        writes results/report.html
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "write the class report of a results folder anew (`grade` does it too)"
    report = add(commands, "report", run, about=about, examples=EXAMPLES)
    report.add_argument("results", type=Path, help="the folder that `grade --out` wrote")


def run(given: argparse.Namespace) -> int:
    """Write the page."""
    from autograder.report.results import results_in
    from autograder.report.summary import write_class_report

    print(f"Class report: {write_class_report(results_in(given.results), given.results)}")
    return 0
