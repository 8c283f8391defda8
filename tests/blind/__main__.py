"""`python -m tests.blind`: how many of the blind programs are accepted, named, misnamed."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from tests.blind.cases import CASES, read_cases
from tests.blind.grade import Told, tell_all
from tests.blind.shares import as_table, misnamed, shares


def main() -> int:
    """Grade the programs and print the shares; exit 2 where there are none."""
    parser = argparse.ArgumentParser(prog="python -m tests.blind", description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--list", action="store_true", help="each wrong program with its names")
    given = parser.parse_args()
    if not given.cases.is_file():
        print(f"{given.cases} is missing. Give the file with --cases.", file=sys.stderr)
        return 2
    told = list(tell_all(read_cases(given.cases)))
    console = Console(highlight=False, soft_wrap=True)
    console.print(as_table(shares(told, misnamed())))
    if given.list:
        _list(told, console)
    return 0


def _list(told: Iterable[Told], console: Console) -> None:
    for one in told:
        if one.case.kind == "wrong":
            case = one.case
            console.print(f"\n{case.id} {case.assignment} {case.function}: {case.what}")
            for check in one.lost:
                words = f"  {check.name}: {check.mistake or '—'}. {check.nudge}"
                console.print(words, markup=False)


if __name__ == "__main__":
    sys.exit(main())
