"""What sections of ps9 share: arrays, the activations once more, and one draw for each of them."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.exercise import Arguments, Draw, Sizes

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "tanh": np.tanh,
    "relu": lambda Z: np.where(Z > 0, Z, 0),
}


def for_each(draw: Callable[[Generator, Sizes, str], Arguments]) -> dict[str, Draw]:
    """One draw for each activation, by its name."""

    def named(name: str) -> Draw:
        return lambda rng, sizes: draw(rng, sizes, name)

    return {name: named(name) for name in ACTIVATIONS}
