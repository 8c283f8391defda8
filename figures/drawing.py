"""What static pictures share: a canvas, matrices as boxes, arrows, and the same bytes always."""

import io
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

INK, VALUE, ERROR, GRADIENT = "#222222", "#bcd6ee", "#f3c583", "#b5d7a3"
"""Text; what runs forward; what runs back; what the parameters get."""
UNKNOWN = "#ffffff"
"""What is asked for: an empty box with a question mark."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Matrix:
    """A matrix drawn as a box: its name, the names of its sides, and its colour."""

    name: str
    rows: str
    columns: str
    colour: str = VALUE


def canvas(width: float, height: float, scale: float = 0.62) -> tuple[Figure, Axes]:
    """Make an empty picture whose unit is `scale` inches."""
    mpl.use("Agg")
    figure, axes = plt.subplots(figsize=(width * scale, height * scale))
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal", position=(0, 0, 1, 1))
    axes.axis("off")
    return figure, axes


def save(figure: Figure, path: Path) -> None:
    """Write an SVG without date or random names, so that drawing it again changes nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_svg(figure, path.stem), "ascii")


def save_for_note(figure: Figure, path: Path, alt: str) -> None:
    """Write an SVG for a note that `check` reveals: the drawing alone, with its alt text."""
    svg = _svg(figure, path.stem)
    drawing = svg[svg.index("<svg ") :].replace(
        "<svg ", f'<svg role="img" aria-label="{escape(alt, quote=True)}" ', 1
    )
    without_metadata = re.sub(r" *<metadata>.*?</metadata>\n", "", drawing, flags=re.S)
    path.write_text(_ascii(without_metadata), "ascii")


def _svg(figure: Figure, salt: str) -> str:
    """Draw and close a figure: no trailing blanks, and characters beyond ASCII by their numbers."""
    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": salt}):
        figure.savefig(text, format="svg", metadata={"Date": None}, facecolor="white")
    plt.close(figure)
    return _ascii("".join(line.rstrip() + "\n" for line in text.getvalue().splitlines()))


def _ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()


def text(axes: Axes, at: Point, words: str, size: float = 12, **style: str) -> None:
    """Write words around a point."""
    placed = {"ha": "center", "va": "center", "color": INK} | style
    axes.text(*at, words, fontsize=size, **placed)


def arrow(axes: Axes, start: Point, end: Point, colour: str = INK) -> None:
    """Draw an arrow between two points."""
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)


def box(axes: Axes, corner: Point, size: Point, colour: str) -> None:
    """Draw a filled rectangle from its lower left corner."""
    line = "--" if colour == UNKNOWN else "-"
    axes.add_patch(
        Rectangle(corner, *size, facecolor=colour, edgecolor=INK, linewidth=1, linestyle=line)
    )


def equation(
    axes: Axes, start: Point, terms: list[Matrix | str], lengths: dict[str, float]
) -> float:
    """Draw matrices (and the signs between them) in a row, centred on `start`'s height.

    `lengths` gives each side's length by its name. Returns where the row ends.
    """
    x, middle = start
    for term in terms:
        if isinstance(term, str):
            text(axes, (x + 0.3, middle), term, 15)
            x += 0.6
        else:
            x = _matrix(axes, (x + 0.55, middle), term, lengths) + 0.1
    return x


def _matrix(axes: Axes, left_middle: Point, matrix: Matrix, lengths: dict[str, float]) -> float:
    """Draw one matrix with its sides named; returns its right edge."""
    x, middle = left_middle
    width, height = lengths[matrix.columns], lengths[matrix.rows]
    box(axes, (x, middle - height / 2), (width, height), matrix.colour)
    text(axes, (x - 0.08, middle), matrix.rows, 10, ha="right")
    text(axes, (x + width / 2, middle + height / 2 + 0.16), matrix.columns, 10)
    if matrix.colour == UNKNOWN:
        text(axes, (x + width / 2, middle), "?", 16)
    small = width < 0.5 or height < 0.4 or matrix.colour == UNKNOWN
    below = middle - height / 2 - 0.25 if small else middle
    text(axes, (x + width / 2, below), matrix.name, 13)
    return x + width
