"""Inputs of ps2: networks with |h| ≥ 1 and |out| ≥ 1, and the lecture's worked example.

The lecture's numbers are so small that σ'(h) can hardly be told from ¼; these are not.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.compare import Tolerance
from autograder.exercise.spec import Check, Draw, Sizes
from autograder.exercise.tree import Tree
from solutions import worked_example as right

Array = NDArray[np.float64]
Generator = np.random.Generator
Arguments = tuple[Tree, ...]
Network = tuple[Array, float, Array, float, float]
"""x (2,), y, W (2,), w_out and the learning rate."""
Choice = Callable[[Network], Arguments]


def printed(atol: float) -> Tolerance:
    """As near as a printed number is: half a unit of its last digit, or a little more."""
    return Tolerance("printed", 0.0, atol)


def network(rng: Generator) -> Network:
    """A network of order 1 with 1 ≤ |h| ≤ 1.5 and 1 ≤ |out| ≤ 1.8."""
    h, out = rng.choice([-1.0, 1.0], 2) * rng.uniform(1, (1.5, 1.8))
    share = rng.choice([rng.uniform(0.25, 0.4), rng.uniform(1.3, 1.6)])
    x = rng.choice([-1.0, 1.0], 2) * rng.permutation([rng.uniform(0.5, 0.8), rng.uniform(1, 1.5)])
    W = h * np.array([share, 1 - share]) / x
    y_hat = right.sigmoid(out)
    y = rng.choice([rng.uniform(0, y_hat - 0.1), rng.uniform(y_hat + 0.1, 1)])
    return x, float(y), W, float(out / right.sigmoid(h)), float(rng.uniform(0.2, 0.6))


def lecture() -> Network:
    """The lecture's numbers."""
    return np.array([0.1, 0.3]), 1.0, np.array([0.4, -0.2]), 0.1, 0.5


def drawn(choose: Choice) -> Draw:
    """A draw of the arguments that `choose` takes from a random network."""
    return lambda rng, sizes: choose(network(rng))


def worked(choose: Choice, atol: float) -> Check:
    """A check at the lecture's numbers, to the rounding that they were printed with."""

    def draw(rng: Generator, sizes: Sizes) -> Arguments:
        return choose(lecture())

    return Check("worked", 0, draw=draw, fixed=True, tolerance=printed(atol))


def for_forward(net: Network) -> Arguments:
    """x, W, w_out."""
    x, _, W, w_out, _ = net
    return x, W, w_out


def for_output_error_term(net: Network) -> Arguments:
    """y, y_hat."""
    return net[1], right.forward(*for_forward(net))[3]


def for_hidden_error_term(net: Network) -> Arguments:
    """w_out, delta_o, a."""
    delta_o = right.output_error_term(*for_output_error_term(net))
    return net[3], delta_o, right.forward(*for_forward(net))[1]


def for_output_weight_step(net: Network) -> Arguments:
    """learning_rate, delta_o, a."""
    _, delta_o, a = for_hidden_error_term(net)
    return net[4], delta_o, a


def for_input_weight_steps(net: Network) -> Arguments:
    """learning_rate, delta_h, x."""
    return net[4], right.hidden_error_term(*for_hidden_error_term(net)), net[0]


def for_loss_gradients(net: Network) -> Arguments:
    """x, y, W, w_out."""
    return net[:4]
