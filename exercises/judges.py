"""What checks ask (`accept`, `own_inputs`), where `check` at the desk shall ask it as well.

This file enters check.py, so it imports nothing but numpy.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Judge = Callable[..., Any]


def are_shares(parts: tuple[Array, Array], arguments: tuple[Array, Array, Array]) -> bool | str:
    """Whether each part lies between 0 and dout at ties, and is all or nothing beside them."""
    (x, y, dout), slack = arguments, 1e-6  # results may come in float32
    for part, wins in zip(parts, (x > y, y > x), strict=True):
        if (np.abs(part - wins * dout)[x != y] > slack).any():
            return "Beside a tie the larger of the two gets all of dout: look at each entry alone."
    if (np.abs(sum(parts) - dout) > slack).any():
        return "At a tie beside entries that differ: move both by ε. What do dx + dy say?"
    low, high = np.minimum(0, dout) - slack, np.maximum(0, dout) + slack
    return all(bool(((low <= part) & (part <= high)).all()) for part in parts)


Ranges = tuple[tuple[float, float], ...]
"""The lowest and the highest number that counts, for each number of a blank."""

EDGE = 1e-12
"""The ends of a range count; this is how far rounding may push a number over one."""

SHEET: Mapping[str, Ranges] = MappingProxyType(
    {
        "delta_o": ((0.1215, 0.1225),),
        "delta_h": ((0.0025, 0.0035),),
        "step_out": ((0.0301, 0.03025),),
        "step_W": ((0.000145, 0.000155), (0.000445, 0.000465)),
    }
)
"""Blank → what rounds to its printed digits, by either way of rounding on the way."""


def _printed(*numbers: str) -> Ranges:
    """All that rounds to these numbers, in the digits in which they are written."""
    halves = [0.5 * 10.0 ** -len(number.partition(".")[2]) for number in numbers]
    return tuple(
        (float(n) - half, float(n) + half) for n, half in zip(numbers, halves, strict=True)
    )


SHEET_SLIPS: Mapping[str, tuple[str, Mapping[str, Ranges]]] = MappingProxyType(
    {
        "sign": (
            "This has the sign of a derivative of L, which the lecture's derivation has too. "
            "Should ŷ grow or fall here?",
            {blank: tuple((-b, -a) for a, b in ranges) for blank, ranges in SHEET.items()},
        ),
        "no-output-slope": (
            "This is the error alone. What lies between ŷ and out?",
            {"delta_o": _printed("0.488")},
        ),
        "no-hidden-slope": (
            "The error has come back over the edge. What lies between a and h?",
            {"delta_h": _printed("0.0122")},
        ),
        "no-weight": (
            "Nothing of the edge between the units is in it. How far does out move when a moves?",
            {"delta_h": _printed("0.0305")},
        ),
        "a-for-slope": (
            "The activation a stands where a slope of σ belongs. At which sum is that slope taken?",
            {"delta_h": _printed("0.0060")},
        ),
        "no-rate": (
            "The learning rate is not in this step yet.",
            {"step_out": _printed("0.0603"), "step_W": _printed("0.000305", "0.000914")},
        ),
        "wrong-delta": (
            "This step is made of the other unit's error term. At which unit does the edge end?",
            {"step_out": _printed("0.00075"), "step_W": _printed("0.0061", "0.0183")},
        ),
        "no-activation": (
            "Nothing of what comes in over the edge is in this step.",
            {"step_out": _printed("0.0609")},
        ),
        "weights-for-inputs": (
            "This step is made of a weight itself. How far does h move when that weight moves?",
            {"step_W": _printed("0.00061", "-0.0003")},
        ),
    }
)
"""Slug → what to say to it, and the numbers that it puts into the blanks."""


def _within(value: Any, ranges: Ranges) -> bool:
    pairs = zip(np.ravel(value), ranges, strict=True)
    return all(low - EDGE <= number <= high + EDGE for number, (low, high) in pairs)


def _of_sheet(blank: str, value: Any) -> bool | str:
    """Whether a blank holds what rounds to its printed digits; a sentence for a known slip."""
    slips = (
        sentence
        for sentence, blanks in SHEET_SLIPS.values()
        if blank in blanks and _within(value, blanks[blank])
    )
    return _within(value, SHEET[blank]) or next(slips, False)


def _sheet_judge(blank: str) -> Callable[[Any, Any], bool | str]:
    def judge(value: Any, arguments: Any) -> bool | str:
        return _of_sheet(blank, value)

    judge.__name__ = f"sheet_{blank}"
    return judge


SHEET_JUDGES: tuple[Judge, ...] = tuple(map(_sheet_judge, SHEET))
sheet_delta_o, sheet_delta_h, sheet_step_out, sheet_step_W = SHEET_JUDGES  # noqa: N816


KNOWN_NETWORKS: Mapping[tuple[float, ...], str] = MappingProxyType(
    {
        (1.5, -0.7, 0.8, -1.1, 2.0): "These are the numbers of the example. Which are yours?",
        (0.1, 0.3, 0.4, -0.2, 0.1): (
            "These are the lecture's numbers, where h is too near to 0. Which are yours?"
        ),
    }
)
"""x₁, x₂, W₁, W₂ and w_out of the networks that ps2 works out itself; what to say to them."""

OWN_NUMBERS = ("x1", "x2", "W1", "W2", "w_out", "y", "eta")
MISTAKABLE = (("x1", "x2"), ("x1", "W1"), ("x2", "W2"))
"""Pairs of which one is easily taken for the other."""
FACTORS = ("x1", "x2", "w_out", "eta")
"""What is easily forgotten in a product."""
APART = 0.05
"""Numbers nearer than this, relative to the larger, would hide a mistake within the tolerance."""


def own_network(answer: Any) -> tuple[float, ...] | str:
    """Read x₁, x₂, W₁, W₂, w_out, y and η out of an answer; a sentence where they cannot be."""
    typed = np.array([float(answer[name]) for name in OWN_NUMBERS])
    rounded = np.round(typed, 2)
    if not np.isfinite(typed).all():
        return "One of your own numbers is nan or infinite."
    if np.any(np.abs(typed - rounded) > 1e-6 * np.abs(rounded)):  # what float32 leaves of 0.07
        return "Your own numbers have at most two decimals, and so has eta."
    *sizes, y, eta = rounded.tolist()
    if not all(0.1 <= abs(number) <= 9.99 for number in sizes):
        return "x1, x2, W1, W2 and w_out lie between 0.1 and 9.99 in size."
    if y not in (0.0, 1.0):
        return "y is 0 or 1."
    if not 0.05 <= eta <= 2:
        return "eta lies between 0.05 and 2."
    own = dict(zip(OWN_NUMBERS, (*sizes, y, eta), strict=True))
    if refused := KNOWN_NETWORKS.get(tuple(sizes)) or _hides_a_mistake(own):
        return refused
    h = sizes[0] * sizes[2] + sizes[1] * sizes[3]
    out = sizes[4] * (a := 1 / (1 + np.exp(-h)))
    for name, value, how in (("h", h, ""), ("out", out, ": change w_out")):
        if not 1 <= abs(value) <= 3.5:
            return f"Your {name} is {value:.4g}. It should lie between 1 and 3.5 in size{how}."
    if _near(out * (1 - a), 1.0):  # w_out·a(1 − a), which is what δ_h is of δ_o
        return "With these numbers both error terms are nearly equal. Change w_out a little."
    return (*sizes, y, eta)


def _hides_a_mistake(own: Mapping[str, float]) -> str:
    """Return what to say where a mistake would not show in these numbers."""
    for name in FACTORS:
        if _near(own[name], 1.0):
            return f"Your {name} is nearly 1, so it would not show if it were left out. Change it."
    for one, other in MISTAKABLE:
        if _near(own[one], own[other]):
            return f"Your {one} and {other} are nearly equal, and hide a swap. Change one."
    return ""


def _near(one: float, other: float) -> bool:
    return abs(one - other) < APART * max(abs(one), abs(other))


def _row(value: Any) -> list[float] | None:
    """The numbers of a list; None where something else came."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return [float(number) for number in array] if array.ndim == 1 else None


