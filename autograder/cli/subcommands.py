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

REPORT_EXAMPLES = """example:
  autograder report results        writes results/report.html
"""

GRADESCOPE_EXAMPLES = """examples:
  autograder gradescope ps2_worked_example --out gradescope
  autograder gradescope ps2_worked_example --out gradescope --new-secret --isolation none
"""

NEW_EXAMPLES = """examples:
  autograder new-exercise softplus --assignment ps1_derivatives --arguments z
  autograder new-exercise conv_backward --assignment ps8_convolutions --new-set \\
      --arguments "dout, X, W" --points 3
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parsers of these commands."""
    _add_export(commands)
    _add_report(commands)
    _add_gradescope(commands)
    _add_new_exercise(commands)


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


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser(
        "report",
        help="write the class report of a results folder anew (`grade` does it too)",
        epilog=REPORT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument("results", type=Path, help="the folder that `grade --out` wrote")
    report.set_defaults(run=_report)


def _add_gradescope(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    gradescope = commands.add_parser(
        "gradescope",
        help="build the autograder.zip of an assignment for Gradescope",
        epilog=GRADESCOPE_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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


def _add_new_exercise(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = commands.add_parser(
        "new-exercise",
        help="write the skeleton of an exercise; the laws say what is missing",
        epilog=NEW_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    new.add_argument("name", help="the function that students will write")
    new.add_argument("--assignment", required=True, help="the set that it belongs to")
    new.add_argument("--arguments", default="x", help='as in a def: "x, W"')
    new.add_argument("--points", type=float, default=1.0)
    new.add_argument("--new-set", action="store_true", help="make the set as well")
    new.set_defaults(run=_new_exercise)


# Each command imports what it needs when it runs: `--help` must not wait for numpy.


def _export(given: argparse.Namespace) -> int:
    from autograder.report.lms import export

    lost = export(given.results, given.format, given.out, roster=given.roster, column=given.column)
    for line in lost:
        print(f"left out: {line}", file=sys.stderr)
    print(f"Table for {given.format.capitalize()}: {given.out}")
    return 0


def _report(given: argparse.Namespace) -> int:
    from autograder.report.class_report import write_class_report
    from autograder.report.lms import read_results

    print(f"Class report: {write_class_report(read_results(given.results), given.results)}")
    return 0


def _gradescope(given: argparse.Namespace) -> int:
    from autograder.gradescope.bundle import write_bundle

    path = write_bundle(given.assignment, given.out, given.isolation, given.new_secret)
    print(f"Upload to Gradescope: {path}")
    print("It holds answers and the secret of hidden inputs: it is for staff.")
    return 0


def _new_exercise(given: argparse.Namespace) -> int:
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
