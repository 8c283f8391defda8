"""Draw the pictures of ps3: the 6-2-1 network, and the way back through it.

Run it from the course's folder: python figures/ps3_gre_admissions.py
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from string import Template

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

COURSE = Path(__file__).parents[1]
TARGET = COURSE / "source" / "ps3_gre_admissions"
NOTE = COURSE / "exercises" / "ps3_gre_admissions"
"""Where the picture lies that is shown after ✓."""

INK, FORWARD, FAINT = "#222222", "#1f6fb2", "#b5b5b5"
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
    write_way_back(NOTE / "way_back.svg")


def draw_network(path: Path) -> None:
    """Draw all weights of the network, and under each column what is in it."""
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
        (0.0, "$x$"),
        (2.1, "$W_{ih}$"),
        (4.2, "hidden units"),
        (6.2, "$W_{ho}$"),
        (8.2, "output unit"),
    ):
        axes.text(x, -1.0, words, ha="center", va="center", fontsize=14, color=FORWARD)
    _save(axes, path)


WAY_BACK = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 150" width="700" role="img"
 aria-label="From the error to a weight in four steps; each multiplies by one slope"
 font-family="sans-serif" font-size="14" text-anchor="middle">
<rect width="700" height="150" fill="#ffffff"/>
<defs><marker id="back" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
 orient="auto"><path d="M0 0L8 4L0 8z" fill="#c0562b"/></marker></defs>
<g stroke="#c0562b" stroke-width="2" marker-end="url(#back)">$arrows</g>
<g fill="#fdf3e3" stroke="#222222" stroke-width="1.3">$units</g>
<g fill="#222222">$names</g>
<g fill="#c0562b">$slopes</g>
<g fill="#1f6fb2" font-size="13">$shapes</g>
</svg>
"""
UP = '<tspan dy="-4">{}</tspan>'
SUB = '<tspan dy="4" font-size="10">{}</tspan>'
NAMES = (
    "y&#770; &#8722; y",
    "&#948;" + SUB.format("o"),
    "&#8706;L/&#8706;a" + SUB.format("j"),
    "&#948;" + SUB.format("j"),
    "dW" + SUB.format("ij"),
)
SLOPES = (
    "&#183; y&#770;(1 &#8722; y&#770;)",
    "&#183; (W" + SUB.format("ho") + UP.format(")") + SUB.format("j"),
    "&#183; a" + SUB.format("j") + UP.format("(1 &#8722; a") + SUB.format("j") + UP.format(")"),
    "&#183; x" + SUB.format("i"),
)
SHAPES = ("a number", "a number", "(H,)", "(H,)", "(D, H)")


def write_way_back(path: Path) -> None:
    """Write one hidden unit's way back: each arrow multiplies by one slope."""
    places = [640 - 145 * step for step in range(5)]
    halves = [(left + right) / 2 for left, right in pairwise(places)]
    drawn = {
        "arrows": "".join(f'<path d="M{x - 38} 85H{x - 106}"/>' for x in places[:-1]),
        "units": "".join(f'<circle cx="{x}" cy="85" r="36"/>' for x in places),
        "names": _words(places, 90, NAMES),
        "slopes": _words(halves, 30, SLOPES),
        "shapes": _words(places, 142, SHAPES),
    }
    path.write_text(Template(WAY_BACK).substitute(drawn), "ascii")


def _words(places: Sequence[float], height: int, words: Sequence[str]) -> str:
    pairs = zip(places, words, strict=True)
    return "".join(f'<text x="{x:g}" y="{height}">{word}</text>' for x, word in pairs)


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


def _save(axes: Axes, path: Path) -> None:
    axes.figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(axes.figure)
    drawn = "".join(line.rstrip() + "\n" for line in path.read_text("utf-8").splitlines())
    path.write_text(drawn, "ascii", errors="xmlcharrefreplace")


if __name__ == "__main__":
    main()
