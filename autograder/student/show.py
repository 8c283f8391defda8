"""Show a finding: a small table in Jupyter, plain text elsewhere."""

import html
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.report.grid import MOST_CELLS, grid_drawing
from autograder.student.note import Note
from autograder.student.screen import say

SIGNS = {"passed": "✓", "wrong": "✗", "unstarted": "–", "waiting": "…"}
PAPERS = {"passed": "#17744a", "wrong": "#b3372f", "unstarted": "#566174", "waiting": "#8f5f00"}
"""A sign stands on paper of its own: no ink stands out enough from light and dark notebooks."""
LEFT = ' style="text-align:left;vertical-align:top"'
TABLE_HEAD = "".join(
    f"<th{LEFT}>{head}</th>" for head in ("", "part", "your shape", "what to know")
)


@dataclass(frozen=True)
class Row:
    """One check, or one exercise: `state` is passed, wrong, unstarted or waiting.

    `wrong` marks the entries of a matrix that differ. Words about what passed are a note.
    """

    label: str
    state: str
    words: str = ""
    shape: str = ""
    wrong: NDArray[np.bool_] | None = None
    parts: tuple["Row", ...] = ()
    """A row for each part, where a check looks at several; they are shown in its place."""

    @property
    def fault(self) -> str:
        """What is wrong, in words."""
        return "" if self.state == "passed" else self.words


@dataclass(frozen=True)
class Card:
    """What is shown for one function, or for a whole set."""

    title: str
    state: str
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    reveal: Note | None = None
    """What is shown below ✓."""
    waits: tuple[str, ...] = ()
    """Earlier functions that it uses, and that must be right first."""
    is_trap: bool = False
    """It may mislead what calls it, right as it is: it changes its arguments, or returns lists."""

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows that are shown: none of what passed, and the same words only once."""
        found: dict[str, Row] = {}
        rows = [part for row in self.rows for part in row.parts or (row,)]
        for row in rows if self.state != "passed" else ():
            found.setdefault(row.fault or row.label, row)
        return tuple(found.values())

    def __repr__(self) -> str:
        lines = [f"{SIGNS[row.state]} {row.fault or row.label}" for row in self.told]
        if len(lines) != 1:  # the words of a single check name its function
            lines = [f"{SIGNS[self.state]} {self.title}", *(f"  {line}" for line in lines)]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        rows = self.told
        body = _table(rows) if len(rows) > 1 else "".join(f"<div>{_words(r)}</div>" for r in rows)
        notes = "".join(f"<div><i>{html.escape(note)}</i></div>" for note in self.notes)
        return f"<div><b>{_sign(self.state)} {html.escape(self.title)}</b>{body}{notes}</div>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def show(card: Card) -> None:
    """Display a card once, then its note: through IPython where it runs, else by printing."""
    note = card.reveal
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display  # only where it runs already

        display(card, *((note, *note.pictures) if note else ()))
    else:
        say(card, *([note] if note else ()))


def _table(rows: tuple[Row, ...]) -> str:
    head = TABLE_HEAD if any(row.shape for row in rows) else ""
    return f'<table style="margin-left:0"><tr>{head}</tr>{"".join(map(_table_row, rows))}</table>'


def _table_row(row: Row) -> str:
    cells = [_sign(row.state), html.escape(row.label), html.escape(row.shape), _words(row)]
    return "<tr>" + "".join(f"<td{LEFT}>{cell}</td>" for cell in cells) + "</tr>"


def _sign(state: str) -> str:
    badge = f"background:{PAPERS[state]};color:#fff;padding:0 .3em;border-radius:.2em"
    return f'<span style="{badge}">{SIGNS[state]}</span>'


def _words(row: Row) -> str:
    return html.escape(row.fault) + ("" if row.wrong is None else _picture(row.wrong))


def _picture(wrong: NDArray[np.bool_]) -> str:
    """Where a matrix differs, if some of it is right."""
    grid = np.atleast_2d(wrong)
    if grid.ndim > 2 or grid.size > MOST_CELLS:
        return ""
    drawing = grid_drawing(["".join("x" if bad else "." for bad in row) for row in grid])
    return f"<br>{drawing}" if drawing else ""
