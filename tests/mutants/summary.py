"""What the run found: one row per assignment, and everything that should not be."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table

from tests.mutants.equivalent import Place
from tests.mutants.verdicts import Verdict


@dataclass(frozen=True)
class Row:
    """The counts of one assignment; `stopped` of the killed ran out of time.

    `named` are killed mutants with some named mistake; `seconds` are those of all processes.
    """

    assignment: str
    mutants: int
    equivalent: int
    killed: int
    stopped: int
    survivors: int
    named: int
    misnamed: int
    seconds: float


@dataclass(frozen=True)
class Findings:
    """The rows, and in words: what survives, what is listed but stale, what is named wrongly."""

    rows: tuple[Row, ...]
    survivors: tuple[str, ...]
    stale: tuple[str, ...]
    misnamed: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """No mutant survives but the listed ones, these all do, and no name is a coincidence."""
        return not (self.survivors or self.stale or self.misnamed)


def place_of(verdict: Verdict) -> Place:
    """What a mutant is called in equivalent.txt."""
    return f"{verdict.assignment.partition('_')[0]} {verdict.exercise}", verdict.change


def summarise(
    verdicts: Iterable[Verdict],
    listed: Mapping[Place, str],
    true_names: Mapping[Place, str],
    assignments: Iterable[str],
) -> Findings:
    """Count the verdicts of these assignments and compare them with both lists."""
    by_place = {place_of(verdict): verdict for verdict in verdicts}
    expected = {place for place in listed if _is_of(place, assignments)}
    lost = {place for place in expected if place not in by_place}
    killed = {p for p in expected - lost if len(by_place[p].survived) < by_place[p].case_sets}
    unlisted = [v for place, v in by_place.items() if v.kept and place not in listed]
    wrong = {p: v for p, v in by_place.items() if v.misnamed and not v.survived}
    stale_names = [p for p in true_names if _is_of(p, assignments) and p not in wrong]
    return Findings(
        rows=tuple(_row(name, by_place, listed, true_names) for name in assignments),
        survivors=tuple(map(_survivor, unlisted)),
        stale=tuple(
            [f"{' | '.join(place)}: no such mutant" for place in sorted(lost)]
            + [f"{' | '.join(place)}: it loses points" for place in sorted(killed)]
            + [f"{' | '.join(place)}: it is not misnamed" for place in sorted(stale_names)]
        ),
        misnamed=tuple(
            f"{' | '.join(place)}: {'; '.join(verdict.misnamed)}"
            for place, verdict in sorted(wrong.items())
            if place not in true_names
        ),
    )


def _is_of(place: Place, assignments: Iterable[str]) -> bool:
    return any(name.startswith(place[0].partition(" ")[0] + "_") for name in assignments)


def _survivor(verdict: Verdict) -> str:
    sets = ", ".join(map(str, verdict.survived))
    where = "all case sets" if len(verdict.survived) == verdict.case_sets else f"case sets {sets}"
    return f"{' | '.join(place_of(verdict))}: earns everything on {where}"


def _row(
    assignment: str,
    by_place: Mapping[Place, Verdict],
    listed: Mapping[Place, str],
    true_names: Mapping[Place, str],
) -> Row:
    mine = {place: v for place, v in by_place.items() if v.assignment == assignment}
    killed = {place: v for place, v in mine.items() if not v.survived}
    return Row(
        assignment=assignment,
        mutants=len(mine),
        equivalent=sum(
            bool(v.survived) and (place in listed or not v.kept) for place, v in mine.items()
        ),
        killed=len(killed),
        stopped=sum(v.out_of_time for v in killed.values()),
        survivors=sum(v.kept and place not in listed for place, v in mine.items()),
        named=sum(v.named for v in killed.values()),
        misnamed=sum(bool(v.misnamed) and p not in true_names for p, v in killed.items()),
        seconds=round(sum(v.seconds for v in mine.values()), 1),
    )


def total(rows: Iterable[Row]) -> Row:
    """The sums of all rows."""
    found = list(rows)
    sums = {
        field: round(sum(getattr(row, field) for row in found), 1)
        for field in Row.__annotations__
        if field != "assignment"
    }
    return Row(assignment="all", **sums)


def as_table(rows: Iterable[Row]) -> Table:
    """The table that ends the run."""
    table = Table(box=None)
    table.add_column("assignment", no_wrap=True)
    fields = [field for field in Row.__annotations__ if field != "assignment"]
    for field in fields:
        table.add_column(field, justify="right")
    for row in rows:
        table.add_row(row.assignment, *(str(getattr(row, field)) for field in fields))
    return table


def write_json(findings: Findings, path: Path) -> None:
    """Write the counts and the findings for other programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(findings), indent=2, ensure_ascii=False) + "\n")
