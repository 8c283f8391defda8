"""Show a finding: a small table in Jupyter, plain text elsewhere."""

import html
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIGNS = {"passed": "✓", "wrong": "✗", "unstarted": "–"}
TABLE_HEAD = "<tr><th></th><th>part</th><th>your shape</th><th>what to know</th></tr>"
MOST_CELLS = 900
"""A larger matrix is not drawn: its cells would be too small to see."""


@dataclass(frozen=True)
class Row:
    """One check, or one exercise: `state` is passed, wrong or unstarted.

    `wrong` marks the entries of a matrix that differ. Words about what passed are a note.
    """

    label: str
    state: str
    words: str = ""
    shape: str = ""
    wrong: NDArray[np.bool_] | None = None

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

    def __repr__(self) -> str:
        rows = () if self.state == "passed" else self.rows
        lines = [f"{SIGNS[row.state]} {row.fault or row.label}" for row in rows]
        if len(rows) != 1:  # the words of a single check name its function
            lines = [f"{SIGNS[self.state]} {self.title}", *(f"  {line}" for line in lines)]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        head = f"<b>{SIGNS[self.state]} {html.escape(self.title)}</b>"
        rows = "" if self.state == "passed" else "".join(map(_table_row, self.rows))
        table = (
            f"<table>{TABLE_HEAD if any(row.shape for row in self.rows) else ''}{rows}</table>"
            if rows
            else ""
        )
        notes = "".join(f"<div><i>{html.escape(note)}</i></div>" for note in self.notes)
        return f"<div>{head}{table}{notes}</div>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def show(card: Card) -> None:
    """Display a card once: through IPython where it runs, else by printing."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display  # only where it runs already

        display(card)
    else:
        print(card)


def _table_row(row: Row) -> str:
    cells = [SIGNS[row.state], html.escape(row.label), html.escape(row.shape)]
    cells += [html.escape(row.fault) + (_picture(row.wrong) if row.wrong is not None else "")]
    style = ' style="text-align:left;vertical-align:top"'
    return "<tr>" + "".join(f"<td{style}>{cell}</td>" for cell in cells) + "</tr>"


def _picture(wrong: NDArray[np.bool_]) -> str:
    """Draw where a matrix differs: wrong cells are filled and crossed."""
    grid = np.atleast_2d(wrong)
    if grid.ndim > 2 or not 1 < grid.size <= MOST_CELLS:
        return ""
    height, width = grid.shape
    cells = "".join(
        f'<rect x="{j}" y="{i}" width="1" height="1" fill="{"#d55e00" if bad else "none"}"/>'
        + (f'<path d="M{j} {i}l1 1m-1 0l1-1"/>' if bad else "")
        for (i, j), bad in np.ndenumerate(grid)
    )
    words = f"{int(grid.sum())} of {grid.size} entries differ; they are crossed"
    return (
        f'<br><svg role="img" aria-label="{words}" width="{12 * width}" height="{12 * height}" '
        f'viewBox="0 0 {width} {height}" stroke="currentColor" stroke-width="0.06">'
        f"<title>{words}</title>{cells}</svg>"
    )
