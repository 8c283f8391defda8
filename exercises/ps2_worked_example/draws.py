"""Inputs of ps2: networks with |h| ≥ 1 and |out| ≥ 1, and the lecture's worked example.

The lecture's numbers are so small that σ'(h) can hardly be told from ¼; these are not.
"""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Draw,
    Sizes,
    Tolerance,
)
from solutions import worked_example

from .network import Network, run

Generator = np.random.Generator
Choice = Callable[[Network], Arguments]
"""What one section takes from a network as its arguments."""


def drawn(choose: Choice) -> Draw:
    """A draw of the arguments that `choose` takes from a random network."""
    return lambda rng, sizes: choose(network(rng))


def worked(choose: Choice, atol: float) -> Check:
    """A check at the lecture's numbers, as near as they were printed.

    `atol` is half a unit of the printed number's last digit, or a little more.
    """

    def draw(rng: Generator, sizes: Sizes) -> Arguments:
        return choose(lecture())

    return Check("worked", 0, draw=draw, fixed=True, tolerance=Tolerance("printed", 0.0, atol))


def network(rng: Generator) -> Network:
    """A network of order 1 with 1 ≤ |h| ≤ 1.5 and 1 ≤ |out| ≤ 1.8."""
    h, out = rng.choice([-1.0, 1.0], 2) * rng.uniform(1, (1.5, 1.8))
    share = rng.choice([rng.uniform(0.25, 0.4), rng.uniform(1.3, 1.6)])
    x = rng.choice([-1.0, 1.0], 2) * rng.permutation([rng.uniform(0.5, 0.8), rng.uniform(1, 1.5)])
    W = h * np.array([share, 1 - share]) / x
    y_hat = worked_example.sigmoid(out)
    y = rng.choice([rng.uniform(0, y_hat - 0.1), rng.uniform(y_hat + 0.1, 1)])
    w_out = float(out / worked_example.sigmoid(h))
    return run(x, float(y), W, w_out, learning_rate=float(rng.uniform(0.2, 0.6)))


def lecture() -> Network:
    """The lecture's numbers."""
    return run(np.array([0.1, 0.3]), 1.0, np.array([0.4, -0.2]), 0.1, learning_rate=0.5)
