"""The bank: wrong values are looked up among those of all slips, and the slip is named."""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.answers import Answers
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.slips.fingerprints import fingerprint
from autograder.judge.slips.slip_rows import MOST_NAMES, NONE, RIGHT, Rows, compared


@dataclass(frozen=True)
class Named:
    """A slip by name (the kind of its edit, or a mistake's slug), and the sentence about it."""

    name: str
    sentence: str


class Bank:
    """The rows of one exercise on all case sets; a look-up takes about half a millisecond."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._ranks = np.array([rank for _, _, rank in rows.said], int)

    def name(self, answers: Answers, wrong: Mapping[str, Sequence[Tree]]) -> dict[str, Named]:
        """The slips behind checks that failed: name of the check → slip.

        `wrong` holds, for each failed check, the part that came back on each of its cases. A slip
        that explains more of them is said before one that explains fewer, then one that leaves
        the other checks right.
        """
        checks = compared(answers)
        rows = {
            place: row
            for place, check in enumerate(checks)
            if check.name in wrong
            and (row := self._row(answers, place, wrong[check.name])) is not None
        }
        if not rows:
            return {}
        fits = np.array([self.rows.groups[:, place] == row + 1 for place, row in rows.items()])
        fits &= self._consistent(checks, rows, wrong)
        explained = fits.sum(axis=0)
        others = [i for i, check in enumerate(checks) if check.name not in wrong]
        spoiled = (self.rows.groups[:, others] != RIGHT).sum(axis=1)
        order = np.lexsort((self._ranks, spoiled, -explained))
        found: dict[str, Named] = {}
        for place, fit in zip(rows, fits, strict=True):
            said = [self.rows.said[i][:2] for i in order if fit[i]]
            if said and len(set(said)) <= MOST_NAMES:
                found[checks[place].name] = Named(*said[0])
        return found

    def _consistent(
        self, checks: Sequence[Check], rows: Mapping[int, int], wrong: Collection[str]
    ) -> NDArray[np.bool_]:
        """(rows, slips): what a slip gives in other checks of the same part came back, too.

        Where the bank does not know what it gives (NONE), it may.
        """
        agrees = self.rows.groups == NONE
        for place, check in enumerate(checks):
            expected = rows[place] + 1 if place in rows else RIGHT
            if place in rows or check.name not in wrong:
                agrees[:, place] |= self.rows.groups[:, place] == expected
        alike = [
            [i for i, other in enumerate(checks) if other.part == checks[p].part] for p in rows
        ]
        return np.array([agrees[:, places].all(axis=1) for places in alike])

    def _row(self, answers: Answers, place: int, values: Sequence[Tree]) -> int | None:
        """The row that these values agree with."""
        check = compared(answers)[place]
        rights = answers.rights[check.name]
        mark = fingerprint(values, rights[0], check.tolerance)
        if mark is None or mark.constant:
            return None
        here = answers.case_set
        near = mark.fits(self.rows.forms[:, here], self.rows.shadows[:, here])
        found = np.flatnonzero(near & (self.rows.checks == place))
        return int(found[0]) if len(found) == 1 else None


def to_bytes(rows: Rows) -> bytes:
    """The rows as numpy's own file format."""
    said = np.frombuffer(json.dumps(rows.said).encode(), np.uint8)
    file = io.BytesIO()
    np.savez(
        file,
        said=said,
        groups=rows.groups,
        checks=rows.checks,
        forms=rows.forms,
        shadows=rows.shadows,
    )
    return file.getvalue()


def from_bytes(data: bytes) -> Rows:
    """The rows that `to_bytes` wrote; raises ValueError or LookupError for anything else."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        said = json.loads(arrays["said"].tobytes())
        return Rows(
            tuple((name, words, rank) for name, words, rank in said),
            *(arrays[name] for name in ("groups", "checks", "forms", "shadows")),
        )
