"""Draw the pictures of ps7: boxes that fit, and the layer recursion.

Run it from the course's folder: python figures/ps7_deep_networks.py
"""

from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

TARGET = Path(__file__).parents[1] / "source" / "ps7_deep_networks"

INK, DELTA, INPUT, RESULT, WARN = "#222222", "#e8a33d", "#5b9bd5", "#6aa84f", "#c0392b"
SIZES = {"$n_l$": 0.9, "$n_{l-1}$": 1.5, "$N$": 2.2}
"""Side lengths of the boxes, by the name written beside them."""


def main() -> None:
    """Write both pictures; the same bytes each time."""
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "ps7"
    draw_boxes(TARGET / "dimensions.svg")
    draw_recursion(TARGET / "recursion.svg")


def draw_boxes(path: Path) -> None:
    """Draw the product that fits, and two that do not."""
    figure, axes = _canvas(11.4, 9.0)
    _product(axes, 6.1, [(r"$\delta$", "$n_l$", "$N$"), (r"$A^T$", "$N$", "$n_{l-1}$")], True)
    _product(axes, 3.2, [(r"$\delta$", "$n_l$", "$N$"), ("$A$", "$n_{l-1}$", "$N$")], False)
    _product(axes, 0.2, [(r"$\delta^T$", "$N$", "$n_l$"), ("$A$", "$n_{l-1}$", "$N$")], False)
    _save(figure, path)


def draw_recursion(path: Path) -> None:
    """Draw three layers: values run to the right, error terms to the left."""
    figure, axes = _canvas(12.4, 4.6)
    names = ["$A^0$", "$Z^1$", "$A^1$", "$Z^2$", "$A^2$", "$Z^3$", "$P$", "$J$"]
    steps = ["$W^1, b^1$", r"$\sigma$", "$W^2, b^2$", r"$\sigma$", "$W^3, b^3$", "softmax", ""]
    for i, name in enumerate(names):
        _node(axes, 0.6 + 1.6 * i, 3.2, name, INPUT if i % 2 == 0 and i < 6 else "#dddddd")
    for i, step in enumerate(steps):
        _arrow(axes, (1.0 + 1.6 * i, 3.2), (1.8 + 1.6 * i, 3.2), INK)
        axes.text(1.4 + 1.6 * i, 3.65, step, ha="center", fontsize=12, color=INK)
    for layer in (1, 2, 3):
        _error_term(axes, layer, 2.2 + 3.2 * (layer - 1))
    for layer in (2, 3):
        x = 2.2 + 3.2 * (layer - 1)
        _arrow(axes, (x - 0.45, 1.7), (x - 2.75, 1.7), DELTA)
        text = rf"$(W^{layer})^T\delta^{layer}\odot\sigma'$"
        axes.text(x - 1.6, 1.9, text, ha="center", fontsize=13, color=INK)
    _arrow(axes, (11.8, 2.75), (9.05, 1.75), DELTA)
    axes.text(10.9, 1.9, r"$P-Y$", ha="center", fontsize=13, color=INK)
    _save(figure, path)


def _product(axes: Axes, y: float, boxes: list[tuple[str, str, str]], fits: bool) -> None:
    """Draw two boxes side by side; the two sides that meet must have one length."""
    x, middle = 0.9, y + 1.0
    for i, (name, rows, columns) in enumerate(boxes):
        colour = DELTA if "delta" in name else INPUT
        _box(axes, (x, middle), (SIZES[columns], SIZES[rows]), name, (rows, columns), colour)
        x += SIZES[columns] + (1.05 if i == 0 else 0.45)
    inner = boxes[0][2], boxes[1][1]
    if fits:
        axes.text(x, middle, "=", ha="center", va="center", fontsize=20)
        outer = boxes[0][1], boxes[1][2]
        _box(axes, (x + 0.7, middle), (SIZES[outer[1]], SIZES[outer[0]]), "$dW$", outer, RESULT)
        x += 2.6
    words = f"{inner[0]} meets {inner[1]}: " + ("fits" if fits else "does not fit")
    axes.text(x, middle, words, va="center", fontsize=15, color=RESULT if fits else WARN)


def _box(
    axes: Axes,
    left_middle: tuple[float, float],
    size: tuple[float, float],
    name: str,
    sides: tuple[str, str],
    colour: str,
) -> None:
    """Draw a matrix as a box with its number of rows at the left, of columns on top."""
    (x, middle), (width, height) = left_middle, size
    bottom = middle - height / 2
    axes.add_patch(Rectangle((x, bottom), width, height, facecolor=colour, edgecolor=INK))
    axes.text(x + width / 2, middle, name, ha="center", va="center", fontsize=17)
    axes.text(x - 0.08, middle, sides[0], ha="right", va="center", fontsize=12)
    axes.text(x + width / 2, middle + height / 2 + 0.06, sides[1], ha="center", fontsize=12)


def _node(axes: Axes, x: float, y: float, name: str, colour: str) -> None:
    style = FancyBboxPatch(
        (x - 0.3, y - 0.3), 0.6, 0.6, boxstyle="round,pad=0.08", facecolor=colour, edgecolor=INK
    )
    axes.add_patch(style)
    axes.text(x, y, name, ha="center", va="center", fontsize=15)


def _error_term(axes: Axes, layer: int, x: float) -> None:
    """Draw δ of a layer below its Z, and below it what the layer's parameters get."""
    axes.plot([x, x], [2.1, 2.8], color="#999999", linestyle=":", linewidth=1.2)
    _node(axes, x, 1.7, rf"$\delta^{layer}$", DELTA)
    _arrow(axes, (x, 1.3), (x, 0.85), RESULT)
    words = rf"$dW^{layer}=\delta^{layer}(A^{layer - 1})^T\!/N$"
    axes.text(x, 0.5, words, ha="center", fontsize=13, color=INK)
    axes.text(x, 0.05, rf"$db^{layer}=\delta^{layer}\mathbf{{1}}/N$", ha="center", fontsize=13)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.8, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)


def _canvas(width: float, height: float):  # type: ignore[no-untyped-def]
    """Make a figure whose unit is one box's side, without axes."""
    figure, axes = plt.subplots(figsize=(width * 0.72, height * 0.72))
    axes.set(xlim=(0, width), ylim=(-0.3, height - 0.3), aspect="equal")
    axes.axis("off")
    return figure, axes


def _save(figure, path: Path) -> None:  # type: ignore[no-untyped-def]
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


if __name__ == "__main__":
    main()