FORWARD_ORDER = "This order runs forward: what is read comes first. Which node starts the way back?"
BY_NUMBER = "The nodes are sorted by number. Here numbers carry no order: what does?"
NEAREST_FIRST = "The nearest nodes come first. Can a near node still be read by one further away?"
LEADING_NOWHERE = "The list holds nodes that do not lead to output. Who asks for their gradients?"


def is_backward_order(order: Any, arguments: Any) -> bool | str:
    """Whether, of (parents, output), each node that leads to output stands after its readers."""
    parents, output = arguments
    steps, nodes = _steps_from(int(output), parents), _row(order)
    if nodes is None:
        return "A list of node numbers is asked for."
    if not steps.keys() >= set(nodes):
        return LEADING_NOWHERE
    if not len(nodes) == len(set(nodes)) == len(steps):
        return "Each node that leads to output belongs in the list once, and output as well."
    place = {node: at for at, node in enumerate(nodes)}
    pairs = [(int(node), parent) for node in nodes for parent in parents[int(node)]]
    wrong = [(node, parent) for node, parent in pairs if place[parent] < place[node]]
    if not wrong:
        return True
    far, (node, parent) = [steps[int(node)] for node in nodes], wrong[0]
    if len(wrong) == len(pairs):
        return FORWARD_ORDER
    if sorted(nodes) in (nodes, nodes[::-1]):
        return BY_NUMBER
    pair = f"Node {parent} stands before node {node}, which reads it."
    return NEAREST_FIRST if far == sorted(far) else pair


