"""Draw the pictures of ps4: a batch of three with its numbers, and the matrices of 10-64-1.

Run it from the course's folder: python figures/ps4_batch_mlp.py
"""

from pathlib import Path

import numpy as np
from drawing import ERROR, GRADIENT, VALUE, Matrix, arrow, box, canvas, equation, save, text
from matplotlib.axes import Axes

TARGET = Path(__file__).parents[1] / "source" / "ps4_batch_mlp"
LENGTHS = {"64": 2.6, "10": 1.5, "7": 1.05, "1": 0.3}

X, Y = np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, 1.0])
W1, B1, W2, B2 = 0.8, -0.3, -1.5, 0.4
STEP = 4.1


def main() -> None:
    """Write both pictures; the same bytes each time."""
    draw_graph(TARGET / "graph.svg")
    draw_boxes(TARGET / "dimensions.svg")


def draw_graph(path: Path) -> None:
    """One input, one hidden unit, one output, three examples: values above, errors below."""
    figure, axes = canvas(20.2, 5.8)
    A1 = 1 / (1 + np.exp(-(W1 * X + B1)))
    A2 = 1 / (1 + np.exp(-(W2 * A1 + B2)))
    dA2, dZ2 = (1 - Y) / (1 - A2) - Y / A2, A2 - Y
    dA1, dZ1 = W2 * dZ2, W2 * dZ2 * A1 * (1 - A1)
    values = [X, W1 * X + B1, A1, W2 * A1 + B2, A2]
    errors = [None, dZ1, dA1, dZ2, dA2]
    names = ["X", "Z^{[1]}", "A^{[1]}", "Z^{[2]}", "A^{[2]}"]
    for i, (name, value, error) in enumerate(zip(names, values, errors, strict=True)):
        _node(axes, STEP * i + 0.2, name, value, error)
        if i:
            arrow(axes, (STEP * i - 0.65, 4.2), (STEP * i + 0.15, 4.2))
        if i > 1:
            arrow(axes, (STEP * i + 0.15, 3.0), (STEP * i - 0.65, 3.0), "#c47f17")
    for i in (2, 4):
        text(axes, (STEP * i - 0.25, 4.55), r"$\sigma$", 14)
    _parameters(axes, STEP - 0.25, "1", (W1, B1), (np.mean(dZ1 * X), np.mean(dZ1)))
    _parameters(axes, 3 * STEP - 0.25, "2", (W2, B2), (np.mean(dZ2 * A1), np.mean(dZ2)))
    loss = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    text(axes, (4 * STEP + 1.75, 5.5), f"$Y$ = (0, 1, 1),   $J$ = {loss:.3f}", 13)
    save(figure, path)


def _node(axes: Axes, x: float, name: str, value: np.ndarray, error: np.ndarray | None) -> None:
    """Draw one quantity: three values and, below, the three entries of its error."""
    _three(axes, (x, 3.75), value, VALUE)
    text(axes, (x + 1.6, 4.98), f"${name}$", 15)
    if error is not None:
        _three(axes, (x, 2.55), error, ERROR)
        text(axes, (x + 1.6, 2.2), f"$d{name}$", 14)


def _three(axes: Axes, corner: tuple[float, float], numbers: np.ndarray, colour: str) -> None:
    """Draw a row of three cells, one per example."""
    for column, number in enumerate(numbers):
        x = corner[0] + 1.07 * column
        box(axes, (x, corner[1]), (1.07, 0.9), colour)
        text(axes, (x + 0.53, corner[1] + 0.45), _number(number, 2), 11)


def _parameters(
    axes: Axes, x: float, layer: str, now: tuple[float, float], gradient: tuple[float, float]
) -> None:
    """Draw a layer's two numbers above its arrow, and their gradients below the errors."""
    W, b = (f"{name}^{{[{layer}]}}" for name in "Wb")
    text(axes, (x, 5.3), f"${W}$ = {_number(now[0], 1)}\n${b}$ = {_number(now[1], 1)}", 12)
    arrow(axes, (x + 2.05, 1.95), (x + 2.05, 1.5), "#4d8a33")
    box(axes, (x - 0.15, 0.25), (4.4, 1.2), GRADIENT)
    words = f"$d{W}$ = {_number(gradient[0], 3)},  $d{b}$ = {_number(gradient[1], 3)}"
    text(axes, (x + 2.05, 1.1), words, 11)
    text(axes, (x + 2.05, 0.6), "means over the examples", 11)


def _number(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace("-", "−")


def draw_boxes(path: Path) -> None:
    """Four products of the 10-64-1 network with seven examples."""
    figure, axes = canvas(19.4, 7.6)
    Z1, dZ1 = Matrix("$Z^{[1]}$", "64", "7"), Matrix("$dZ^{[1]}$", "64", "7", ERROR)
    W1, X, b1 = (
        Matrix("$W^{[1]}$", "64", "10"),
        Matrix("$X$", "10", "7"),
        Matrix("$b^{[1]}$", "64", "1"),
    )
    dW1 = Matrix(r"$N\,dW^{[1]}$", "64", "10", GRADIENT)
    db1 = Matrix(r"$N\,db^{[1]}$", "64", "1", GRADIENT)
    dA1 = Matrix("$dA^{[1]}$", "64", "7", ERROR)
    W2_T, dZ2 = Matrix("$(W^{[2]})^T$", "64", "1"), Matrix("$dZ^{[2]}$", "1", "7", ERROR)
    X_T, ones = Matrix("$X^T$", "7", "10"), Matrix(r"$\mathbf{1}$", "7", "1")
    for (x, y), name, terms in (
        ((0.2, 5.7), "forward", [W1, "·", X, "+", b1, "=", Z1]),
        ((0.2, 2.0), "weights", [dZ1, "·", X_T, "=", dW1]),
        ((11.2, 5.7), "down", [W2_T, "·", dZ2, "=", dA1]),
        ((11.2, 2.0), "bias", [dZ1, "·", ones, "=", db1]),
    ):
        text(axes, (x, y), name, 13, ha="left")
        equation(axes, (x + 1.4, y), terms, LENGTHS)
    save(figure, path)


if __name__ == "__main__":
    main()
