"""8.2 Running a program: all of its values, leaves first, in the order of their numbers."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Function, Mistake, Sizes
from solutions import autodiff

from .draws import away_from_zero, network_program, program_of, tables
from .machine import FORWARD, Array, Program, value_of


def every_op(rng: Generator, sizes: Sizes) -> Arguments:
    """(program, leaves) with each op at least once, and a sum along each axis.

    One of the matrix products is of square matrices, whose shapes fit element by element as well.
    """
    while True:
        program, leaves = program_of(
            rng,
            tables(rng, sizes) | {"square": away_from_zero(rng, sizes["M"], sizes["M"])},
            [
                ("s", "sigmoid", "A"),
                ("logs", "log", "s"),
                ("high", "max", "logs column"),
                ("moved", "sub", "row high"),
                ("scaled", "mul", "one moved"),
                ("both", "add", "scaled column"),
                ("powers", "exp", "both"),
                ("product", "matmul", "s B"),
                ("down", "sum", "powers", 0),
                ("turned", "matmul", "square square"),
                ("across", "sum", "product", 1),
                ("below", "add", "down row"),
                ("beside", "mul", "across column"),
                ("loss", "sum", "below"),
            ],
        )
        if is_clear(program, leaves):
            return program, leaves


def clear_network(rng: Generator, sizes: Sizes) -> Arguments:
    """The network's program, none of whose values is near 0."""
    while True:
        program, leaves = network_program(rng, sizes)
        if is_clear(program, leaves):
            return program, leaves


def is_clear(program: Program, leaves: list[Array]) -> bool:
    """Whether no value is so large, or so near 0 but for 0 itself, that rounding shows."""
    sizes = np.concatenate([np.abs(value).ravel() for value in oracle(program, leaves)])
    return bool(sizes.max() < 200 and sizes[sizes > 0].min() > 0.005)


def oracle(program: Program, leaves: list[Array]) -> list[Array]:
    """Each value on its own, by asking for what it is made of."""
    return [value_of(k, program, leaves) for k in range(len(leaves) + len(program))]


def altered(keepdims: bool = True, matmul: str = "matmul") -> Function:
    """Make the run with another sum, or another product; without arguments, a right one."""

    def run_program(program: Program, leaves: list[Array]) -> list[Array]:
        values = list(leaves)
        for op, where, axis in program:
            inputs = [values[i] for i in where]
            if op == "sum":
                values.append(inputs[0].sum(axis=axis, keepdims=keepdims and axis is not None))
            else:
                values.append(FORWARD[matmul if op == "matmul" else op](*inputs))
        return values

    return run_program


EXERCISE = Exercise(
    reference=autodiff.run_program,
    draw=every_op,
    axes="N D H R C M",
    oracle=oracle,
    reveal=(
        "The list is a *tape*: it keeps every value $v_k = f_k(v_i, v_j)$ that the way back will "
        "ask for. A forward pass that keeps only its last value cannot be differentiated backward."
    ),
    checks=(
        Check("ops", points=1),
        Check("network", points=1, draw=clear_network),
    ),
    mistakes=(
        Mistake(
            "sum-axis-lost",
            altered(keepdims=False),
            "A sum along an axis lost that axis. What does the table of 8.2 say of it?",
            loses=("ops",),
        ),
        Mistake(
            "leaves-left-out",
            lambda program, leaves: oracle(program, leaves)[len(leaves) :],
            "The list begins with the first step. Which values have the numbers before it?",
        ),
        Mistake(
            "mul-for-matmul",
            altered(matmul="mul"),
            "A matrix product was taken element by element. What does `matmul` ask for?",
        ),
    ),
)
