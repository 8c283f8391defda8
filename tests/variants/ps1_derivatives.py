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


def slope_from_u_by_parts(u):
    """1/u − 1/u²."""
    return 1 / u - u**-2.0


def slope_from_u_by_output(u):
    """By way of a = 1/u."""
    a = np.reciprocal(u)
    return a * (1 - a)


def slope_from_u_by_loop(u):
    """Number by number: two links, each with its sign."""
    flat = [(-1 / v**2) * -(v - 1) for v in np.ravel(u)]
    return np.array(flat).reshape(np.shape(u))


def fixed_max_all_to_first(x, y, dout):
    """Ties go to x."""
    dx = np.where(x >= y, dout, 0)
    return dx, dout - dx


def fixed_max_even(x, y, dout):
    """Half and half at ties, by sign."""
    share = (1 + np.sign(x - y)) / 2
    return share * dout, (1 - share) * dout


def fixed_max_by_loop(x, y, dout):
    """Another share at each tie."""
    dx = np.empty(x.shape)
    for place, i in enumerate(np.ndindex(x.shape)):
        share = place % 4 / 3 if x[i] == y[i] else float(x[i] > y[i])
        dx[i] = share * dout[i]
    return [dx, dout - dx]


def graph_by_paths(x, y):
    """Each derivative of f = (x + s)/(t + q) written out by itself."""
    s, t = 1 / (1 + np.exp(-y)), 1 / (1 + np.exp(-x))
    n, p = x + s, x - y
    m = t + p * p
    by_m = -n / m**2
    by_p = 2 * by_m * p
    return {
        "x": 1 / m + by_m * t * (1 - t) + by_p,
        "y": s * (1 - s) / m - by_p,
        "s": 1 / m,
        "p": by_p,
        "t": by_m,
        "q": by_m,
        "m": by_m,
        "r": n,
        "n": 1 / m,
        "f": np.ones(x.shape),
    }


def graph_collecting(x, y):
    """Every node begins at 0 and collects what comes, as a program would."""
    sigmoid = lambda z: 0.5 * (1 + np.tanh(z / 2))  # noqa: E731
    v = {"s": sigmoid(y), "t": sigmoid(x), "p": x - y}
    v |= {"n": x + v["s"], "m": v["t"] + v["p"] ** 2}
    g = {name: np.zeros_like(x) for name in "fnrmqtpsxy"}
    g["f"] += 1
    for node, source, local in (
        ("n", "f", 1 / v["m"]), ("r", "f", v["n"]), ("m", "r", -1 / v["m"] ** 2), ("t", "m", 1),
        ("q", "m", 1), ("p", "q", v["p"]), ("p", "q", v["p"]), ("x", "p", 1), ("y", "p", -1),
        ("x", "t", v["t"] - v["t"] ** 2), ("x", "n", 1), ("s", "n", 1),
        ("y", "s", v["s"] - v["s"] ** 2),
    ):  # fmt: skip
        g[node] = g[node] + g[source] * local
    return g


def graph_by_loop(x, y):
    """Element by element, in lists of numbers."""
    found = {name: np.empty(x.shape) for name in "fnrmqtpsxy"}
    for i in np.ndindex(x.shape):
        whole = graph_by_paths(np.array([x[i]]), np.array([y[i]]))
        for name, value in whole.items():
            found[name][i] = value[0]
    return {name: value.tolist() for name, value in found.items()}


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
    "sigmoid_prime_from_u": [
        slope_from_u_by_parts,
        slope_from_u_by_output,
        slope_from_u_by_loop,
    ],
    "fixed_max_backward": [fixed_max_all_to_first, fixed_max_even, fixed_max_by_loop],
    "graph_gradients": [graph_by_paths, graph_collecting, graph_by_loop],
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
