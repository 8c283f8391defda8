"""How the inputs of ps7 are drawn: distinct sizes, order 1, every class, no kink within reach."""

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.gradcheck import central_differences
from autograder.exercise.spec import Sizes
from autograder.exercise.tree import Tree
from exercises.named import product_of_cosines, sum_of_squares, weighted_exponential

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

KINK = 1e-2
"""Pre-activations of ReLU stay at least this far from 0, where the derivative jumps."""


def logistic(z: Array) -> Array:
    """σ(z), good enough for z of order 1."""
    a: Array = 1 / (1 + np.exp(-z))
    return a


def predictions(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw y_pred and y, both (N, K)."""
    shape = sizes["N"], sizes["K"]
    return rng.normal(size=shape), rng.normal(size=shape)


def two_vectors(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw two vectors of different lengths."""
    return rng.normal(size=sizes["R"]), rng.normal(size=sizes["C"])


def delta_and_activations(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw delta (H, N), and the activations (D, N) of the sigmoid layer before it."""
    N, D = sizes["N"], sizes["D"]
    return rng.normal(size=(sizes["H"], N)), logistic(rng.normal(size=(D, N)))


def matrix(rng: np.random.Generator, sizes: Sizes) -> tuple[Array]:
    """Draw a matrix that is not square."""
    return (rng.normal(size=(sizes["R"], sizes["C"])),)


def relu_network(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw x (N, D), y (N, K), w1 (D, H), w2 (H, K): some units open, some shut, none at 0."""
    N, D, H, K = (sizes[name] for name in "NDHK")
    while True:
        x, y = rng.normal(size=(N, D)), rng.normal(size=(N, K))
        w1, w2 = rng.normal(size=(D, H)), rng.normal(size=(H, K))
        h = x @ w1
        if np.abs(h).min() > KINK and (h > 0).any() and (h < 0).any():
            return x, y, w1, w2


def relu_training(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw a training of three steps at an uncommon rate; no unit comes near 0 on the way."""
    while True:
        x, y, w1, w2 = relu_network(rng, sizes)
        rate = rng.uniform(0.011, 0.029)
        if _stays_clear(x, y, w1, w2, rate):
            return x, y, w1, w2, float(rate), 3


def deep_network(
    rng: np.random.Generator, sizes: Sizes
) -> tuple[Array, Labels, list[Array], list[Array]]:
    """Draw X (D, N), y (N,), weights and biases: four layers, and three for a single example."""
    return _network(rng, sizes["N"], *_layers(sizes, depth=3 if sizes["N"] == 1 else 4))


def deep_example(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw a network of three layers and a reg: small enough to look at."""
    return *_network(rng, sizes["N"], *_layers(sizes, depth=3)), float(rng.uniform(0.2, 0.6))


def deep_inputs(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw what `deep_forward` takes: X, weights, biases."""
    X, _, weights, biases = deep_network(rng, sizes)
    return X, weights, biases


def deep_inputs_example(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw X, weights, biases of three layers."""
    X, _, weights, biases, _ = deep_example(rng, sizes)
    return X, weights, biases


def deep_batch(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw what `deep_gradients` takes: X, y, weights, biases, reg."""
    return *deep_network(rng, sizes), float(rng.uniform(0.2, 0.6))


def parameters(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw a list of parameters, their gradients and a learning rate."""
    shapes = [(sizes["H"], sizes["D"]), (sizes["H"], 1), (sizes["K"], sizes["H"])]
    drawn = [[rng.normal(size=shape) for shape in shapes] for _ in range(2)]
    return *drawn, float(rng.uniform(0.2, 0.6))


def features(rng: np.random.Generator, sizes: Sizes) -> tuple[Array]:
    """Draw X (D, N) whose features have means and spreads of their own."""
    D, N = sizes["D"], sizes["N"]
    spread = 10 ** rng.uniform(-0.5, 1.5, size=(D, 1))
    return (rng.normal(size=(D, 1)) * 3 + spread * rng.normal(size=(D, N)),)


def constant_features(rng: np.random.Generator, sizes: Sizes) -> tuple[Array]:
    """Draw X with two constant features; the computed deviation of one of them is not quite 0."""
    (X,) = features(rng, sizes)
    value = rng.uniform(0.1, 1.0)
    while sizes["N"] > 1 and np.full((1, sizes["N"]), value).std(axis=1)[0] == 0:
        value = rng.uniform(0.1, 1.0)
    rows = [np.full_like(X[0], value), np.full_like(X[0], 2.0)]
    return (rng.permutation(np.vstack([X, *rows])),)


def wrong_gradient(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw f, a gradient with one element wrong, x (R, C) and a coarse step, which shows.

    The derivatives have both signs and none is near 0. The wrong element is one of the negative
    ones: neither a forgotten absolute value nor a floor of 1 leaves the result as it is.
    """
    f = product_of_cosines
    x = rng.uniform(0.4, 0.9, size=(sizes["R"], sizes["C"]))
    x *= rng.permutation(np.resize([-1.0, 1.0], x.size)).reshape(x.shape)
    gradient = central_differences(f, x)
    index = tuple(rng.choice(np.argwhere(gradient < 0)))
    gradient[index] *= rng.uniform(1.3, 1.7)
    return f, gradient, x, float(rng.uniform(0.1, 0.2))


def right_gradient(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw a right gradient of a sum of squares; one element of x, and so of it, is 0."""
    f = sum_of_squares
    x = rng.uniform(0.4, 0.9, size=(sizes["R"], sizes["C"]))
    x[0, rng.integers(sizes["C"])] = 0.0
    return f, central_differences(f, x), x


def gradient_with_nan(rng: np.random.Generator, sizes: Sizes) -> tuple[Tree, ...]:
    """Draw a right gradient (R,), but for one element, not the first, that is nan."""
    f = weighted_exponential
    x = rng.uniform(0.4, 0.9, size=sizes["R"])
    gradient = central_differences(f, x)
    gradient[rng.integers(1, len(x))] = np.nan
    return f, gradient, x


def binary_network(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, ...]:
    """Draw X (D, N), Y (1, N) of zeros and ones, W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1)."""
    N, D, H = (sizes[name] for name in "NDH")
    Y = rng.permutation(np.arange(N) % 2).astype(np.float64)[None, :]
    shapes = (H, D), (H, 1), (1, H), (1, 1)
    return rng.normal(size=(D, N)), Y, *(rng.normal(size=shape) for shape in shapes)


def _layers(sizes: Sizes, depth: int) -> list[int]:
    """Order the drawn lengths: the most classes that the batch can show come last."""
    lengths = [sizes[name] for name in "DHMPK"]
    classes = max(length for length in lengths if length <= max(sizes["N"], 3))
    lengths.remove(classes)
    return [*lengths[:depth], classes]


def _network(
    rng: np.random.Generator, N: int, *lengths: int
) -> tuple[Array, Labels, list[Array], list[Array]]:
    shapes = list(zip(lengths[1:], lengths[:-1], strict=True))
    y = rng.permutation(np.arange(N) % lengths[-1])
    weights = [rng.normal(size=shape) for shape in shapes]
    biases = [rng.normal(size=(rows, 1)) for rows, _ in shapes]
    return rng.normal(size=(lengths[0], N)), y, weights, biases


def _stays_clear(x: Array, y: Array, w1: Array, w2: Array, rate: float) -> bool:
    """Whether three steps keep every pre-activation away from 0, and the numbers of order 1."""
    for _ in range(3):
        h = x @ w1
        error = 2 * (np.maximum(h, 0) @ w2 - y)
        if np.abs(h).min() < KINK or np.abs(error).max() > 100:
            return False
        w1, w2 = (
            w1 - rate * x.T @ (error @ w2.T * (h > 0)),
            w2 - rate * np.maximum(h, 0).T @ error,
        )
    return True
