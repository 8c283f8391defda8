"""Looking wrong values up among those of all slips: the grader and the desk run these lines."""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.compare import Array, Part, Tolerance
from autograder.exercise.plain_data import Tree
from autograder.judge.slips.fingerprints import fingerprint

MOST_NAMES = 20
"""Where more sentences fit the same values, none is said."""
OTHER, NONE, RIGHT = -2, -1, 0
"""What is known of a slip in a check where it has no row: surely wrong, nothing, surely right."""


@dataclass(frozen=True)
class NamedSlip:
    """A slip by name (the kind of its edit, or a mistake's slug), and the sentence about it."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Rows:
    """The bank's table for one exercise.

    `said` (slips,): (name, sentence, rank). `groups` (slips, checks): RIGHT, OTHER, NONE, or one
    more than the place in `forms` (rows, case sets) and `shadows` (rows, case sets, SHADOWS); slips
    with the same values share a row. `checks` (rows,): the check that a row belongs to.
    """

    said: tuple[tuple[str, str, int], ...]
    groups: NDArray[np.int32]
    checks: NDArray[np.int32]
    forms: NDArray[np.uint64]
    shadows: Array


@dataclass(frozen=True)
class Asked:
    """A check that is compared with the reference: what it looks at, and what is right there."""

    name: str
    part: Part
    tolerance: Tolerance
    wants: Sequence[Tree]


def look_up(
    rows: Rows, case_set: int, checks: Sequence[Asked], wrong: Mapping[str, Sequence[Tree]]
) -> dict[str, NamedSlip]:
    """The slips behind checks that failed: name of the check → slip.

    `checks` are in the order of the rows' columns; `wrong` holds, for each failed check, the part
    that came back on each of its cases. A slip that explains more of them is said before one that
    explains fewer, then one that leaves the other checks right.
    """
    places = {
        place: row
        for place, check in enumerate(checks)
        if check.name in wrong
        and (row := _agreeing_row(rows, case_set, place, check, wrong[check.name])) is not None
    }
    if not places:
        return {}
    fits = np.array([rows.groups[:, place] == row + 1 for place, row in places.items()])
    fits &= _consistent(rows, checks, places, wrong)
    explained = fits.sum(axis=0)
    others = [i for i, check in enumerate(checks) if check.name not in wrong]
    spoiled = (rows.groups[:, others] != RIGHT).sum(axis=1)
    ranks = np.array([rank for _, _, rank in rows.said], int)
    order = np.lexsort((ranks, spoiled, -explained))
    found: dict[str, NamedSlip] = {}
    for place, fit in zip(places, fits, strict=True):
        said = [rows.said[i][:2] for i in order if fit[i]]
        if said and len(set(said)) <= MOST_NAMES:
            found[checks[place].name] = NamedSlip(*said[0])
    return found


def _consistent(
    rows: Rows, checks: Sequence[Asked], places: Mapping[int, int], wrong: Collection[str]
) -> NDArray[np.bool_]:
    """(failed checks, slips): what a slip gives in other checks of the same part came back, too.

    Where the bank knows no more than that it is wrong, any wrong value will do.
    """
    agrees = rows.groups == NONE
    for place, check in enumerate(checks):
        if place in places:
            agrees[:, place] |= rows.groups[:, place] == places[place] + 1
        agrees[:, place] |= rows.groups[:, place] == (OTHER if check.name in wrong else RIGHT)
    alike = [[i for i, x in enumerate(checks) if x.part == checks[p].part] for p in places]
    return np.array([agrees[:, same].all(axis=1) for same in alike])


def _agreeing_row(
    rows: Rows, case_set: int, place: int, check: Asked, values: Sequence[Tree]
) -> int | None:
    """The row that these values agree with."""
    mark = fingerprint(values, check.wants, check.tolerance)
    if mark is None or mark.constant:
        return None
    near = mark.fits(rows.forms[:, case_set], rows.shadows[:, case_set])
    found = np.flatnonzero(near & (rows.checks == place))
    return int(found[0]) if len(found) == 1 else None


def to_bytes(rows: Rows) -> bytes:
    """The rows as numpy's own file format, compressed."""
    file = io.BytesIO()
    arrays = {name: getattr(rows, name) for name in ("groups", "checks", "forms", "shadows")}
    said = np.frombuffer(json.dumps(rows.said).encode(), np.uint8)
    np.savez_compressed(file, said=said, **arrays)
    return file.getvalue()


def from_bytes(data: bytes) -> Rows:
    """The rows that `to_bytes` wrote; raises ValueError or LookupError for anything else."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        said = json.loads(arrays["said"].tobytes())
        return Rows(
            tuple((name, words, rank) for name, words, rank in said),
            *(arrays[name] for name in ("groups", "checks", "forms", "shadows")),
        )
