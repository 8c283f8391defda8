"""What a whole run comes to: the table, the class report, and the first rows for the terminal.

The results are gone through once, one at a time.
"""

from collections.abc import Iterable
from pathlib import Path

from autograder.records import Report
from autograder.report.class_report import ClassReport
from autograder.report.files import replacing
from autograder.report.scores import ScoreTable

SCORES, PAGE = "scores.csv", "report.html"
FIRST = 60
"""So many rows go to the terminal; a longer class is in the table alone."""


def summarise(reports: Iterable[Report], out: Path) -> list[Report]:
    """Write `scores.csv` and `report.html` below `out`; returns the first reports."""
    first: list[Report] = []
    with replacing(out / SCORES) as file, ClassReport() as page:
        table = ScoreTable(file)
        for report in reports:
            table.add(report)
            page.add(report)
            first += [report] if len(first) < FIRST else []
        page.write(out / PAGE)
    return first


def write_class_report(reports: Iterable[Report], out: Path) -> Path:
    """Write the class report alone; returns where it is."""
    with ClassReport() as page:
        for report in reports:
            page.add(report)
        return page.write(out / PAGE)
