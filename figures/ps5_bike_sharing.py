"""Draw the pictures of ps5: the 3-4-1 network, and for the notes the boxes of its gradients.

Run it from the course's folder: python figures/ps5_bike_sharing.py
"""

from pathlib import Path

from drawing import (
    ERROR,
    GRADIENT,
    INK,
    VALUE,
    Matrix,
    Point,
    canvas,
    equation,
    save,
    save_for_note,
    text,
)
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "source" / "ps5_bike_sharing"
NOTES = ROOT / "exercises" / "ps5_bike_sharing"

FORWARD, FAINT = "#1f6fb2", "#b5b5b5"
FEATURES = ("temperature", "clock, sine", "clock, cosine")
LENGTHS = {"N": 2.6, "D": 1.2, "H": 1.6, "1": 0.45}
OUTPUT = (
    "A turned is H by N, the error is N by 1: the sides N meet, and dW_ho is H by 1, "
    "the shape of W_ho."
)
INPUT = (
    "X turned is D by N, the error terms are N by H: the sides N meet, and dW_ih is D by H, "
    "the shape of W_ih."
)


def main() -> None:
    """Write all pictures; the same bytes each time."""
    save(draw_network(), NOTEBOOK / "network.svg")
    error = Matrix(r"$\hat{y} - y$", "N", "1", ERROR)
    delta = Matrix(r"$\delta$", "N", "H", ERROR)
    output = draw_product(
        Matrix("$A^T$", "H", "N"), error, Matrix(r"$N\,dW_{ho}$", "H", "1", GRADIENT)
    )
    save_for_note(output, NOTES / "output_weight_gradient.svg", OUTPUT)
    hidden = draw_product(
        Matrix("$X^T$", "D", "N"), delta, Matrix(r"$N\,dW_{ih}$", "D", "H", GRADIENT)
    )
    save_for_note(hidden, NOTES / "input_weight_gradient.svg", INPUT)


def draw_network() -> Figure:
    """Draw the units of one example, and under each column what it is called."""
    figure, axes = canvas(14.0, 6.2, 0.68)
    inputs = [(3.4, 4.8 - 1.4 * row) for row in range(3)]
    hidden = [(7.6, 5.3 - 1.3 * row) for row in range(4)]
    output = (11.6, 3.4)
    for start in inputs:
        for end in hidden:
            _line(axes, start, end)
    for start in hidden:
        _line(axes, start, output)
    for place, name in zip(inputs, FEATURES, strict=True):
        _unit(axes, place, "", 0.35)
        text(axes, (place[0] - 0.55, place[1]), name, 13, ha="right")
    for place in hidden:
        _unit(axes, place, r"$\sigma$", 0.48)
    _unit(axes, output, r"$\hat{y} = out$", 0.85)
    names = (3.4, "$X$"), (5.5, "$W_{ih}$"), (7.6, "hidden $A$"), (9.6, "$W_{ho}$")
    for x, words in (*names, (11.6, r"$\hat{y}$")):
        text(axes, (x, 0.5), words, 15, color=FORWARD)
    return figure


def draw_product(left: Matrix, right: Matrix, result: Matrix) -> Figure:
    """Draw left · right = result; the sides that meet have the same name and length."""
    figure, axes = canvas(9.4, 3.8)
    equation(axes, (0.2, 1.9), [left, "·", right, "=", result], LENGTHS)
    return figure


def _unit(axes: Axes, place: Point, words: str, radius: float) -> None:
    circle = plt.Circle(place, radius, facecolor=VALUE, edgecolor=INK, zorder=2)
    axes.add_patch(circle)
    axes.text(*place, words, ha="center", va="center", fontsize=14, color=INK, zorder=3)


def _line(axes: Axes, start: Point, end: Point) -> None:
    axes.plot(*zip(start, end, strict=True), color=FAINT, lw=1.3, zorder=1)


if __name__ == "__main__":
    main()
