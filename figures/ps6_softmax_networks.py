"""Draw the pictures of ps6: one example forward through the 2-3-2 network, columns beside rows.

And, for the note that 6.12 shows after ✓, the way back through an affine layer in rows.

Run it from the course's folder: python figures/ps6_softmax_networks.py
"""

from pathlib import Path

import numpy as np
from boxes import ERROR, GRADIENT, Box, picture
from drawing import INK, VALUE, Matrix, canvas, equation, save, text
from matplotlib.axes import Axes
from matplotlib.patches import Circle

COURSE = Path(__file__).parents[1]
TARGET, NOTES = (COURSE / folder / "ps6_softmax_networks" for folder in ("source", "exercises"))
LENGTHS = {"N": 2.3, "D": 0.75, "H": 1.35}

INPUT = np.array([[1.0], [-2.0]])
W1 = np.array([[0.5, -0.4], [-0.3, 0.8], [0.9, 0.2]])
W2 = np.array([[0.7, -0.6, 0.3], [-0.5, 1.0, 0.4]])
B1, B2 = np.array([[0.1], [-0.2], [0.3]]), np.array([[0.2], [-0.1]])


def main() -> None:
    """Write all pictures; the same bytes each time."""
    draw_network(TARGET / "network.svg")
    draw_conventions(TARGET / "dimensions.svg")
    (NOTES / "affine_backward.svg").write_text(affine_backward() + "\n", encoding="ascii")


def draw_network(path: Path) -> None:
    """Values in the circles, weights on the lines, biases below."""
    figure, axes = canvas(15.0, 8.6)
    A1 = 1 / (1 + np.exp(-(W1 @ INPUT + B1)))
    powers = np.exp(W2 @ A1 + B2)
    P = powers / powers.sum()
    columns = [(1.5, [5.9, 2.9]), (6.6, [7.1, 4.4, 1.7]), (11.7, [5.9, 2.9])]
    for left, right, weights in ((0, 1, W1), (1, 2, W2)):
        _lines(axes, columns[left], columns[right], weights)
    layers = (("a^{(0)}", INPUT), ("a^{(1)}", A1), ("p", P))
    for (x, heights), (name, values) in zip(columns, layers, strict=True):
        text(axes, (x, max(heights) + 0.95), f"${name}$", 16)
        for i, y in enumerate(heights):
            axes.add_patch(Circle((x, y), 0.62, facecolor=VALUE, edgecolor=INK))
            text(axes, (x, y), _number(values[i, 0], 2), 13)
    for x, layer, biases in ((6.6, 1, B1), (11.7, 2, B2)):
        words = ", ".join(_number(b, 1) for b in biases[:, 0])
        text(axes, (x, 0.25), f"$b^{{({layer})}}$ = ({words})", 12)
    text(axes, (13.6, 5.9), "label 0", 13)
    save(figure, path)


def _lines(
    axes: Axes,
    left: tuple[float, list[float]],
    right: tuple[float, list[float]],
    weights: np.ndarray,
) -> None:
    """Draw a layer's weights as lines, each with its number near the unit it feeds."""
    for i, y in enumerate(right[1]):
        for j, start in enumerate(left[1]):
            axes.plot([left[0], right[0]], [start, y], color="#aaaaaa", linewidth=1, zorder=0)
            part = 0.73
            at = left[0] + part * (right[0] - left[0]), start + part * (y - start)
            axes.text(
                *at, _number(weights[i, j], 1), fontsize=10, ha="center", va="center", color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )  # fmt: skip


def draw_conventions(path: Path) -> None:
    """The same layer twice: examples in columns, and in rows."""
    figure, axes = canvas(19.0, 3.6)
    text(axes, (0.6, 3.2), "columns are examples", 14, ha="left")
    text(axes, (9.9, 3.2), "rows are examples", 14, ha="left")
    W, X, Z = Matrix("$W$", "H", "D"), Matrix("$X$", "D", "N"), Matrix("$Z$", "H", "N")
    equation(axes, (0.2, 1.5), [W, "·", X, "=", Z], LENGTHS)
    W, X, Z = Matrix("$W$", "D", "H"), Matrix("$X$", "N", "D"), Matrix("$Z$", "N", "H")
    equation(axes, (9.5, 1.5), [X, "·", W, "=", Z], LENGTHS)
    save(figure, path)


def affine_backward() -> str:
    """The three products of the way back through X·W + b; what vanishes is what is summed."""
    dZ, W, X = Box("dZ", "N", "M", ERROR), Box("Wᵀ", "M", "D"), Box("Xᵀ", "D", "N")
    products = [
        [dZ, "·", W, "=", Box("dX", "N", "D", ERROR)],
        [X, "·", dZ, "=", Box("dW", "D", "M", GRADIENT)],
        [Box("1ᵀ", "", "N"), "·", dZ, "=", Box("db", "", "M", GRADIENT)],
    ]
    says = "The side where two matrices meet vanishes: M for dX, N for dW and for db."
    return picture(products, {"N": 92, "D": 36, "M": 62}, says)


def _number(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace("-", "−")


if __name__ == "__main__":
    main()
