"""Products of matrices as boxes, in SVG: pictures that a record's note shows after ✓."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

VALUE, ERROR, GRADIENT = "#bcd6ee", "#f3c583", "#b5d7a3"
"""What runs forward; what runs back; what the parameters get. The notebooks' pictures agree."""
INK, FONT = "#222222", "font-family='sans-serif' text-anchor='middle'"
GAP, SIGN, ROW = 26, 26, 128
"""Before a box, for the name of its side; for a sign; for an equation."""


@dataclass(frozen=True)
class Box:
    """A matrix: its name, the names of its sides, its colour. One side may be empty: a vector."""

    name: str
    rows: str
    columns: str
    colour: str = VALUE


Equation = Sequence[Box | str]


def picture(equations: Sequence[Equation], lengths: Mapping[str, int], says: str) -> str:
    """Draw equations below one another, each matrix as long as `lengths` says of its sides.

    `says` is what a reader without the picture should know. The SVG is ASCII.
    """
    drawn, width = [], 0
    for place, equation in enumerate(equations):
        parts, end = _equation(equation, lengths, ROW * place + ROW // 2)
        drawn += parts
        width = max(width, end)
    height = ROW * len(equations)
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
        f"width='{width}' role='img' aria-label=\"{escape(says)}\">"
        f"<rect width='{width}' height='{height}' fill='white'/>"
    )
    return (head + "".join(drawn) + "</svg>").encode("ascii", "xmlcharrefreplace").decode()


def _equation(equation: Equation, lengths: Mapping[str, int], middle: int) -> tuple[list[str], int]:
    """The shapes of one line, and where it ends."""
    drawn, x = [], 8
    for term in equation:
        if isinstance(term, str):
            drawn.append(_text(x + SIGN // 2, middle + 5, term, 17))
            x += SIGN
        else:
            width, height = lengths.get(term.columns, 16), lengths.get(term.rows, 16)
            x += GAP
            drawn += _box(term, x, middle - height // 2, width, height)
            x += width + 8
    return drawn, x + 8


def _box(box: Box, x: int, y: int, width: int, height: int) -> list[str]:
    """A rectangle, the names of its sides left of it and above it, its own in it or below it."""
    small = min(width, height) < 30
    name = y + height + 17 if small else y + height // 2 + 6
    return [
        f"<rect x='{x}' y='{y}' width='{width}' height='{height}' fill='{box.colour}' "
        f"stroke='{INK}'/>",
        _text(x - 10, y + height // 2 + 4, box.rows, 12),
        _text(x + width // 2, y - 5, box.columns, 12),
        _text(x + width // 2, name, box.name, 16),
    ]


def _text(x: int, y: int, words: str, size: int) -> str:
    """Centred words; none for none."""
    style = f"font-size='{size}' fill='{INK}' {FONT}"
    return f"<text x='{x}' y='{y}' {style}>{escape(words)}</text>" if words else ""
