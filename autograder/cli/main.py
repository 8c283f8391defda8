"""The command line; see also subcommands.py. Exit 0: done; 1: the grader failed; 2: misuse."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder import __version__
from autograder.cli import subcommands
from autograder.errors import GraderFault, Misuse
from autograder.settings import Limits

EXAMPLES = """examples:
  autograder grade submitted --assignment ps2_worked_example --out results
  autograder grade notebooks/ --assignment ps1_derivatives --out results --outputs
  autograder grade alice.ipynb --assignment ps2_worked_example --out results
"""

ABOUT = "Grade notebooks in a sandbox that holds no answers, and say what is wrong in them."

FIRST_STEPS = """first steps:
  autograder doctor                what keeps student code apart on this machine
  autograder grade submitted --assignment ps2_worked_example --out results
  autograder COMMAND --help        what a command can do, with examples

exit codes: 0 done, whatever the scores; 1 the grader failed; 2 asked for something impossible
"""

LAWS_EXAMPLES = """examples:
  autograder laws                  all sets
  autograder laws ps1_derivatives  one set, while you write an exercise
"""

LIMITS = {
    "cell-seconds": ("cell_seconds", 1),
    "call-seconds": ("call_seconds", 1),
    "submission-seconds": ("submission_seconds", 1),
    "wall-factor": ("wall_factor", 1),
    "memory-mb": ("memory_bytes", 2**20),
    "processes": ("processes", 1),
    "output-kb": ("output_bytes", 2**10),
    "answer-kb": ("answer_bytes", 2**10),
    "scratch-mb": ("scratch_bytes", 2**20),
    "scratch-files": ("scratch_files", 1),
    "notebook-mb": ("notebook_bytes", 2**20),
}
"""Option → the field of `Limits` that it sets, and the unit it is given in."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected failure is one clear line."""
    # nbformat imports jsonschema, which would compile 38 grammars of international addresses here,
    # for 2 of the 2.5 seconds that a start takes. Where the package is absent it does without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    given = _parser().parse_args(arguments)
    try:
        code: int = given.run(given)
    except Misuse as problem:
        print(f"autograder: {problem}", file=sys.stderr)
        return 2
    except GraderFault as fault:
        print(f"autograder: the grader failed: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("autograder: stopped. Results written so far are whole.", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder",
        description=ABOUT,
        epilog=FIRST_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_grade(commands)
    laws = commands.add_parser(
        "laws",
        help="prove that every exercise can be graded fairly",
        epilog=LAWS_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    laws.add_argument("assignments", nargs="*", help="default: all")
    laws.set_defaults(run=_laws)
    doctor = commands.add_parser("doctor", help="show which layers of isolation hold here")
    doctor.set_defaults(run=_doctor)
    subcommands.add_to(commands)
    return parser


def _add_grade(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    grade = commands.add_parser(
        "grade",
        help="grade a submitted/ tree, a folder of notebooks or one notebook",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    grade.add_argument("path", type=Path, help="where the submissions are")
    grade.add_argument("--assignment", required=True, help="ps1_derivatives, …")
    grade.add_argument("--out", type=Path, required=True, help="folder for the results")
    grade.add_argument("--outputs", action="store_true", help="keep what cells print and draw")
    grade.add_argument("--workers", type=_positive, help="default: one per core")
    grade.add_argument("--quiet", action="store_true", help="print nothing but errors")
    grade.add_argument(
        "--isolation",
        choices=("auto", "bubblewrap", "landlock", "none"),
        default="auto",
        help="auto takes the strongest there is; none is for code you trust",
    )
    grade.add_argument("--fresh", action="store_true", help="grade again what has not changed")
    _add_cluster(grade.add_argument_group("many machines (docs/scaling.md)"))
    _add_limits(grade.add_argument_group("limits, per submission"))
    grade.set_defaults(run=_grade)


def _add_cluster(group: argparse._ArgumentGroup) -> None:
    where = group.add_mutually_exclusive_group()
    where.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler: tcp://…:8786")
    where.add_argument("--cluster", choices=("local",), help="Dask workers on this machine")


def _add_limits(group: argparse._ArgumentGroup) -> None:
    for option, (field, unit) in LIMITS.items():
        default = getattr(Limits, field) / unit
        group.add_argument(
            f"--{option}",
            type=_above_zero,
            metavar="N",
            default=default,
            help=f"default: {default:g}",
        )


def limits_of(given: argparse.Namespace) -> Limits:
    """The limits that the options name, in bytes and seconds."""
    kinds = {field: type(getattr(Limits, field)) for field, _ in LIMITS.values()}
    return Limits(
        **{
            field: kinds[field](getattr(given, option.replace("-", "_")) * unit)
            for option, (field, unit) in LIMITS.items()
        }
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return value


def _above_zero(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return value


# Each command imports what it needs when it runs: `--help` must not wait for numpy.


def _grade(given: argparse.Namespace) -> int:
    from autograder.cli.commands import grade

    return grade(given, limits_of(given))


def _laws(given: argparse.Namespace) -> int:
    from autograder.cli.commands import laws

    return laws(given.assignments)


def _doctor(_: argparse.Namespace) -> int:
    from autograder.cli.commands import doctor

    return doctor()


if __name__ == "__main__":
    sys.exit(main())
