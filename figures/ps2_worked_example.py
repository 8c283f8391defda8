"""Draw the pictures of ps2: the 2-1-1 network, and the lecture's sheet, empty and filled in.

Run it from the course's folder: python figures/ps2_worked_example.py
"""

import math
from collections.abc import Mapping
from pathlib import Path
from string import Template

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

COURSE = Path(__file__).parents[1]
TARGET = COURSE / "source" / "ps2_worked_example"
NOTE = COURSE / "exercises" / "ps2_worked_example"
"""Where the picture lies that is shown after the sheet is right."""

INK, FORWARD = "#222222", "#1f6fb2"
INPUT, UNIT, FAINT = "#eef4fa", "#fdf3e3", "#9a9a9a"
Point = tuple[float, float]
X1, X2, HIDDEN, OUTPUT = (0.0, 3.0), (0.0, 0.0), (4.6, 1.5), (9.2, 1.5)
RADIUS = {X1: 0.62, X2: 0.62, HIDDEN: 1.14, OUTPUT: 1.14}


def main() -> None:
    """Write all pictures; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps2"
    draw_forward(TARGET / "network.svg")
    blanks = ("delta_o", "delta_h", "step_out", "step_W1", "step_W2")
    write_sheet(TARGET / "sheet.svg", dict.fromkeys(blanks, "?"), "five blanks")
    numbers = ("0.122", "0.003", "0.0302", "0.00015", "0.00045")
    filled = dict(zip(blanks, numbers, strict=True))
    write_sheet(NOTE / "sheet.svg", filled, "the five blanks filled in")


def draw_forward(path: Path) -> None:
    """Draw the network with the lecture's numbers, from the inputs to ŷ."""
    axes = _canvas()
    _arrow(axes, X1, HIDDEN, FORWARD, "$W_1 = 0.4$")
    _arrow(axes, X2, HIDDEN, FORWARD, "$W_2 = −0.2$", below=True)
    _arrow(axes, HIDDEN, OUTPUT, FORWARD, "$w_{out} = 0.1$")
    _unit(axes, X1, INPUT, "$x_1$\n$0.1$")
    _unit(axes, X2, INPUT, "$x_2$\n$0.3$")
    _unit(axes, HIDDEN, UNIT, "$h = −0.02$\n$a = 0.495$")
    _unit(axes, OUTPUT, UNIT, "$out = 0.0495$\n$\\hat{y} = 0.512$")
    _caption(axes, HIDDEN, "hidden unit", r"$h = W \cdot x,\quad a = \sigma(h)$", INK)
    _caption(axes, OUTPUT, "output unit", r"$out = w_{out}\, a,\quad \hat{y} = \sigma(out)$", INK)
    axes.text(10.75, 1.5, "target\n$y = 1$", va="center", fontsize=14, color=INK, linespacing=1.5)
    _save(axes, path)


SHEET = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 250" width="680" role="img"
 aria-label="The way back through the 2-1-1 network, with $what" font-family="sans-serif"
 font-size="15" text-anchor="middle">
<rect width="680" height="250" fill="#ffffff"/>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
 orient="auto"><path d="M0 0L8 4L0 8z" fill="#c0562b"/></marker></defs>
<g fill="none" stroke="#c0562b" stroke-width="2" marker-end="url(#tip)">
<path d="M262 108L88 58"/><path d="M262 142L88 192"/><path d="M512 125L372 125"/></g>
<g stroke="#222222" stroke-width="1.5">
<circle cx="55" cy="48" r="32" fill="#eef4fa"/><circle cx="55" cy="202" r="32" fill="#eef4fa"/>
<circle cx="315" cy="125" r="55" fill="#fdf3e3"/><circle cx="570" cy="125" r="55" fill="#fdf3e3"/>
</g>
<g fill="#222222"><text x="55" y="44">x&#8321;</text><text x="55" y="62">0.1</text>
<text x="55" y="198">x&#8322;</text><text x="55" y="216">0.3</text>
<text x="315" y="118">&#948;<tspan dy="4" font-size="11">h</tspan></text>
<text x="570" y="118">&#948;<tspan dy="4" font-size="11">o</tspan></text>
<text x="315" y="56" fill="#777777">hidden unit</text>
<text x="570" y="56" fill="#777777">output unit</text></g>
<g fill="#c0562b" font-weight="bold"><text x="315" y="142">$delta_h</text>
<text x="570" y="142">$delta_o</text></g>
<g fill="#c0562b">
<text x="190" y="66">&#916;W&#8321; = <tspan font-weight="bold">$step_W1</tspan></text>
<text x="190" y="196">&#916;W&#8322; = <tspan font-weight="bold">$step_W2</tspan></text>
<text x="442" y="112">&#916;w<tspan dy="4" font-size="11">out</tspan><tspan dy="-4">
 = </tspan><tspan font-weight="bold">$step_out</tspan></text></g>
</svg>
"""


def write_sheet(path: Path, blanks: Mapping[str, str], what: str) -> None:
    """Write the sheet's way back: an error term in each unit, a step on each edge."""
    path.write_text(Template(SHEET).substitute(blanks, what=what), "ascii")


def _canvas() -> Axes:
    _, axes = plt.subplots(figsize=(11.4, 4.6))
    axes.set(xlim=(-0.9, 12.1), ylim=(-1.1, 4.1), aspect="equal")
    axes.axis("off")
    return axes


def _unit(axes: Axes, at: Point, fill: str, words: str, color: str = INK) -> None:
    """Draw a unit with its two lines of numbers."""
    axes.add_patch(
        plt.Circle(at, RADIUS[at], facecolor=fill, edgecolor=INK, linewidth=1.6, zorder=3)
    )
    axes.text(
        *at, words, ha="center", va="center", fontsize=14, color=color, zorder=4, linespacing=1.5
    )


def _caption(axes: Axes, at: Point, name: str, formula: str, color: str) -> None:
    """Write a unit's name above it and its formula below."""
    axes.text(at[0], at[1] + 1.32, name, ha="center", va="bottom", fontsize=13, color=FAINT)
    axes.text(at[0], at[1] - 1.36, formula, ha="center", va="top", fontsize=14, color=color)


def _arrow(
    axes: Axes, start: Point, end: Point, color: str, words: str, below: bool = False
) -> None:
    """Draw an arrow from rim to rim, with words beside its middle, along the line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx**2 + dy**2) ** 0.5
    ux, uy = dx / length, dy / length
    tail = start[0] + RADIUS[start] * ux, start[1] + RADIUS[start] * uy
    tip = end[0] - RADIUS[end] * ux, end[1] - RADIUS[end] * uy
    axes.annotate("", tip, tail, arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 2})
    middle = (tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2
    angle, aside = math.atan(dy / dx), -0.16 if below else 0.16
    axes.text(
        middle[0] - aside * math.sin(angle),
        middle[1] + aside * math.cos(angle),
        words,
        ha="center",
        va="top" if below else "bottom",
        rotation=math.degrees(angle),  # upright, whichever way the arrow points
        rotation_mode="anchor",
        fontsize=14,
        color=color,
    )


def _save(axes: Axes, path: Path) -> None:
    axes.figure.savefig(path, metadata={"Date": None}, bbox_inches="tight", facecolor="white")
    plt.close(axes.figure)
    drawn = "".join(line.rstrip() + "\n" for line in path.read_text("utf-8").splitlines())
    path.write_text(drawn, "ascii", errors="xmlcharrefreplace")


if __name__ == "__main__":
    main()
