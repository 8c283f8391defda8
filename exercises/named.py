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


MOST_PARAMETERS = 40
ENOUGH_OF_ITS_OWN = 0.65
OVER_BUDGET = "All W and b together hold more than 40 numbers. How many does one more unit cost?"
TURNED = "Some W is (outputs, inputs). Rows are examples here: W has a row for each input."
LINEAR = "There is no hidden layer: the classes are divided by straight lines. Do arms have any?"
ONE_CLASS = "Every point gets the same class. Has the training begun to tell them apart?"
ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = MappingProxyType(
    {
        "sigmoid": lambda Z: 0.5 * (1 + np.tanh(0.5 * Z)),
        "tanh": np.tanh,
        "relu": lambda Z: np.maximum(Z, 0),
    }
)


def layers_of(answer: Any) -> list[tuple[Array, Array]] | str:
    """The layers (W, b) of an answer (activation, layers); a sentence where it has another form."""
    if type(answer) not in (list, tuple) or len(answer) != 2:
        return "Two things are asked for: the name of the activation, and the list of the layers."
    activation, given = answer
    if type(activation) is not str or activation not in ACTIVATIONS:
        return "The activation is one of the texts sigmoid, tanh and relu."
    if type(given) not in (list, tuple) or not 0 < len(given) <= MOST_PARAMETERS:
        return "The layers are a list of pairs (W, b)."
    layers, width = [], 2
    for number, layer in enumerate(given, 1):
        try:
            W, b = (np.asarray(part, dtype=np.float64) for part in layer)
        except (TypeError, ValueError):
            return f"Layer {number} is not a pair of arrays of numbers (W, b)."
        if W.ndim != 2 or len(W) != width:
            turned = W.ndim == 2 and W.shape[1] == width
            return TURNED if turned else f"The W of layer {number} should have {width} rows."
        if b.shape != W.shape[1:]:
            return f"The b of layer {number} should have one number for each column of its W."
        layers.append((W, b))
        width = W.shape[1]
    if width != 3:
        return "The last layer should give three scores."
    if not all(np.isfinite(part).all() for layer in layers for part in layer):
        return "Some number in the layers is nan or infinite. Did the training run away?"
    used = sum(part.size for layer in layers for part in layer)
    return OVER_BUDGET if used > MOST_PARAMETERS else layers


def classes_of(activation: str, layers: list[tuple[Array, Array]], X: Array) -> Any:
    """The class of each point X (N, 2): that of its largest score."""
    A = X
    for W, b in layers[:-1]:
        A = ACTIVATIONS[activation](A @ W + b)
    W, b = layers[-1]
    return (A @ W + b).argmax(axis=1)


def knows_its_points(answer: Any, arguments: Any) -> bool | str:
    """Whether an answer is a network within the budget that has learned from the points given."""
    X, y = arguments
    layers = layers_of(answer)
    if isinstance(layers, str):
        return layers
    found = classes_of(answer[0], layers, X)
    if (found == found[0]).all():
        return ONE_CLASS
    share = float(np.mean(found == y))
    if share >= ENOUGH_OF_ITS_OWN:
        return True
    if len(layers) == 1:
        return LINEAR
    return f"Of the points that it is given, the network gets {share:.0%} right."


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
JUDGES: tuple[Callable[..., Any], ...] = (are_shares, is_backward_order, knows_its_points)
"""What checks ask (`accept`, `own_inputs`) where `check` on a student's desk shall ask too."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {function.__name__: function for function in (*SCALARS, *JUDGES)}
)
"""Name → function, for `Named(name)`."""
