"""7.2 A product of the notes, fixed: the number d (reg/2)·‖W‖² along dW; both are (n, n)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array, along


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(W, dW, reg), both matrices (C, C)."""
    shape = sizes["C"], sizes["C"]
    return rng.normal(size=shape), rng.normal(size=shape), float(rng.uniform(0.2, 0.6))


def oracle(W: Array, dW: Array, reg: float) -> float:
    """The slope of the penalty itself on the way from W to W + dW."""
    return along(lambda t: float(reg / 2 * np.sum((W + t * dW) ** 2)))


EXERCISE = Exercise(
    reference=deep_networks.fixed_reg_differential,
    draw=draw,
    axes="C",
    oracle=oracle,
    starts_from=deep_networks.reg_differential_traced,
    checks=(Check("d", points=1),),
    reveal=(
        r"$d\,\tfrac\lambda2 \operatorname{tr}(W^TW) = \lambda \operatorname{tr}(W^T dW) = "
        r"\lambda \sum_{ij} W_{ij}\,dW_{ij}$. The product rule gives two terms that are "
        "transposes of each other; a trace does not see a transpose, so they cancel the ½. The "
        r"notes' $reg \cdot W \cdot dW$ lacks the trace and the transpose. Their program adds "
        r"the gradient $\lambda W$, which is right."
    ),
    mistakes=(
        Mistake(
            "trace-without-transpose",
            deep_networks.reg_differential_traced,
            "The trace of W·dW pairs each entry of W with another entry of dW than its own. "
            "Write ‖W‖² as a trace first, and differentiate that.",
        ),
        Mistake(
            "matrix",
            deep_networks.reg_differential_as_noted,
            "This is a matrix. The penalty is a number: can its change be a matrix?",
        ),
        Mistake(
            "half-left",
            lambda W, dW, reg: float(reg / 2 * np.trace(W.T @ dW)),
            "This is half of it. The square is a product of two factors that both move: "
            "how many terms does its differential have?",
        ),
        Mistake(
            "sum-of-product",
            lambda W, dW, reg: float(reg * (W.T @ dW).sum()),
            "This adds up all entries of a product of matrices. Which of them does a trace take?",
        ),
    ),
)
