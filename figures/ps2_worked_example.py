"""Draw the pictures of ps2: the 2-1-1 network on its way forward and on its way back.

Run it from the course's folder: python figures/ps2_worked_example.py
"""

import math
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

TARGET = Path(__file__).parents[1] / "source" / "ps2_worked_example"

INK, FORWARD, BACKWARD = "#222222", "#1f6fb2", "#c0562b"
INPUT, UNIT, FAINT = "#eef4fa", "#fdf3e3", "#9a9a9a"
Point = tuple[float, float]
X1, X2, HIDDEN, OUTPUT = (0.0, 3.0), (0.0, 0.0), (4.6, 1.5), (9.2, 1.5)
RADIUS = {X1: 0.62, X2: 0.62, HIDDEN: 1.14, OUTPUT: 1.14}


def main() -> None:
    """Write both pictures; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps2"
    draw_forward(TARGET / "network.svg")
    draw_backward(TARGET / "backward.svg")


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


def draw_backward(path: Path) -> None:
    """Draw the same network from right to left: error terms, and the steps they make."""
    axes = _canvas()
    _arrow(axes, HIDDEN, X1, BACKWARD, r"$\Delta W_1 = 0.00015$")
    _arrow(axes, HIDDEN, X2, BACKWARD, r"$\Delta W_2 = 0.00045$", below=True)
    _arrow(axes, OUTPUT, HIDDEN, BACKWARD, r"$\Delta w_{out} = 0.0302$")
    _unit(axes, X1, INPUT, "$x_1$\n$0.1$")
    _unit(axes, X2, INPUT, "$x_2$\n$0.3$")
    _unit(axes, HIDDEN, UNIT, "$\\delta_h$\n$0.003$", BACKWARD)
    _unit(axes, OUTPUT, UNIT, "$\\delta_o$\n$0.122$", BACKWARD)
    _caption(axes, HIDDEN, "hidden unit", r"$w_{out}\,\delta_o\; a(1-a)$", BACKWARD)
    _caption(axes, OUTPUT, "output unit", r"$(y-\hat{y})\;\hat{y}(1-\hat{y})$", BACKWARD)
    axes.text(
        10.75,
        1.5,
        "error\n$y − \\hat{y}$\n$0.488$",
        va="center",
        fontsize=14,
        color=BACKWARD,
        linespacing=1.5,
    )
    _save(axes, path)


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


if __name__ == "__main__":
    main()
