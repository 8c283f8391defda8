"""1.9 Back through a graph with forks: the derivative of f with respect to each of its values."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes
from solutions import derivatives

from .draws import Array, Generator
from .oracles import logistic

Values = Mapping[str, Array]
Line = Callable[[Values, Values], Array]
"""(the derivatives that stand before it, the values of the forward pass) → one derivative."""

CLOSEST = 0.1
STEP = 1e-20


def two_inputs(rng: Generator, sizes: Sizes) -> Arguments:
    """Two vectors where N is 1, else matrices; x and y are nowhere nearer than 0.1."""
    shape = (sizes["M"],) if sizes["N"] == 1 else (sizes["N"], sizes["M"])
    x, y = rng.standard_normal(shape), rng.standard_normal(shape)
    near = np.abs(x - y) < CLOSEST
    return x, np.where(near, x + CLOSEST + np.abs(rng.standard_normal(shape)), y)


def slope(a: Array) -> Array:
    """σ' by way of the output."""
    return a * (1 - a)


LINES: dict[str, Line] = {
    "f": lambda g, v: np.ones_like(v["x"]),
    "n": lambda g, v: g["f"] * v["r"],
    "r": lambda g, v: g["f"] * v["n"],
    "m": lambda g, v: -g["r"] * v["r"] ** 2,
    "q": lambda g, v: g["m"],
    "t": lambda g, v: g["m"],
    "p": lambda g, v: 2 * g["q"] * v["p"],
    "s": lambda g, v: g["n"],
    "x": lambda g, v: g["n"] + g["t"] * slope(v["t"]) + g["p"],
    "y": lambda g, v: g["s"] * slope(v["s"]) - g["p"],
}
"""The way back, node by node, each from the lines before it."""

POINTS = {
    "n": 0.25,
    "r": 0.25,
    "m": 0.5,
    "q": 0.25,
    "t": 0.25,
    "p": 0.5,
    "s": 0.25,
    "x": 1,
    "y": 0.75,
}


PASSED_ON = frozenset("qts")
"""Nodes that get what another has: ones would do, so they count with one that gets more."""


def forward(x: Array, y: Array) -> Values:
    """The values of the forward pass, with the inputs."""
    return {**derivatives.graph(x, y), "x": x, "y": y}


def from_own_lines(line: Line) -> Callable[[Values, Arguments], Array]:
    """One line, judged from the student's own lines before it."""
    return lambda answer, arguments: line(answer, forward(*arguments))


def way_back(x: Array, y: Array, wrong: Mapping[str, Line]) -> dict[str, Array]:
    """All lines in order, some of them replaced; what follows goes on from what it is given."""
    found: dict[str, Array] = {}
    for node, line in LINES.items():
        found[node] = wrong.get(node, line)(found, forward(x, y))
    return found


def slip(slug: str, node: str, line: Line, sentence: str) -> Mistake:
    """A known wrong line, in whatever company."""
    return Mistake(
        slug,
        lambda x, y: way_back(x, y, {node: line}),
        sentence,
        loses=(node,),
        given=lambda answer, arguments: {node: line(answer, forward(*arguments))},
    )


def oracle(x: Array, y: Array) -> dict[str, Array]:
    """Complex steps of the forward pass, moved at one node: exact to rounding, no algebra in it."""

    def moved(node: str) -> Array:
        def at(name: str, value: Any) -> Any:
            return value + 1j * STEP if name == node else value

        first, second = at("x", x), at("y", y)
        s = at("s", 1 / (1 + np.exp(-second)))
        n = at("n", first + s)
        t = at("t", 1 / (1 + np.exp(-first)))
        p = at("p", first - second)
        m = at("m", t + at("q", p * p))
        return np.asarray(np.imag(at("f", n * at("r", 1 / m))) / STEP)

    return {node: moved(node) for node in LINES}


EXERCISE = Exercise(
    reference=derivatives.graph_gradients,
    draw=two_inputs,
    axes="N M",
    examples=False,
    oracle=oracle,
    calls=("sigmoid", "sigmoid_prime", "sigmoid_prime_from_output", "multiply_backward"),
    checks=(
        Check("f", 0, part="f"),
        *(
            Check(
                node,
                points,
                part=node,
                given=from_own_lines(LINES[node]),
                needs=("n", "r", "m") if node in PASSED_ON else ("f",),
            )
            for node, points in POINTS.items()
        ),
    ),
    reveal=r"""
From the end to the beginning, each line made from those above it (a bar is a derivative of $f$):

$$\bar f = 1,\quad \bar n = \bar f\, r,\quad \bar r = \bar f\, n,\quad \bar m = -\bar r\, r^2,
\quad \bar t = \bar q = \bar m,\quad \bar p = 2\,\bar q\, p,\quad \bar s = \bar n$$

$$\bar x = \bar n + \bar t\; t(1 - t) + \bar p, \qquad \bar y = \bar s\; s(1 - s) - \bar p$$

A value that is used in several places collects from each of them: $x$ from three, $y$ from two.
This is all that an automatic differentiation does, and set 8 will write it as a program.
""",
    mistakes=(
        slip(
            "reciprocal-sign",
            "m",
            lambda g, v: g["r"] * v["r"] ** 2,
            "The sign of m's line is wrong. If m grows, does 1/m grow or shrink?",
        ),
        slip(
            "two-of-the-square",
            "p",
            lambda g, v: g["q"] * v["p"],
            "q = p·p uses p twice, and p's line collects from one of them only.",
        ),
        slip(
            "last-path-only",
            "x",
            lambda g, v: g["p"],
            "x gets what comes back through p, and nothing else. Where else in the code does x "
            "stand?",
        ),
        slip(
            "a-path-lost",
            "x",
            lambda g, v: g["n"] + g["p"],
            "x collects from two places. Read the forward code again: how often is x used?",
        ),
        slip(
            "slope-at-output",
            "y",
            lambda g, v: g["s"] * slope(np.asarray(logistic(v["s"]))) - g["p"],
            "On the way from s to y, the slope is taken at s. At which value does s = σ(y) have "
            "it?",
        ),
        slip(
            "minus-lost",
            "y",
            lambda g, v: g["s"] * slope(v["s"]) + g["p"],
            "What y gets through p has the wrong sign. How does p = x − y move when y grows?",
        ),
    ),
)
