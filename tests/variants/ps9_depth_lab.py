"""Right answers to ps9 in other styles; those that train stand in tests/test_contest.py."""

import math

import numpy as np

from solutions import autodiff, depth_lab


def standardize(X):
    """Row by row."""
    rows = []
    for row in X:
        flat = np.ptp(row) == 0
        rows.append(np.zeros(len(row)) if flat else (row - np.mean(row)) / np.std(row))
    return np.array(rows)


def standardize_by_mask(X):
    """Only the features that vary are divided."""
    found = X - X.mean(axis=1)[:, None]
    flat = (X[:, :1] == X).all(axis=1)
    found[flat] = 0
    found[~flat] /= np.sqrt((found[~flat] ** 2).mean(axis=1))[:, None]
    return found


def factor_by_ifs(activation, weight_std, width):
    factor = weight_std * width**0.5
    if activation == "sigmoid":
        factor *= 0.25
    elif activation == "relu":
        factor /= 2**0.5
    return factor


def factor_by_variance(activation, weight_std, width):
    """The variance first, then its root."""
    mean_squared_slope = {"sigmoid": 1 / 16, "tanh": 1, "relu": 0.5}[activation]
    return math.sqrt(width * weight_std**2 * mean_squared_slope)


def factor_from_slopes(activation, weight_std, width):
    """The slopes where the units work: near 0, or half open."""
    slopes = {"sigmoid": [0.5 * (1 - 0.5)], "tanh": [1 - np.tanh(0) ** 2], "relu": [0, 1]}
    return (
        np.linalg.norm(slopes[activation])
        / np.sqrt(len(slopes[activation]))
        * (np.sqrt(width) * weight_std)
    )


def squash(z):
    return 1 / (1 + np.exp(-z))


def norms_with_lists(X, y, weights, biases, activation):
    """Pre-activations are kept, and slopes are taken there."""
    f = {"sigmoid": squash, "tanh": np.tanh, "relu": lambda z: z * (z > 0)}[activation]
    slope = {
        "sigmoid": lambda z: squash(z) * squash(-z),
        "tanh": lambda z: 1 / np.cosh(z) ** 2,
        "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    }[activation]
    inputs, sums = [X], []
    for W, b in zip(weights, biases, strict=True):
        sums.append(W @ inputs[-1] + b)
        inputs.append(f(sums[-1]))
    e = np.exp(sums[-1] - sums[-1].max(0))
    d = (e / e.sum(0) - (np.arange(len(e))[:, None] == y)) / X.shape[1]
    found = []
    for i in range(len(weights) - 1, -1, -1):
        found.append(float(np.sqrt(((d @ inputs[i].T) ** 2).sum())))
        if i:
            d = weights[i].T @ d * slope(sums[i - 1])
    return found[::-1]


def norms_in_rows(X, y, weights, biases, activation):
    """The network transposed: examples are rows."""
    A = [X.T]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        A.append(depth_lab.activate(A[-1] @ W.T + b.T, activation))
    scores = A[-1] @ weights[-1].T + biases[-1].T
    d = np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])
    d[np.arange(len(y)), y] -= 1
    found = np.zeros(len(weights))
    for i, W in reversed(list(enumerate(weights))):
        found[i] = np.linalg.norm(A[i].T @ d) / len(y)
        slope = {"sigmoid": A[i] - A[i] ** 2, "tanh": 1 - A[i] ** 2, "relu": A[i] > 0}[activation]
        d = d @ W * slope
    return found


def norms_by_recursion(X, y, weights, biases, activation):
    """Recursion: the error term of a layer asks for that of the next."""

    def below(A, rest):
        (W, b), *later = rest
        Z = W @ A + b
        if not later:
            d = depth_lab.softmax(Z)
            d[y, np.arange(len(y))] -= 1
            return [np.linalg.norm(d @ A.T) / len(y)], W.T @ d
        a = depth_lab.activate(Z, activation)
        norms, back = below(a, later)
        d = back * {"sigmoid": a * (1 - a), "tanh": (1 - a) * (1 + a), "relu": a > 0}[activation]
        return [np.linalg.norm(d @ A.T) / len(y), *norms], W.T @ d

    return tuple(below(X, list(zip(weights, biases, strict=True)))[0])


def scaled_by_ifs(normals, activation):
    found = []
    for normal in normals:
        n_in = normal.shape[1]
        if activation == "relu":
            found.append(normal * np.sqrt(2 / n_in))
        else:
            found.append(normal * (4 if activation == "sigmoid" else 1) * n_in**-0.5)
    return found


