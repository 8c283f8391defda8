"""Draw the pictures of ps1: one neuron as a graph, with its values; and with its gradients as well.

The first stands in the notebook. The second lies beside the record, for the note below ✓.

Run it from the course's folder: python figures/ps1_derivatives.py
"""

import math
import re
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

COURSE = Path(__file__).parents[1]
FORWARD_ONLY = COURSE / "source" / "ps1_derivatives" / "neuron.svg"
BOTH_WAYS = COURSE / "exercises" / "ps1_derivatives" / "neuron_backward.svg"
ALT = (
    "each edge has its value above and, below, the derivative of f with respect to it: 0.235 at "
    "the sum and its inputs, 0.353 and 0.176 at the weights, 0.235 and −0.47 at the inputs"
)

INK, FORWARD, BACKWARD, GATE = "#222222", "#1f6fb2", "#c0562b", "#f1f1ee"
W, X = (0.5, 1.0, -2.0), (1.5, 0.75)
RADIUS = 0.34
Point = tuple[float, float]


def main() -> None:
    """Write the picture; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps1"
    draw_neuron(FORWARD_ONLY, backward=False)
    draw_neuron(BOTH_WAYS, backward=True)
    BOTH_WAYS.write_text(inline(BOTH_WAYS.read_text("ascii")), "ascii")


def inline(svg: str) -> str:
    """The picture alone, to stand in a page: as wide as there is room, and said in words."""
    start = re.sub(r' (width|height)="[^"]*pt"', "", svg[svg.index("<svg") :], count=2)
    alt = ALT.encode("ascii", "xmlcharrefreplace").decode()
    words = f'<svg role="img" aria-label="{alt}" style="max-width:46em"'
    body = re.sub(r"<metadata>.*?</metadata>", "", start, flags=re.DOTALL)
    lines = (line.strip() for line in body.replace("<svg", words, 1).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def draw_neuron(path: Path, backward: bool) -> None:
    """Draw f = σ(w0 + w1·x1 + w2·x2) at W and X; `backward`: with every derivative of f.

    Without them, a question mark stands in their places.
    """
    figure, axes = plt.subplots(figsize=(11, 6.4))
    axes.set(xlim=(-0.5, 11.6), ylim=(-0.6, 6.7), aspect="equal")
    axes.axis("off")
    z = W[0] + W[1] * X[0] + W[2] * X[1]
    f = 1 / (1 + math.exp(-z))
    slope = f * (1 - f) if backward else math.nan
    first, second, total, squash = (3.6, 3.9), (3.6, 0.9), (6.4, 3.9), (8.6, 3.9)
    _edge(axes, (0, 6.2), total, W[0], slope, along=0.42)
    _edge(axes, (0, 4.8), first, W[1], slope * X[0])
    _edge(axes, (0, 3.0), first, X[0], slope * W[1])
    _edge(axes, (0, 1.8), second, W[2], slope * X[1])
    _edge(axes, (0, 0.0), second, X[1], slope * W[2])
    _edge(axes, first, total, W[1] * X[0], slope, along=0.5)
    _edge(axes, second, total, W[2] * X[1], slope, along=0.45)
    _edge(axes, total, squash, z, slope, along=0.5)
    _edge(axes, squash, (10.6, 3.9), f, 1.0 if backward else math.nan, along=0.57)
    for at, sign in ((first, "×"), (second, "×"), (total, "+"), (squash, "σ")):
        _gate(axes, at, sign)
    for y, name in ((6.2, "$w_0$"), (4.8, "$w_1$"), (3, "$x_1$"), (1.8, "$w_2$"), (0, "$x_2$")):
        axes.text(-0.12, y, name, ha="right", va="center", fontsize=16, color=INK)
    axes.text(10.7, 3.9, "$f$", ha="left", va="center", fontsize=16, color=INK)
    axes.text(7.3, 1.7, "values run forward", fontsize=13, color=FORWARD)
    told = "derivatives of $f$ run backward" if backward else "? what runs backward, you find"
    axes.text(7.3, 1.1, told, fontsize=13, color=BACKWARD)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight", facecolor="white")
    path.write_text(path.read_text("utf-8"), "ascii", errors="xmlcharrefreplace")
    plt.close(figure)


def _gate(axes: Axes, at: Point, sign: str) -> None:
    """Draw one operation."""
    axes.add_patch(plt.Circle(at, RADIUS, facecolor=GATE, edgecolor=INK, linewidth=1.6, zorder=3))
    axes.text(*at, sign, ha="center", va="center_baseline", fontsize=19, color=INK, zorder=4)


def _edge(
    axes: Axes, start: Point, end: Point, value: float, gradient: float, along: float = 0.36
) -> None:
    """Draw an edge with its value above and the derivative of f with respect to it below."""
    shrink = 0 if end[0] > 10 else 24  # stop at the rim of a gate
    arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.3, "shrinkA": 0, "shrinkB": shrink}
    axes.annotate("", end, start, arrowprops=arrow, zorder=1)
    dx, dy = end[0] - start[0], end[1] - start[1]
    angle = math.degrees(math.atan2(dy, dx))
    where = start[0] + along * dx, start[1] + along * dy
    style = {"rotation": angle, "rotation_mode": "anchor", "ha": "center", "fontsize": 13}
    lift = 0.09 / math.cos(math.radians(angle))
    axes.text(
        where[0], where[1] + lift, _printed(f"{value:.4g}"), va="bottom", color=FORWARD, **style
    )
    below = "?" if math.isnan(gradient) else _printed(f"{gradient:.3f}")
    axes.text(where[0], where[1] - lift, below, va="top", color=BACKWARD, **style)


def _printed(number: str) -> str:
    """Write a number with a minus sign for its hyphen."""
    return number.replace("-", "−")


if __name__ == "__main__":
    main()
