"""Right answers to ps1 in other styles: loops, masks, other formulas, work on own copies."""

import math

import numpy as np


def sigmoid_by_tanh(z):
    """σ by way of tanh."""
    return 0.5 + 0.5 * np.tanh(z / 2)


def sigmoid_by_mask(z):
    """Two stable forms, each on its own half of the line."""
    z = np.asarray(z, dtype=float)
    a = np.empty_like(z)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    small = np.exp(z[~up])
    a[~up] = small / (1 + small)
    return a


def sigmoid_plain(z):
    """The formula as it stands; it warns of an overflow, and its limits are right."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


def prime_by_quotient_rule(z):
    """e⁻ᶻ/(1 + e⁻ᶻ)²."""
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def prime_by_loop(z):
    """Number by number."""
    flat = [1 / (1 + math.exp(-v)) * (1 - 1 / (1 + math.exp(-v))) for v in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def prime_from_output_expanded(a):
    """A − a²."""
    return a - np.square(a)


def prime_from_output_completed(a):
    """The square completed, on a copy of its own."""
    centred = a.copy()
    centred -= 0.5
    return 0.25 - centred**2


def local_by_loop(x):
    """Element by element, in lists."""
    return {
        "exp": [math.exp(v) for v in x],
        "reciprocal": [-1 / (v * v) for v in x],
        "scale": [3.0 for _ in x],
        "add": [1.0 for _ in x],
    }


def local_from_values(x):
    """Out of what the forward pass has at hand."""
    inverse = 1.0 / x
    return {
        "add": x**0,
        "scale": np.repeat(3.0, len(x)),
        "reciprocal": -inverse * inverse,
        "exp": np.exp(x).copy(),
    }


def multiply_in_place(x, y, dout):
    """Copies of the inputs, scaled in place."""
    dx, dy = y.copy(), x.copy()
    dx *= dout
    dy *= dout
    return [dx, dy]


def max_by_where(x, y, dout):
    """With np.where; the rest of dout goes to y."""
    dx = np.where(x >= y, dout, 0.0)
    return dx, dout - dx


def max_by_loop(x, y, dout):
    """Entry by entry."""
    dx, dy = np.zeros(x.shape), np.zeros(y.shape)
    for i in np.ndindex(*x.shape):
        if x[i] > y[i]:
            dx[i] = dout[i]
        else:
            dy[i] = dout[i]
    return dx, dy


def neuron_by_graph(w, x):
    """One gate after another, backwards."""
    f = 1 / (1 + math.exp(-(w[0] + w[1] * x[0] + w[2] * x[1])))
    dz = f * (1 - f)
    return np.array([dz, dz * x[0], dz * x[1]]), np.array([dz * w[1], dz * w[2]])


def neuron_by_dot(w, x):
    """The bias as a weight of a constant input."""
    inputs = np.concatenate(([1.0], x))
    slope = 0.25 / np.cosh(np.dot(w, inputs) / 2) ** 2
    return slope * inputs, (slope * w)[1:]


def linear_gradient_by_loop(w, x, y):
    """Weight by weight."""
    error = sum(wi * xi for wi, xi in zip(w, x, strict=True)) - y
    return np.array([error * xi for xi in x])


def linear_gradient_by_einsum(w, x, y):
    """−(y − ŷ)·x."""
    return -(y - np.einsum("d,d->", w, x)) * x


def linear_update_by_loop(w, x, y, learning_rate):
    """In place, on a copy."""
    new = w.copy()
    for d in range(len(w)):
        new[d] += learning_rate * (y - np.dot(w, x)) * x[d]
    return new


def numerical_in_place(f, x, h=1e-5):
    """Move one element of x at a time, and put it back."""
    gradient = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    for _ in walk:
        i = walk.multi_index
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        below = f(x)
        x[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def numerical_by_rows_of_identity(f, x, h=1e-5):
    """All steps as the rows of a matrix."""
    steps = h * np.eye(x.size)
    quotients = [
        f(x + step.reshape(x.shape)) / (2 * h) - f(x - step.reshape(x.shape)) / (2 * h)
        for step in steps
    ]
    return np.array(quotients).reshape(x.shape)


VARIANTS = {
    "sigmoid": [sigmoid_by_tanh, sigmoid_by_mask, sigmoid_plain],
    "sigmoid_prime": [prime_by_quotient_rule, prime_by_loop],
    "sigmoid_prime_from_output": [prime_from_output_expanded, prime_from_output_completed],
    "local_gradients": [local_by_loop, local_from_values],
    "multiply_backward": [multiply_in_place],
    "max_backward": [max_by_where, max_by_loop],
    "neuron_backward": [neuron_by_graph, neuron_by_dot],
    "linear_unit_gradient": [linear_gradient_by_loop, linear_gradient_by_einsum],
    "linear_unit_update": [linear_update_by_loop],
    "numerical_gradient": [numerical_in_place, numerical_by_rows_of_identity],
}
