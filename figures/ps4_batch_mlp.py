"""Draw the pictures of ps4: what the notebook asks with, and what its notes answer.

Run it from the course's folder: python figures/ps4_batch_mlp.py
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from drawing import (
    ERROR,
    GRADIENT,
    UNKNOWN,
    VALUE,
    Matrix,
    arrow,
    box,
    canvas,
    equation,
    save,
    save_for_note,
    text,
)
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "source" / "ps4_batch_mlp"
NOTES = ROOT / "exercises" / "ps4_batch_mlp"
LENGTHS = {"64": 2.6, "10": 1.5, "7": 1.05, "1": 0.3, "": 1.7}

X, Y = np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, 1.0])
W1, B1, W2, B2 = 0.8, -0.3, -1.5, 0.4
STEP = 4.1

PRODUCT = (
    "dZ (64, 7) and X (10, 7) meet on their sides of length 7 once X is turned: "
    "dZ times X transposed is (64, 10), the shape of W."
)
BACKWARD = (
    "Errors run back from dZ2 = (0.37, -0.45, -0.60) to dZ1 = (-0.13, 0.08, 0.22). "
    "Each layer makes means of them: dW2 = -0.047, db2 = -0.225, dW1 = -0.057, db1 = 0.056."
)


def main() -> None:
    """Write all pictures; the same bytes each time."""
    save(draw_graph(answered=False), NOTEBOOK / "graph.svg")
    save_for_note(draw_graph(answered=True), NOTES / "backward.svg", BACKWARD)
    save(draw_product(answered=False), NOTEBOOK / "product.svg")
    save_for_note(draw_product(answered=True), NOTES / "weight_gradient.svg", PRODUCT)


@dataclass(frozen=True)
class Pass:
    """The 1-1-1 network on three examples: values, errors, and each layer's gradients."""

    values: tuple[np.ndarray, ...]
    errors: tuple[np.ndarray | None, ...]
    gradients: tuple[tuple[float, float], tuple[float, float]]


def there_and_back() -> Pass:
    """Run the three examples forward and back."""
    A1 = 1 / (1 + np.exp(-(W1 * X + B1)))
    A2 = 1 / (1 + np.exp(-(W2 * A1 + B2)))
    dA2, dZ2 = (1 - Y) / (1 - A2) - Y / A2, A2 - Y
    dA1, dZ1 = W2 * dZ2, W2 * dZ2 * A1 * (1 - A1)
    return Pass(
        (X, W1 * X + B1, A1, W2 * A1 + B2, A2),
        (None, dZ1, dA1, dZ2, dA2),
        ((np.mean(dZ1 * X), np.mean(dZ1)), (np.mean(dZ2 * A1), np.mean(dZ2))),
    )


def draw_graph(answered: bool) -> Figure:
    """One input, one hidden unit, one output, three examples: values above, errors below."""
    figure, axes = canvas(20.2, 5.8)
    found = there_and_back()
    names = ["X", "Z^{[1]}", "A^{[1]}", "Z^{[2]}", "A^{[2]}"]
    for i, (name, value, error) in enumerate(zip(names, found.values, found.errors, strict=True)):
        _node(axes, STEP * i + 0.2, name, value)
        if error is not None:
            _error(axes, STEP * i + 0.2, name, error if answered else None)
        if i:
            arrow(axes, (STEP * i - 0.65, 4.2), (STEP * i + 0.15, 4.2))
        if i > 1 and answered:
            arrow(axes, (STEP * i + 0.15, 3.0), (STEP * i - 0.65, 3.0), "#c47f17")
    for i in (2, 4):
        text(axes, (STEP * i - 0.25, 4.55), r"$\sigma$", 14)
    for layer, now in ((1, (W1, B1)), (2, (W2, B2))):
        gradient = found.gradients[layer - 1] if answered else None
        _parameters(axes, (2 * layer - 1) * STEP - 0.25, str(layer), now, gradient)
    A2 = found.values[-1]
    loss = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    text(axes, (4 * STEP + 1.75, 5.5), f"$Y$ = (0, 1, 1),   $J$ = {loss:.3f}", 13)
    return figure


def _node(axes: Axes, x: float, name: str, value: np.ndarray) -> None:
    """Draw one quantity: three values below its name."""
    _three(axes, (x, 3.75), value, VALUE)
    text(axes, (x + 1.6, 4.98), f"${name}$", 15)


def _error(axes: Axes, x: float, name: str, error: np.ndarray | None) -> None:
    """Draw the error of one quantity above its name; None is asked for."""
    if error is None:
        box(axes, (x, 2.55), (3.21, 0.9), UNKNOWN)
        text(axes, (x + 1.6, 3.0), "?", 16)
    else:
        _three(axes, (x, 2.55), error, ERROR)
    text(axes, (x + 1.6, 2.2), f"$d{name}$", 14)


def _three(axes: Axes, corner: tuple[float, float], numbers: np.ndarray, colour: str) -> None:
    """Draw a row of three cells, one per example."""
    for column, number in enumerate(numbers):
        x = corner[0] + 1.07 * column
        box(axes, (x, corner[1]), (1.07, 0.9), colour)
        text(axes, (x + 0.53, corner[1] + 0.45), _number(number, 2), 11)


def _parameters(
    axes: Axes,
    x: float,
    layer: str,
    now: tuple[float, float],
    gradient: tuple[float, float] | None,
) -> None:
    """Draw a layer's two numbers above its arrow, and their gradients below the errors."""
    W, b = (f"{name}^{{[{layer}]}}" for name in "Wb")
    text(axes, (x, 5.3), f"${W}$ = {_number(now[0], 1)}\n${b}$ = {_number(now[1], 1)}", 12)
    if gradient is None:
        box(axes, (x - 0.15, 0.25), (4.4, 1.2), UNKNOWN)
        text(axes, (x + 2.05, 0.85), f"$d{W}$ = ?,  $d{b}$ = ?", 12)
        return
    arrow(axes, (x + 2.05, 1.95), (x + 2.05, 1.5), "#4d8a33")
    box(axes, (x - 0.15, 0.25), (4.4, 1.2), GRADIENT)
    words = f"$d{W}$ = {_number(gradient[0], 3)},  $d{b}$ = {_number(gradient[1], 3)}"
    text(axes, (x + 2.05, 1.1), words, 11)
    text(axes, (x + 2.05, 0.6), "means over the examples", 11)


def _number(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace("-", "−")


def draw_product(answered: bool) -> Figure:
    """The two matrices that make the weights' gradient of the 10-64-1 network, seven examples."""
    figure, axes = canvas(7.4, 3.7)
    dZ1 = Matrix("$dZ^{[1]}$", "64", "7", ERROR)
    if answered:
        X_T, dW1 = Matrix("$X^T$", "7", "10"), Matrix(r"$N\,dW^{[1]}$", "64", "10", GRADIENT)
        equation(axes, (0.2, 1.7), [dZ1, "·", X_T, "=", dW1], LENGTHS)
    else:
        X, asked = Matrix("$X$", "10", "7"), Matrix("$dW^{[1]}$", "", "", UNKNOWN)
        equation(axes, (0.2, 1.9), [dZ1, "and", X, "→", asked], LENGTHS)
    return figure


if __name__ == "__main__":
    main()