def _steps_from(output: int, parents: Any) -> dict[int, int]:
    """Every node that leads to output, and how many steps it is away at least."""
    steps, nearest = {output: 0}, [output]
    while nearest:
        found = {p for node in nearest for p in parents[node] if p not in steps}
        steps |= dict.fromkeys(found, steps[nearest[0]] + 1)
        nearest = list(found)
    return steps


MOST_PARAMETERS = 40
OVER_BUDGET = "All W and b together hold more than 40 numbers. How many does one more unit cost?"
TURNED = "Some W is (outputs, inputs). Rows are examples here: W has a row for each input."
LINEAR = "There is no hidden layer: straight lines divide the classes. Can they divide spiral arms?"
ONE_CLASS = "Every point gets the same class. Has the training begun to tell them apart?"
ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = MappingProxyType(
    {"sigmoid": lambda Z: (1 + np.tanh(Z / 2)) / 2, "tanh": np.tanh, "relu": lambda Z: Z * (Z > 0)}
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
            rows = f"The W of layer {number} should have {width} rows."
            return TURNED if W.ndim == 2 and W.shape[1] == width else rows
        if b.shape != W.shape[1:]:
            return f"The b of layer {number} should have one number for each column of its W."
        layers.append((W, b))
        width = W.shape[1]
    if width != 3:
        return "The last layer should give three scores."
    if not all(np.isfinite(part).all() for layer in layers for part in layer):
        return "Some number in the layers is nan or infinite. Did the training run away?"
    return OVER_BUDGET if sum(W.size + b.size for W, b in layers) > MOST_PARAMETERS else layers


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
    if (share := float(np.mean(found == y))) >= 0.65:  # the first mark
        return True
    words = f"Of the points that it is given, the network gets {share:.0%} right."
    return ONE_CLASS if (found == found[0]).all() else LINEAR if len(layers) == 1 else words


OTHERS: tuple[Judge, ...] = (own_network, are_shares, is_backward_order, knows_its_points)
JUDGES: Mapping[str, Judge] = MappingProxyType({j.__name__: j for j in (*SHEET_JUDGES, *OTHERS)})
"""Name → judge."""