def scaled_from_the_factor(normals, activation):
    """What 9.2 predicts at scale 1 is divided out."""
    return [n / depth_lab.backward_factor(activation, 1, n.shape[1]) for n in normals]


def scaled_as_tuple(normals, activation):
    variance = {"sigmoid": 16.0, "tanh": 1.0, "relu": 2.0}[activation]
    return tuple(math.sqrt(variance / np.size(n, 1)) * n for n in normals)


def batchnorm_step_by_step(dout, X, gamma, eps):
    """Back through each step of the forward pass."""
    N = len(X)
    mu = X.mean(0)
    centred = X - mu
    v = (centred**2).mean(0)
    s = np.sqrt(v + eps)
    dX_hat = dout * gamma
    dv = (dX_hat * centred).sum(0) * -0.5 * (v + eps) ** -1.5
    dcentred = dX_hat / s + 2 / N * centred * dv
    dmu = -dcentred.sum(0)
    return dcentred + dmu / N, (dout * centred / s).sum(0), dout.sum(0)


def batchnorm_by_jacobians(dout, X, gamma, eps):
    """Column by column, with the matrix of all derivatives."""
    N, M = X.shape
    dX = np.zeros((N, M))
    s = np.sqrt(X.var(0) + eps)
    X_hat = (X - X.mean(0)) / s
    for m in range(M):
        J = (np.eye(N) - 1 / N - np.outer(X_hat[:, m], X_hat[:, m]) / N) / s[m]
        dX[:, m] = gamma[m] * J @ dout[:, m]
    return [dX, np.einsum("nm,nm->m", dout, X_hat), np.ones(N) @ dout]


def batchnorm_by_program(dout, X, gamma, eps):
    """A program of ps8: 1/√u is exp(−½ log u)."""
    leaves = {"X": X, "gamma": gamma[None], "beta": np.zeros((1, len(gamma))), "dout": dout}
    leaves |= {"1/N": np.full((1, 1), 1 / len(X)), "eps": np.full((1, 1), eps)}
    leaves["-1/2"] = np.full((1, 1), -0.5)
    place = {name: number for number, name in enumerate(leaves)}
    program = []

    def step(name, op, *inputs, axis=None):
        program.append((op, tuple(place[one] for one in inputs), axis))
        place[name] = len(place)

    step("sum", "sum", "X", axis=0)
    step("mean", "mul", "1/N", "sum")
    step("centred", "sub", "X", "mean")
    step("squares", "mul", "centred", "centred")
    step("sum of squares", "sum", "squares", axis=0)
    step("v", "mul", "1/N", "sum of squares")
    step("u", "add", "v", "eps")
    step("log", "log", "u")
    step("half", "mul", "-1/2", "log")
    step("1/s", "exp", "half")
    step("X_hat", "mul", "centred", "1/s")
    step("scaled", "mul", "X_hat", "gamma")
    step("out", "add", "scaled", "beta")
    step("weighted", "mul", "out", "dout")
    step("loss", "sum", "weighted")
    dX, dgamma, dbeta, *_ = autodiff.gradients(program, list(leaves.values()))
    return dX, dgamma[0], dbeta[0]


def as_lists(X, y):
    """Lists in the places of tuples and arrays."""
    activation, ((W1, b1), (W2, b2)) = depth_lab.spiral_network(X, y)
    return [activation, [[W1.tolist(), b1.tolist()], [W2.tolist(), b2.tolist()]]]


def in_single_precision(X, y):
    """Tuples of float32 arrays."""
    activation, ((W1, b1), (W2, b2)) = depth_lab.spiral_network(X, y)
    return activation, ((np.float32(W1), np.float32(b1)), (np.float32(W2), np.float32(b2)))


def with_units_in_another_order(X, y):
    """The same network: units reversed, and some with both signs turned."""
    activation, ((W1, b1), (W2, b2)) = depth_lab.spiral_network(X, y)
    signs = np.array([1, -1, 1, -1, 1, -1.0])
    first = (W1 * signs)[:, ::-1], (b1 * signs)[::-1]
    return activation, [first, ((signs[:, None] * W2)[::-1], b2)]


VARIANTS = {
    "standardize": [standardize, standardize_by_mask],
    "backward_factor": [factor_by_ifs, factor_by_variance, factor_from_slopes],
    "gradient_norms": [norms_with_lists, norms_in_rows, norms_by_recursion],
    "scaled_weights": [scaled_by_ifs, scaled_from_the_factor, scaled_as_tuple],
    "batchnorm_backward": [batchnorm_step_by_step, batchnorm_by_jacobians, batchnorm_by_program],
    "spiral_network": [as_lists, in_single_precision, with_units_in_another_order],
}
