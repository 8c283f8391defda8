"""The drawing of where a matrix differs, as inline SVG: the same in the notebook and on pages."""

from collections.abc import Sequence

CELL = 16
MOST_CELLS = 900
"""A larger matrix is not drawn: its cells would be too small to see."""


def grid_drawing(pattern: Sequence[str]) -> str:
    """Draw rows of `x` (wrong) and `.` (right): wrong cells are filled, and crossed for print.

    Empty where there is nothing to see: all of it is wrong, or right, or it is too large.
    """
    wrong = sum(row.count("x") for row in pattern)
    total = sum(map(len, pattern))
    if not 0 < wrong < total <= MOST_CELLS:
        return ""
    height, width = len(pattern), max(map(len, pattern))
    cells = "".join(
        grid_cell(i, j, entry == "x")
        for i, row in enumerate(pattern)
        for j, entry in enumerate(row)
    )
    words = f"{wrong} of {total} entries differ: they are crossed"
    return (
        f'<svg class="pattern" role="img" aria-label="{words}" width="{CELL * width + 2}" '
        f'height="{CELL * height + 2}" viewBox="-1 -1 {CELL * width + 2} {CELL * height + 2}" '
        f'fill="none" stroke="#808080"><title>{words}</title>{cells}</svg>'
    )


def grid_cell(i: int, j: int, wrong: bool) -> str:
    """One cell, by row and column."""
    x, y = j * CELL, i * CELL
    square = f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}"'
    if not wrong:
        return f"{square}/>"
    cross = f"M{x + 4} {y + 4}l{CELL - 8} {CELL - 8}m0 {8 - CELL}l{8 - CELL} {CELL - 8}"
    return f'{square} class="off" fill="#e8935a"/><path d="{cross}" stroke="#000"/>'
