"""What the commands do, and what they print. Reports are written here, judged elsewhere."""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.authoring.laws import prove
from autograder.cli.progress import with_progress
from autograder.course import course_secret
from autograder.errors import GraderFault, Misuse
from autograder.exercise.load import assignment_names, load_assignment
from autograder.extract.collect import Found, collect
from autograder.pipeline import Grader, forbidden_paths
from autograder.report.class_report import write_class_report
from autograder.report.finish import Finish, Finished
from autograder.report.results import Results, from_json, write_scores
from autograder.report.sections import sections
from autograder.report.words import number, went_wrong
from autograder.resume import Resume, version_of
from autograder.sandbox import layers
from autograder.settings import Limits

if TYPE_CHECKING:
    from autograder.scale.cluster import Cluster


def grade(given: argparse.Namespace, limits: Limits) -> int:
    """Grade what has changed below a path; write JSON, the table and the feedback pages.

    Exit 1 where the grader failed on a submission: the others have their results, and the next
    run grades just the rest.
    """
    console = Console(quiet=given.quiet, highlight=False)
    load_assignment(given.assignment)
    found = collect(given.path, given.assignment)
    with _grader(given, limits) as grader:
        try:
            faults = _graded(found, grader, given, limits, console)
            results = Results(given.out, [one.student for one in found])
            write_scores(map(from_json, results), given.out / "scores.csv")
            write_class_report(results, given.out)
        except OSError as problem:
            raise GraderFault(f"{given.out} cannot be written to: {problem}.") from None
    _show_scores(results, console)
    console.print(f"Scores: {given.out / 'scores.csv'}")
    console.print(f"Feedback: {given.out / 'feedback'}")
    console.print(f"Class report: {given.out / 'report.html'}")
    for one in faults:
        print(f"autograder: {one.student}: {one.fault}", file=sys.stderr)
    return 1 if faults else 0


def _grader(given: argparse.Namespace, limits: Limits) -> "Grader | Cluster":
    """What grades: workers of this process, or those of a Dask cluster."""
    settings = {"isolation": given.isolation, "workers": given.workers, "outputs": given.outputs}
    if given.scheduler is None and given.cluster is None:
        return Grader(given.assignment, limits=limits, **settings)
    try:
        from autograder.scale.cluster import Cluster
    except ImportError as problem:
        raise Misuse(
            f"{problem}. In the checkout: `pip install -c constraints.txt -e '.[dask]'`."
        ) from None
    return Cluster(given.assignment, address=given.scheduler, limits=limits, **settings)


def _graded(
    found: list[Found],
    grader: "Grader | Cluster",
    given: argparse.Namespace,
    limits: Limits,
    console: Console,
) -> list[Finished]:
    """Write the results; each is on disk before the next. Returns those where the grader failed."""
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "scores.csv").unlink(missing_ok=True)  # until there is one of this run
    version = version_of(grader.release, (limits, given.outputs, grader.isolation))
    resume = Resume(given.out, version, given.fresh)
    submissions: Iterator[Any] = (grader.read(one.path, one.student) for one in found)
    finish = Finish(version, sections(grader.release.notebook))
    graded = grader.grade_all(resume.to_grade(submissions), finish)
    faults = []
    for finished in with_progress(graded, len(found), resume.kept, console):
        finished.write(given.out)
        faults += [finished] if finished.fault else []
    if resume.kept:
        console.print(f"{len(resume.kept)} of {len(found)} have not changed since they were graded")
    return faults


def laws(names: list[str]) -> int:
    """Prove the laws; exit 1 where one is broken."""
    console = Console(highlight=False)
    secret = course_secret()
    broken = count = 0
    for name in names or assignment_names():
        console.print(f"[bold]{name}[/]")
        for verdict in prove(name, secret):
            count += 1
            broken += bool(verdict.broken)
            mark = "[red]✗[/]" if verdict.broken else "[green]✓[/]"
            console.print(f"  {mark} {verdict.exercise} ({verdict.mistakes} known mistakes)")
            for sentence in verdict.broken:
                console.print(f"      {sentence}", markup=False)
    console.print(f"{count} exercises on 16 case sets: {broken or 'no'} broken.")
    return 1 if broken else 0


def doctor() -> int:
    """Show which layers of isolation hold; exit 1 where nothing could grade hostile code."""
    console = Console(highlight=False)
    found = layers(forbidden=forbidden_paths())
    for layer in found:
        console.print(
            f"{'[green]✓[/]' if layer.holds else '[red]✗[/]'} {layer.name}: {layer.detail}"
        )
        if not layer.holds and layer.fix:
            console.print(f"    {layer.fix}", markup=False)
    return 0 if any(layer.holds and layer.name == "self-test" for layer in found) else 1


def _show_scores(results: Results, console: Console) -> None:
    """The table of scores; long classes are in scores.csv and not on the screen."""
    shown, students = 60, len(results.students)
    table = Table("student", "score", "what went wrong", box=None, pad_edge=False)
    for report in map(from_json, islice(results, shown)):
        score = f"{number(report.score)}/{number(report.max_score)}"
        table.add_row(escape(report.student), score, escape(went_wrong(report)) or "—")
    console.print(table)
    if students > shown:
        console.print(f"… and {students - shown} more in scores.csv")
