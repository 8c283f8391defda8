"""Draw the pictures of ps3: the 6-2-1 network with its shapes, and the way back through it.

Run it from the course's folder: python figures/ps3_gre_admissions.py
"""

from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

TARGET = Path(__file__).parents[1] / "source" / "ps3_gre_admissions"

INK, FORWARD, BACKWARD, FAINT = "#222222", "#1f6fb2", "#c0562b", "#b5b5b5"
INPUT, UNIT = "#eef4fa", "#fdf3e3"
Point = tuple[float, float]

FEATURES = ("gre", "gpa", "rank 1", "rank 2", "rank 3", "rank 4")
INPUTS: tuple[Point, ...] = tuple((0.0, 5.0 - row) for row in range(6))
HIDDEN: tuple[Point, ...] = ((4.2, 3.6), (4.2, 1.4))
OUTPUT: Point = (8.2, 2.5)


def main() -> None:
    """Write both pictures; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps3"
    draw_network(TARGET / "network.svg")
    draw_way_back(TARGET / "way_back.svg")


def draw_network(path: Path) -> None:
    """Draw all weights of the network, and under each column the shape of what is in it."""
    axes = _canvas(-1.8, 10.6)
    for start in INPUTS:
        for end in HIDDEN:
            _line(axes, start, end)
    for start in HIDDEN:
        _line(axes, start, OUTPUT)
    for place, name in zip(INPUTS, FEATURES, strict=True):
        _unit(axes, place, "", INPUT, 0.3)
        axes.text(place[0] - 0.5, place[1], name, ha="right", va="center", fontsize=13, color=INK)
    for number, place in enumerate(HIDDEN, 1):
        _unit(axes, place, f"$h_{number} \\to a_{number}$", UNIT, 0.78)
    _unit(axes, OUTPUT, "$out \\to \\hat{y}$", UNIT, 0.9)
    for x, words in (
        (0.0, "$x$\n(6,)"),
        (2.1, "$W_{ih}$\n(6, 2)"),
        (4.2, "hidden $a$\n(2,)"),
        (6.2, "$W_{ho}$\n(2,)"),
        (8.2, "$\\hat{y}$\na number"),
    ):
        axes.text(x, -1.2, words, ha="center", va="center", fontsize=14, color=FORWARD)
    _save(axes, path)


def draw_way_back(path: Path) -> None:
    """Draw one hidden unit's way back: each arrow multiplies by one derivative."""
    axes = _canvas(-1.8, 10.6, bottom=0.5, top=3.7)
    places = [(x, 2.2) for x in (9.4, 6.9, 4.4, 1.9, -0.6)]
    names = ["$\\hat{y} - y$", "$\\delta_o$", "hidden\nerror$_j$", "$\\delta_j$", "$dW_{ij}$"]
    steps = [
        "$\\cdot\\;\\hat{y}(1-\\hat{y})$",
        "$\\cdot\\;W_{ho,j}$",
        "$\\cdot\\;a_j(1-a_j)$",
        "$\\cdot\\;x_i$",
    ]
    for place, name in zip(places, names, strict=True):
        _unit(axes, place, name, UNIT, 0.72)
    for start, end, step in zip(places, places[1:], steps, strict=False):
        _arrow(axes, (start[0] - 0.75, 2.2), (end[0] + 0.78, 2.2))
        middle = (start[0] + end[0]) / 2
        axes.text(middle, 3.05, step, ha="center", fontsize=14, color=BACKWARD)
    for (x, _), word in zip(
        places, ("a number", "a number", "(2,)", "(2,)", "(6, 2)"), strict=True
    ):
        axes.text(x, 0.95, word, ha="center", fontsize=12, color=FORWARD)
    _save(axes, path)


def _canvas(left: float, right: float, bottom: float = -2.0, top: float = 5.6) -> Axes:
    figure = plt.figure(figsize=((right - left) * 0.78, (top - bottom) * 0.78))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.axis("off")
    return axes


def _unit(axes: Axes, place: Point, words: str, color: str, radius: float) -> None:
    axes.add_patch(plt.Circle(place, radius, facecolor=color, edgecolor=INK, zorder=2))
    axes.text(*place, words, ha="center", va="center", fontsize=14, color=INK, zorder=3)


def _line(axes: Axes, start: Point, end: Point) -> None:
    axes.plot(*zip(start, end, strict=True), color=FAINT, lw=1.3, zorder=1)


def _arrow(axes: Axes, start: Point, end: Point) -> None:
    arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=arrow)


def _save(axes: Axes, path: Path) -> None:
    axes.figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(axes.figure)


if __name__ == "__main__":
    main()
