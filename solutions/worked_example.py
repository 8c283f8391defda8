"""Reference answers of ps2: the 2-1-1 network by hand, sigmoid everywhere, no biases.

The loss is ½(y − ŷ)². Error terms are made from (y − ŷ), as in the lecture: they are *minus* a
derivative, and the steps made of them are added to the weights.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: float) -> float:
    """Return σ(z) = 1/(1 + e⁻ᶻ)."""
    return float(1 / (1 + np.exp(-z)))


def forward(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """Run one example x (2,) through the weights W (2,) and w_out.

    Returns four numbers: the hidden unit's sum h and its answer a, then the output unit's sum
    out and its answer y_hat.
    """
    h = float(W @ x)
    a = sigmoid(h)
    out = w_out * a
    y_hat = sigmoid(out)
    return h, a, out, y_hat


def worked_example() -> dict[str, Any]:
    """Return what belongs in the five blanks of the lecture's sheet.

    A dict with the numbers delta_o, delta_h and step_out, and step_W, two numbers: the step of
    the weight of x₁ first.
    """
    x, W, w_out, y, learning_rate = np.array([0.1, 0.3]), np.array([0.4, -0.2]), 0.1, 1, 0.5
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = (y - y_hat) * y_hat * (1 - y_hat)
    delta_h = delta_o * w_out * a * (1 - a)
    return {
        "delta_o": delta_o,
        "delta_h": delta_h,
        "step_out": learning_rate * delta_o * a,
        "step_W": (learning_rate * delta_h * x[0], learning_rate * delta_h * x[1]),
    }


def slope_chain(x: Array, y: float, W: Array, w_out: float, i: int) -> Array:
    """Return the slopes of the five links from the loss back to weight i (0 or 1) of W (2,).

    x (2,) is the example and y its target. Five numbers, each taken where the forward pass is:
    the slope of L over ŷ first, then of ŷ over out, of out over a, of a over h, of h over W_i.
    """
    _, a, _, y_hat = forward(x, W, w_out)
    return np.array([y_hat - y, y_hat * (1 - y_hat), w_out, a * (1 - a), x[i]])


def output_error_term(y: float, y_hat: float) -> float:
    """Return δ_o: minus the derivative of the loss with respect to out, a number."""
    return (y - y_hat) * y_hat * (1 - y_hat)


def hidden_error_term(w_out: float, delta_o: float, a: float) -> float:
    """Return δ_h: minus the derivative of the loss with respect to h, a number."""
    return w_out * delta_o * a * (1 - a)


def output_weight_step(learning_rate: float, delta_o: float, a: float) -> float:
    """Return the step of w_out, a number, to be added to it."""
    return learning_rate * delta_o * a


def input_weight_steps(learning_rate: float, delta_h: float, x: Array) -> Array:
    """Return the steps of W for the example x (2,), of W's shape, to be added to it."""
    return learning_rate * delta_h * x


def loss_gradients(x: Array, y: float, W: Array, w_out: float) -> tuple[Array, float]:
    """Return the true gradient of ½(y − ŷ)²: dW (2,) and the number dw_out."""
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(w_out, delta_o, a)
    return -delta_h * x, -delta_o * a


def gradient_check(
    f: Callable[[Array], float], gradient: Array, x: Array, h: float = 1e-5
) -> float:
    """Compare `gradient` with central differences of f (array → number) at x, of any shape.

    Returns the largest of the relative errors of all elements, a number; nan or inf where
    `gradient` holds a nan.
    """
    numeric = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        numeric[index] = (f(above) - f(below)) / (2 * h)
    scale = np.maximum(1e-8, np.abs(gradient) + np.abs(numeric))
    return float(np.max(np.abs(gradient - numeric) / scale))  # np.max lets nan through


def my_numbers() -> dict[str, float]:
    """Return a network of your own, and what you worked out for it by hand: a dict of numbers.

    The network is x1, x2, W1, W2, w_out, y and eta (the learning rate); worked by hand are
    delta_o, delta_h, step_out, step_W1 and step_W2.
    """
    x, W, w_out, y, eta = np.array([1.2, -0.8]), np.array([0.9, -1.4]), 3.3, 1, 0.4
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(w_out, delta_o, a)
    step_W = input_weight_steps(eta, delta_h, x)
    return {
        "x1": x[0],
        "x2": x[1],
        "W1": W[0],
        "W2": W[1],
        "w_out": w_out,
        "y": y,
        "eta": eta,
        "delta_o": delta_o,
        "delta_h": delta_h,
        "step_out": output_weight_step(eta, delta_o, a),
        "step_W1": step_W[0],
        "step_W2": step_W[1],
    }


def train_step(
    x: Array, y: float, W: Array, w_out: float, learning_rate: float
) -> tuple[Array, float]:
    """Return W_new (2,) and the number w_out_new after one step down the loss."""
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(w_out, delta_o, a)
    W_new = W + input_weight_steps(learning_rate, delta_h, x)
    w_out_new = w_out + output_weight_step(learning_rate, delta_o, a)
    return W_new, w_out_new
