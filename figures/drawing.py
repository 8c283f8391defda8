"""What static pictures share: a canvas, matrices as boxes, arrows, and the same bytes always."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

INK, VALUE, ERROR, GRADIENT = "#222222", "#bcd6ee", "#f3c583", "#b5d7a3"
"""Text; what runs forward; what runs back; what the parameters get."""

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
    with mpl.rc_context({"svg.hashsalt": path.stem}):
        figure.savefig(path, metadata={"Date": None}, facecolor="white")
    plt.close(figure)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("".join(line.rstrip() + "\n" for line in lines), "utf-8")


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
    axes.add_patch(Rectangle(corner, *size, facecolor=colour, edgecolor=INK, linewidth=1))


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
    small = width < 0.5 or height < 0.4
    below = middle - height / 2 - 0.25 if small else middle
    text(axes, (x + width / 2, below), matrix.name, 13)
    return x + width
