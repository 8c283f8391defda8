"""Functions that both sides of the trust line know by name.

This file enters the sandbox and check.py, so it imports nothing but numpy, and holds no answer.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ScalarFunction = Callable[[Array], float]


def _weights(x: Array) -> Array:
    """1, 1.25, 1.5, … in the order of the elements, in the shape of x."""
    return np.reshape(1.0 + 0.25 * np.arange(np.size(x), dtype=np.float64), np.shape(x))


def sum_of_squares(x: Array) -> float:
    """Σ wᵢ·xᵢ², with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.square(x)))


def sum_of_cubes(x: Array) -> float:
    """Σ wᵢ·xᵢ³, with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.power(x, 3)))


def sum_of_sines(x: Array) -> float:
    """Σ sin(wᵢ·xᵢ), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(np.sin(_weights(x) * x)))


def product_of_cosines(x: Array) -> float:
    """Π cos(xᵢ/(wᵢ + 1)), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.prod(np.cos(x / (_weights(x) + 1.0))))


def weighted_exponential(x: Array) -> float:
    """exp(mean of wᵢ·xᵢ / 2), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.exp(np.mean(_weights(x) * x) / 2.0))


def are_shares(parts: tuple[Array, Array], arguments: tuple[Array, Array, Array]) -> bool:
    """Whether each part (any shape) lies between 0 and dout, the last of the arguments."""
    slack = 1e-6  # results may come in float32
    low, high = np.minimum(0, arguments[-1]) - slack, np.maximum(0, arguments[-1]) + slack
    return all(bool(((low <= part) & (part <= high)).all()) for part in parts)


def _row(value: Any) -> list[float] | None:
    """The numbers of a list; None where something else came."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return [float(number) for number in array] if array.ndim == 1 else None


def is_backward_order(order: Any, arguments: Any) -> bool | str:
    """Whether each node stands after all that read it, and all that lead to output are there.

    `arguments` are (parents, output). The sentence tells the first fault, with the nodes' numbers.
    """
    parents, output = arguments
    leads, waiting = {int(output)}, [int(output)]
    while waiting:
        new = set(parents[waiting.pop()]) - leads
        leads |= new
        waiting += new
    nodes = _row(order)
    if nodes is None:
        return "A list of node numbers is asked for."
    place = {node: at for at, node in enumerate(nodes)}
    for node in nodes:
        if node not in leads:
            return f"Node {node:g} does not lead to output {output}. Who asks for its gradient?"
    if len(nodes) != len(leads) or len(place) != len(leads):
        return "Each node that leads to output belongs into the list once, and output as well."
    for node in nodes:
        for parent in parents[int(node)]:
            if place[parent] < place[node]:
                return f"Node {parent} stands before node {node:g}, which reads it."
    return True


SCALARS: tuple[ScalarFunction, ...] = (
    sum_of_squares,
    sum_of_cubes,
    sum_of_sines,
    product_of_cosines,
    weighted_exponential,
)
"""For arguments such as `f`: each takes a float64 array of any shape and gives a float of order 1.

The elements of an array play different parts, so that a gradient which mixes them up shows.
"""
JUDGES: tuple[Callable[..., Any], ...] = (are_shares, is_backward_order)
"""What checks ask (`accept`, `own_inputs`) where `check` on a student's desk shall ask too."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {function.__name__: function for function in (*SCALARS, *JUDGES)}
)
"""Name → function, for `Named(name)`."""
