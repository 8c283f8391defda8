"""Reference answers of ps1: derivatives and the chain rule, one number at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ) for each element of z (any shape), without overflow."""
    e = np.exp(-np.abs(z))  # at most 1, however large z is
    a: Array = np.where(z >= 0, 1, e) / (1 + e)
    return a


def sigmoid_prime(z: Array) -> Array:
    """Return σ'(z) = σ(z)·(1 − σ(z)) for each element of the pre-activation z (any shape)."""
    a = sigmoid(z)
    return a * (1 - a)


def sigmoid_prime_from_output(a: Array) -> Array:
    """Return the same derivative, given the output a = σ(z) (any shape) instead of z."""
    return a * (1 - a)


def local_gradients(x: Array) -> dict[str, Array]:
    """Return the derivatives of four small functions at each element of x (M,).

    The keys are "add" for x + 3, "scale" for 3x, "reciprocal" for 1/x and "exp" for eˣ;
    each value has the shape of x.
    """
    return {
        "add": np.ones_like(x),
        "scale": np.full_like(x, 3),
        "reciprocal": -1 / x**2,
        "exp": np.exp(x),
    }


def multiply_backward(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Send dout back through x·y, elementwise; x, y and dout have one shape.

    Returns dx and dy, of that shape.
    """
    return dout * y, dout * x


def max_backward(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Send dout back through max(x, y), elementwise; x, y and dout have one shape.

    Returns dx and dy, of that shape. x and y are nowhere equal.
    """
    return dout * (x > y), dout * (y > x)


def neuron_backward(w: Array, x: Array) -> tuple[Array, Array]:
    """Differentiate f = σ(w0 + w1·x1 + w2·x2) at w (3,) and x (2,).

    Returns dw (3,) and dx (2,).
    """
    z = w[0] + w[1:] @ x
    dz = sigmoid_prime(z)
    dw = dz * np.array([1, x[0], x[1]])
    dx = dz * w[1:]
    return dw, dx


def linear_unit_gradient(w: Array, x: Array, y: float) -> Array:
    """Return ∂/∂w (D,) of ½(y − ŷ)², where ŷ = w·x, at w (D,), x (D,) and the target y."""
    y_hat = w @ x
    gradient: Array = (y_hat - y) * x
    return gradient


def linear_unit_update(w: Array, x: Array, y: float, learning_rate: float) -> Array:
    """Return the weights (D,) after one step of gradient descent from w (D,)."""
    return w - learning_rate * linear_unit_gradient(w, x, y)


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """Approximate ∂f/∂x by central differences with step h, leaving x as it was.

    f turns an array of the shape of x (any shape) into a number. Returns the shape of x.
    """
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
