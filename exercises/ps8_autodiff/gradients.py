"""8.5 The way back through a program: one gradient per leaf, of its shape."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes
from solutions import autodiff

from .draws import APART, away_from_zero, network_program, program_of, tables
from .machine import altered, differences, value_of


def chain(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves) in which every value is read once."""
    tables_ = tables(rng, sizes)
    return program_of(
        rng,
        {name: tables_[name] for name in ("A", "B")} | {"C": np.abs(tables_["A"])},
        [
            ("s", "sigmoid", "A"),
            ("l", "log", "C"),
            ("m", "mul", "l s"),
            ("p", "matmul", "m B"),
            ("e", "exp", "p"),
            ("loss", "sum", "e"),
        ],
    )


def fork(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves) with values that several steps read, and some that one reads twice."""
    R, C = sizes["R"], sizes["C"]
    return program_of(
        rng,
        {"A": away_from_zero(rng, R, C), "B": away_from_zero(rng, R, C)},
        [
            ("s", "sigmoid", "A"),
            ("t", "mul", "s s"),
            ("u", "add", "B t"),
            ("v", "mul", "s u"),
            ("w", "sub", "v A"),
            ("x", "mul", "w w"),
            ("y", "add", "x B"),
            ("loss", "sum", "y"),
        ],
    )


def copies(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves) in which numpy copies columns, rows and numbers; the loss has an axis."""
    names = ("A", "column", "row", "one")
    while True:
        leaves = tables(rng, sizes)
        program, given = program_of(
            rng,
            {name: leaves[name] for name in names},
            [
                ("a", "sigmoid", "A"),
                ("b", "add", "column a"),
                ("c", "max", "b row"),
                ("d", "mul", "one c"),
                ("e", "exp", "d"),
                ("f", "sum", "e", 1),
                ("loss", "sum", "f", 0),
            ],
        )
        b = value_of(len(given) + 1, program, given)
        gap = np.abs(b - leaves["row"])
        if gap.min() > APART and 0 < np.mean(b > leaves["row"]) < 1:
            return program, given


def unused(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves), and no step reads one of the leaves."""
    leaves = tables(rng, sizes)
    return program_of(
        rng,
        {name: leaves[name] for name in ("A", "column", "B")},
        [("p", "matmul", "A B"), ("s", "sigmoid", "p"), ("loss", "sum", "s")],
    )


EXERCISE = Exercise(
    reference=autodiff.gradients,
    draw=chain,
    axes="N D H R C M",
    oracle=differences,
    calls=("unbroadcast", "backward_order"),
    reveal=(
        "A value that several steps read collects from each: "
        r"$\frac{\partial L}{\partial v_i} = \sum_{k \text{ reads } i} "
        r"\frac{\partial L}{\partial v_k} \frac{\partial v_k}{\partial v_i}$, "
        "the chain rule over all paths, done once per step and not once per path. This is "
        "*reverse mode*, and what you have written is what autograd libraries are made of."
    ),
    checks=(
        Check("chain", points=1),
        Check("fork", points=1, draw=fork),
        Check("broadcasting", points=1, draw=copies),
        Check("unused leaf", points=0.5, draw=unused),
        Check("network", points=1.5, draw=network_program),
    ),
    mistakes=(
        Mistake(
            "assigned",
            altered(collect=lambda old, new, readers: new),
            "A value that is read twice keeps only one of its two gradients. "
            "What becomes of the other?",
            loses=("fork", "network"),
        ),
        Mistake(
            "fork-halved",
            altered(collect=lambda old, new, readers: old + new / readers),
            "What arrives at a fork is averaged. "
            "If the value grows by ε, by how much does each reader see it grow?",
            loses=("fork", "network"),
        ),
        Mistake(
            "leaf-None",
            altered(unused=lambda grad: None),
            "A leaf that no step reads got None. By how much does the loss move with it?",
            loses=("unused leaf",),
        ),
        Mistake(
            "upstream-forgotten",
            altered(upstream=np.ones_like),
            "Each step starts from ones again. What has arrived from the steps behind it?",
        ),
    ),
)
