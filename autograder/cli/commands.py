"""How a command is added to the command line.

A command's module has `add_to`, which describes its options, and `run`, which makes a typed record
of them and hands it on. What it needs is imported when it runs: `--help` must not wait for numpy.
"""

import argparse
from collections.abc import Callable
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int]


def add(
    commands: Commands,
    name: str,
    run: Run,
    *,
    about: str,
    examples: str = "",
) -> argparse.ArgumentParser:
    """Add a command; returns its parser, for its options."""
    command = commands.add_parser(
        name,
        help=about,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def add_isolation(command: argparse.ArgumentParser) -> None:
    """How student code is to be kept apart."""
    command.add_argument(
        "--isolation",
        choices=("auto", "bubblewrap", "landlock", "none"),
        default="auto",
        help="auto takes the strongest there is; none is for code you trust",
    )
