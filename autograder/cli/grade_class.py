"""Grade a class: collect, keep or grade, write, summarise."""

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.cli.progress import with_progress
from autograder.errors import GraderFault, Misuse
from autograder.exercise.load import load_assignment
from autograder.extract.collect import collect
from autograder.pipeline import Grader
from autograder.records import Report
from autograder.report.finish import Finish
from autograder.report.names import printable
from autograder.report.results import Results
from autograder.report.sections import sections
from autograder.report.summary import PAGE, SCORES, summarise
from autograder.report.words import number, went_wrong
from autograder.resume import forget, kept_results, version_of
from autograder.sandbox import Sandbox
from autograder.settings import GradeRequest

if TYPE_CHECKING:
    from autograder.scale.cluster import Cluster
    from autograder.scale.processes import Processes


def grade(request: GradeRequest, sandbox: Sandbox | None, *, quiet: bool = False) -> int:
    """Grade what has changed below a path; write results, pages, the table, the class report.

    Exit 1 where the grader failed on a submission: the others have their results, and the next
    run grades just the rest.
    """
    console = Console(quiet=quiet, highlight=False)
    load_assignment(request.assignment)
    collected = collect(request.path, request.assignment)
    found = collected.found
    for line in collected.left_out:
        print(f"left out: {printable(line)}", file=sys.stderr)
    with _grader(request, sandbox) as grader:
        gc.freeze()
        gc.enable()
        version = version_of(grader.release, request, grader.isolation)
        kept = set() if request.fresh else kept_results(found, request, version)
        waiting = [one for one in found if one.student not in kept]
        try:
            forget(request.out, [one.student for one in waiting])
            handed_in: Iterator[Any] = (
                grader.read(one.path, one.student, one.note) for one in waiting
            )
            graded = grader.grade_all(handed_in, Finish(version, sections(grader.release.notebook)))
            faults = {}
            for finished in with_progress(graded, len(kept), len(found), console):
                finished.write(request.out)
                if finished.fault:
                    faults[finished.student] = finished.fault
            first = summarise(Results(request.out, [one.student for one in found]), request.out)
        except OSError as problem:
            raise GraderFault(f"{request.out} cannot be written to: {problem}.") from None
    _show(first, len(found), len(kept), request, console)
    for student, fault in faults.items():
        print(f"autograder: {printable(f'{student}: {fault}')}", file=sys.stderr)
    return 1 if faults else 0


def _grader(request: GradeRequest, sandbox: Sandbox | None) -> "Grader | Processes | Cluster":
    """What grades: workers of this process, of some more, or those of a Dask cluster."""
    settings: dict[str, Any] = {
        "isolation": request.isolation,
        "workers": request.workers,
        "outputs": request.outputs,
        "limits": request.limits,
    }
    if not request.on_cluster and request.processes > 1:
        from autograder.scale.processes import Processes

        settings["workers"] = request.workers or os.cpu_count() or 1
        return Processes(request.assignment, processes=request.processes, **settings)
    if not request.on_cluster:
        return Grader(request.assignment, sandbox=sandbox, **settings)
    try:
        from autograder.scale.cluster import Cluster
    except ImportError as problem:
        raise Misuse(
            f"{problem}. In the checkout: `pip install -c constraints.txt -e '.[dask]'`."
        ) from None
    return Cluster(request.assignment, address=request.scheduler, **settings)


def _show(
    first: Iterable[Report], students: int, kept: int, request: GradeRequest, console: Console
) -> None:
    """The scores, and where the rest is; long classes are in scores.csv and not on the screen."""
    if kept:
        console.print(f"{kept} of {students} have not changed since they were graded")
    table = Table("student", "score", "what went wrong", box=None, pad_edge=False)
    for report in first:
        score = f"{number(report.score)}/{number(report.max_score)}"
        table.add_row(escape(printable(report.student)), score, escape(went_wrong(report)) or "—")
    console.print(table)
    if students > table.row_count:
        console.print(f"… and {students - table.row_count} more in {SCORES}")
    console.print(f"Scores: {request.out / SCORES}")
    console.print(f"Feedback: {request.out / 'feedback'}")
    console.print(f"Class report: {request.out / PAGE}")
