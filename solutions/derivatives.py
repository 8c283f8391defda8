"""Reference answers of ps1: derivatives and the chain rule, one number at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """Estimate the gradient of f at x by trying, with steps of size h; x stays as it was.

    f turns an array of the shape of x (any shape) into a number. Returns an array of that shape:
    in each place, the slope of f with respect to that element.
    """
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def sigmoid(z: Array) -> Array:
    """Return the sigmoid of each element of z (any shape), without overflow."""
    e = np.exp(-np.abs(z))  # at most 1, however large z is
    a: Array = np.where(z >= 0, 1, e) / (1 + e)
    return a


def sigmoid_prime_from_u(u: Array) -> Array:
    """Return the slope of the sigmoid with respect to z, from u alone (any shape, above 1)."""
    return (u - 1) / u**2


def sigmoid_prime(z: Array) -> Array:
    """Return the slope of the sigmoid at each element of z (any shape)."""
    a = sigmoid(z)
    return a * (1 - a)


def sigmoid_prime_from_output(a: Array) -> Array:
    """Return the slope of the sigmoid where its output is a (any shape), from a alone."""
    return a * (1 - a)


def local_gradients(x: Array) -> dict[str, Array]:
    """Return the slopes of four small functions at each element of x (M,).

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
    """Send dout back through the product of x and y, elementwise; all have one shape.

    Returns dx and dy, of that shape.
    """
    return dout * y, dout * x


def max_backward(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Send dout back through the maximum of x and y, elementwise; all have one shape.

    Returns dx and dy, of that shape. x and y are nowhere equal.
    """
    return dout * (x > y), dout * (y > x)


def max_backward_as_noted(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Return dx and dy as the lecture notes have them: a tie is a win, for x and for y."""
    dx, _ = max_backward(np.nextafter(x, np.inf), y, dout)  # x, raised by as little as can be
    _, dy = max_backward(x, np.nextafter(y, np.inf), dout)
    return dx, dy


def fixed_max_backward(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Send dout back through the maximum of x and y; some of their elements may be equal.

    All have one shape. Returns dx and dy, of that shape.
    """
    dx = dout * (x > y)
    return dx, dout - dx


def graph(x: Array, y: Array) -> dict[str, Array]:
    """Run the computation forward and return each value by its name; all have the shape of x."""
    s = sigmoid(y)
    n = x + s
    t = sigmoid(x)
    p = x - y
    q = p**2
    m = t + q
    r = 1 / m
    f = n * r
    return {"s": s, "n": n, "t": t, "p": p, "q": q, "m": m, "r": r, "f": f}


def graph_gradients(x: Array, y: Array) -> dict[str, Array]:
    """Return the derivative of f with respect to each value of the graph, and to x and y.

    x and y have one shape, and so has each derivative. The keys are f n r m q t p s x y.
    """
    v = graph(x, y)
    g = {"f": np.ones_like(x)}
    g["n"], g["r"] = g["f"] * v["r"], g["f"] * v["n"]
    g["m"] = -g["r"] * v["r"] ** 2
    g["t"], g["q"] = g["m"], g["m"]
    g["p"] = 2 * g["q"] * v["p"]
    g["s"] = g["n"]
    g["x"] = g["n"] + g["t"] * sigmoid_prime_from_output(v["t"]) + g["p"]
    g["y"] = g["s"] * sigmoid_prime_from_output(v["s"]) - g["p"]
    return g


def neuron_backward(w: Array, x: Array) -> tuple[Array, Array]:
    """Differentiate the neuron's output f with respect to w (3,), the bias first, and x (2,).

    Returns dw (3,) and dx (2,).
    """
    z = w[0] + w[1:] @ x
    dz = sigmoid_prime(z)
    dw = dz * np.array([1, x[0], x[1]])
    dx = dz * w[1:]
    return dw, dx


def linear_unit_gradient(w: Array, x: Array, y: float) -> Array:
    """Return the gradient of the unit's loss with respect to w (D,), for x (D,) and target y.

    It has the shape of w.
    """
    y_hat = w @ x
    gradient: Array = (y_hat - y) * x
    return gradient


def linear_unit_update(w: Array, x: Array, y: float, learning_rate: float) -> Array:
    """Return the weights (D,) after one step of gradient descent from w (D,)."""
    return w - learning_rate * linear_unit_gradient(w, x, y)
