"""Reference answers of ps2: the 2-1-1 network by hand, sigmoid everywhere, no biases.

The loss is ½(y − ŷ)². Error terms are made from (y − ŷ), as in the lecture: they are *minus* a
derivative, and the steps made of them are added to the weights.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: float) -> float:
    """Return σ(z) = 1/(1 + e⁻ᶻ)."""
    return float(1 / (1 + np.exp(-z)))


def forward(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """Run one example x (2,) through the weights W (2,) and w_out.

    Returns the numbers h = W·x, a = σ(h), out = w_out·a and y_hat = σ(out).
    """
    h = float(W @ x)
    a = sigmoid(h)
    out = w_out * a
    y_hat = sigmoid(out)
    return h, a, out, y_hat


def output_error_term(y: float, y_hat: float) -> float:
    """Return δ_o = (y − ŷ)·ŷ(1 − ŷ), minus the derivative of the loss by out."""
    return (y - y_hat) * y_hat * (1 - y_hat)


def hidden_error_term(w_out: float, delta_o: float, a: float) -> float:
    """Return δ_h = w_out·δ_o·a(1 − a), minus the derivative of the loss by h."""
    return w_out * delta_o * a * (1 - a)


def output_weight_step(learning_rate: float, delta_o: float, a: float) -> float:
    """Return Δw_out = η·δ_o·a, to be added to w_out."""
    return learning_rate * delta_o * a


def input_weight_steps(learning_rate: float, delta_h: float, x: Array) -> Array:
    """Return ΔW = η·δ_h·x (2,), to be added to W, for the example x (2,)."""
    return learning_rate * delta_h * x


def loss_gradients(x: Array, y: float, W: Array, w_out: float) -> tuple[Array, float]:
    """Return the true gradient of ½(y − ŷ)²: dW (2,) and the number dw_out."""
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(w_out, delta_o, a)
    return -delta_h * x, -delta_o * a


def train_step(
    x: Array, y: float, W: Array, w_out: float, learning_rate: float
) -> tuple[Array, float]:
    """Return W_new (2,) and w_out_new after one step; both use the old w_out."""
    _, a, _, y_hat = forward(x, W, w_out)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(w_out, delta_o, a)
    W_new = W + input_weight_steps(learning_rate, delta_h, x)
    w_out_new = w_out + output_weight_step(learning_rate, delta_o, a)
    return W_new, w_out_new
