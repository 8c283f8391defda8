"""7.3 A product as one big matrix: J (m·q, n·p) of vec(AXB), from A (m, n) and B (p, q)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array


def draw(rng: Generator, sizes: Sizes) -> tuple[Array, Array]:
    """(A, B): (R, C) and (P, Q), with lengths that all differ."""
    return rng.normal(size=(sizes["R"], sizes["C"])), rng.normal(size=(sizes["P"], sizes["Q"]))


def oracle(A: Array, B: Array) -> Array:
    """Column by column: the map is linear, so J holds what it makes of each unit matrix."""
    n, p = A.shape[1], B.shape[0]
    units = np.eye(n * p).reshape(n * p, p, n)
    return np.array([(A @ unit.T @ B).T.ravel() for unit in units]).T


EXERCISE = Exercise(
    reference=deep_networks.vec_jacobian,
    draw=draw,
    axes="R C P Q",
    oracle=oracle,
    checks=(Check("J", points=2),),
    reveal=(
        r"$\operatorname{vec}(A\,dX\,B) = (B^T \otimes A)\operatorname{vec}(dX)$. Column $k$ of "
        r"$A\,dX\,B$ is $\sum_j B_{jk}\,A\,(dX)_{:,j}$, so the block in block row $k$ and block "
        "column $j$ is $B_{jk} A$: $B$ stands first, and transposed."
    ),
    mistakes=(
        Mistake(
            "rows-stacked",
            lambda A, B: np.kron(A, B.T),
            "This is right for a vec that stacks rows. Here vec stacks columns.",
        ),
        Mistake(
            "not-transposed",
            lambda A, B: np.kron(B, A),
            "The blocks stand in the wrong places. Which column of X meets B[j, k], and which "
            "column of the result does it go to?",
        ),
        Mistake(
            "transposed",
            lambda A, B: np.kron(B.T, A).T,
            "This is the transpose. J is multiplied by vec(dX): how many columns does it have?",
        ),
    ),
)
