"""Draw the pictures of ps5: the 3-4-1 network, and the boxes of its two gradients.

Run it from the course's folder: python figures/ps5_bike_sharing.py
"""

from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

TARGET = Path(__file__).parents[1] / "source" / "ps5_bike_sharing"

INK, FORWARD, FAINT = "#222222", "#1f6fb2", "#b5b5b5"
INPUT, UNIT, ERROR, RESULT = "#cfe2f3", "#fdf3e3", "#f6d5c6", "#d5e8d0"
Point = tuple[float, float]
Box = tuple[str, str, str, str]
"""Name, number of rows, number of columns (both as written), color."""

LENGTHS = {"$N$": 2.6, "$D$": 1.2, "$H$": 1.6, "$1$": 0.5}
FEATURES = ("temperature", "clock, sine", "clock, cosine")


def main() -> None:
    """Write both pictures; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps5"
    draw_network(TARGET / "network.svg")
    draw_boxes(TARGET / "boxes.svg")


def draw_network(path: Path) -> None:
    """Draw the units of one example, and under each column the shapes for a batch."""
    axes = _canvas(-2.9, 10.2, -2.2, 4.3)
    inputs = [(0.0, 3.1 - 1.4 * row) for row in range(3)]
    hidden = [(4.2, 3.6 - 1.3 * row) for row in range(4)]
    output = (8.2, 1.7)
    for start in inputs:
        for end in hidden:
            _line(axes, start, end)
    for start in hidden:
        _line(axes, start, output)
    for place, name in zip(inputs, FEATURES, strict=True):
        _unit(axes, place, "", INPUT, 0.35)
        axes.text(place[0] - 0.55, place[1], name, ha="right", va="center", fontsize=13, color=INK)
    for place in hidden:
        _unit(axes, place, "$\\sigma$", UNIT, 0.48)
    _unit(axes, output, "$\\hat{y} = out$", UNIT, 0.85)
    for x, words in (
        (0.0, "$X$\n$(N, 3)$"),
        (2.1, "$W_{ih}$\n$(3, 4)$"),
        (4.2, "hidden $A$\n$(N, 4)$"),
        (6.2, "$W_{ho}$\n$(4, 1)$"),
        (8.2, "$\\hat{y}$\n$(N, 1)$"),
    ):
        axes.text(x, -1.5, words, ha="center", va="center", fontsize=14, color=FORWARD)
    _save(axes, path)


def draw_boxes(path: Path) -> None:
    """Draw the two products that have the shapes of the two weights."""
    axes = _canvas(-0.6, 17.2, -0.6, 3.3)
    _product(
        axes,
        0.0,
        ("$A^T$", "$H$", "$N$", UNIT),
        ("$\\hat{y}-y$", "$N$", "$1$", ERROR),
        ("$dW_{ho}$", "$H$", "$1$", RESULT),
    )
    _product(
        axes,
        8.4,
        ("$X^T$", "$D$", "$N$", INPUT),
        ("$\\delta$", "$N$", "$H$", ERROR),
        ("$dW_{ih}$", "$D$", "$H$", RESULT),
    )
    _save(axes, path)


def _product(axes: Axes, x: float, left: Box, right: Box, result: Box) -> None:
    """Draw left · right = result; the sides that meet have the same name and length."""
    x = _box(axes, x, left)
    axes.text(x + 0.35, 1.3, "$\\cdot$", ha="center", va="center", fontsize=22, color=INK)
    x = _box(axes, x + 1.1, right)
    axes.text(x + 0.5, 1.3, "$=$", ha="center", va="center", fontsize=20, color=INK)
    _box(axes, x + 1.5, result)


def _box(axes: Axes, x: float, box: Box) -> float:
    """Draw a box whose left side is at x; returns where its right side is."""
    name, rows, columns, color = box
    height, width = LENGTHS[rows], LENGTHS[columns]
    bottom = 1.3 - height / 2
    axes.add_patch(Rectangle((x, bottom), width, height, facecolor=color, edgecolor=INK))
    above = (x + width / 2, bottom + height + 0.15)  # some boxes are too narrow for their names
    axes.text(*above, name, ha="center", va="bottom", fontsize=15, color=INK)
    axes.text(x - 0.08, 1.3, rows, ha="right", va="center", fontsize=12, color=FORWARD)
    axes.text(
        x + width / 2, bottom - 0.1, columns, ha="center", va="top", fontsize=12, color=FORWARD
    )
    return x + width


def _canvas(left: float, right: float, bottom: float, top: float) -> Axes:
    figure = plt.figure(figsize=((right - left) * 0.72, (top - bottom) * 0.72))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.axis("off")
    return axes


def _unit(axes: Axes, place: Point, words: str, color: str, radius: float) -> None:
    axes.add_patch(plt.Circle(place, radius, facecolor=color, edgecolor=INK, zorder=2))
    axes.text(*place, words, ha="center", va="center", fontsize=14, color=INK, zorder=3)


def _line(axes: Axes, start: Point, end: Point) -> None:
    axes.plot(*zip(start, end, strict=True), color=FAINT, lw=1.3, zorder=1)


def _save(axes: Axes, path: Path) -> None:
    axes.figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(axes.figure)


if __name__ == "__main__":
    main()
