"""`autograder COMMAND`: finds the command, runs it, and says expected failures in one line.

Exit 0: done, whatever the scores. 1: the grader failed. 2: asked for something impossible.
"""

import argparse
import sys
from collections.abc import Sequence

from autograder import __version__
from autograder.cli import (
    doctor_command,
    export_command,
    grade_command,
    gradescope_command,
    laws_command,
    new_course_command,
    new_exercise_command,
    publish_command,
    release_command,
    report_command,
    slips_command,
)
from autograder.errors import GraderFault, Misuse
from autograder.report.names import printable

ABOUT = "Grade notebooks in a sandbox that holds no answers, and say what is wrong in them."

FIRST_STEPS = """first steps:
  autograder doctor                what keeps student code apart on this machine
  autograder new-course FOLDER     a course to begin with
  autograder grade submitted --assignment SET --out results
  autograder COMMAND --help        what a command can do, with examples

exit codes: 0 done, whatever the scores; 1 the grader failed; 2 asked for something impossible
"""

UNUSED = ("rfc3987_syntax", "isoduration", "webcolors", "fqdn", "uri_template")
"""What jsonschema would import to know addresses, durations and colours, and no notebook has.

The first alone compiles 38 grammars: 2 seconds. Where a package is absent it does without.
"""
COMMANDS = (
    grade_command,
    laws_command,
    doctor_command,
    export_command,
    report_command,
    gradescope_command,
    new_course_command,
    new_exercise_command,
    publish_command,
    release_command,
    slips_command,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected failure is one clear line."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    given = parser().parse_args(arguments)
    try:
        code: int = given.run(given)
    except Misuse as problem:
        print(f"autograder: {printable(str(problem))}", file=sys.stderr)
        return 2
    except GraderFault as fault:
        print(f"autograder: the grader failed: {printable(str(fault))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("autograder: stopped. Results written so far are whole.", file=sys.stderr)
        return 130
    return code


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="autograder",
        description=ABOUT,
        epilog=FIRST_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=__version__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return whole


if __name__ == "__main__":
    sys.exit(main())
