"""`python -m tests.mutants [assignment …]`: the proof by mutation, as `make mutants` runs it."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.exercise.load import assignment_names
from tests.mutants.equivalent import equivalent_mutants, true_names
from tests.mutants.prove import Task, run_all, tasks
from tests.mutants.summary import Findings, as_table, summarise, total, write_json
from tests.mutants.verdicts import Verdict


def main() -> int:
    """Run the proof; exit 1 where it fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("assignments", nargs="*", metavar="assignment", help="default: all")
    parser.add_argument("--processes", type=int, help="default: one per core")
    parser.add_argument("--out", type=Path, default=Path("results/mutants.json"))
    given = parser.parse_args()
    chosen = given.assignments or list(assignment_names())
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 100)
    start = time.monotonic()
    verdicts = list(_with_progress(tasks(chosen), given.processes, console))
    findings = summarise(verdicts, equivalent_mutants(), true_names(), chosen)
    write_json(findings, given.out)
    _show(findings, console)
    console.print(f"{time.monotonic() - start:.0f} seconds. Everything: {given.out}")
    return 0 if findings.sound else 1


def _with_progress(work: list[Task], processes: int | None, console: Console) -> Iterator[Verdict]:
    """A bar on a terminal; elsewhere a line per exercise."""
    left = Counter((task.assignment, task.exercise) for task in work)
    columns = TextColumn("mutants"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("mutants", total=sum(len(task.places) for task in work))
        for verdicts in run_all(work, processes):
            progress.advance(bar, len(verdicts))
            place = verdicts[0].assignment, verdicts[0].exercise
            left[place] -= 1
            if not left[place] and not console.is_terminal:
                print(f"{place[0]} {place[1]}: done", flush=True)
            yield from verdicts


def _show(findings: Findings, console: Console) -> None:
    rows = sorted(findings.rows, key=lambda row: row.assignment)
    console.print(as_table([*rows, total(rows)]))
    for title, found in (
        ("Mutants that survive", findings.survivors),
        ("Listed, but stale", findings.stale),
        ("Mistakes named by coincidence", findings.misnamed),
    ):
        if found:
            console.print(f"\n{title}:", *(f"  {line}" for line in found), sep="\n", markup=False)


if __name__ == "__main__":
    sys.exit(main())
