"""The shares of wrong programs that are named, misnamed, or told nothing but how much is wrong."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from tests.blind.grade import Told

READ = Path(__file__).parent / "misnamed.txt"
"""Programs whose names were read and found untrue: one identifier a line, then the reason."""


COLUMNS = ("set", "wrong", "named", "of right form", "misnamed", "n of n", "kept", "refused")


@dataclass(frozen=True)
class Share:
    """The counts of one set. `formed`: something of the right form came back.

    `nothing`: only that all entries are wrong. `kept`: wrong, and earns everything; `refused`:
    right, and does not.
    """

    assignment: str
    wrong: int
    formed: int
    named: int
    named_formed: int
    misnamed: int
    nothing: int
    kept: int
    right: int
    refused: int


def misnamed(path: Path = READ) -> frozenset[str]:
    """The identifiers of programs that are known to be misnamed."""
    lines = path.read_text().splitlines() if path.is_file() else []
    return frozenset(line.split()[0] for line in lines if line.strip() and line[0] != "#")


def shares(told: Iterable[Told], misnamed: Collection[str]) -> list[Share]:
    """A row for each set, and the sums of all."""
    by_set: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_set[one.case.assignment].append(one)
    rows = [_share(name, mine, misnamed) for name, mine in sorted(by_set.items())]
    return [*rows, _share("all", [one for mine in by_set.values() for one in mine], misnamed)]


def _share(assignment: str, told: list[Told], misnamed: Collection[str]) -> Share:
    wrong = [one for one in told if one.case.kind == "wrong"]
    right = [one for one in told if one.case.kind == "right"]
    formed = [one for one in wrong if one.formed]
    return Share(
        assignment=assignment,
        wrong=len(wrong),
        formed=len(formed),
        named=sum(bool(one.names) for one in wrong),
        named_formed=sum(bool(one.names) for one in formed),
        misnamed=sum(bool(one.names) and one.case.id in misnamed for one in wrong),
        nothing=sum(one.says_nothing for one in wrong),
        kept=sum(one.passed for one in wrong),
        right=len(right),
        refused=sum(not one.passed for one in right),
    )


def as_table(rows: Iterable[Share]) -> Table:
    """The counts, with the shares that are asked for."""
    table = Table(box=None)
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == "set" else "right")
    for row in rows:
        table.add_row(
            row.assignment,
            str(row.wrong),
            _percent(row.named, row.wrong),
            _percent(row.named_formed, row.formed),
            _percent(row.misnamed, row.wrong),
            _percent(row.nothing, row.wrong),
            str(row.kept),
            f"{row.refused} of {row.right}",
        )
    return table


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"
