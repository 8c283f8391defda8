"""5.6 One rule for all products: dA and dB of C = np.einsum(subscripts, A, B), from dout."""

from collections.abc import Sequence

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Draw,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import bike_sharing

from .network import Array

Gradients = tuple[Array, ...]

PLAIN = ("ij,jn->in", "nd,dh->nh")
TURNED = ("nh,kh->nk", "ni,nj->ij")
ELEMENTWISE = ("i,j->ij", "ij,ij->ij")
OTHERS = ("bij,bjk->bik", "ij,j->i")
GROUPS = (PLAIN, TURNED, ELEMENTWISE, OTHERS)


def among(patterns: Sequence[str]) -> Draw:
    """Make the draw of (subscripts, A, B, dout) with one of these patterns; lengths all differ."""

    def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
        subscripts = str(rng.choice(patterns))
        letters = dict.fromkeys(letter for letter in subscripts if letter.isalpha())
        length = dict(zip(letters, rng.permutation([*sizes.values()]), strict=False))
        a, b, c = subscripts.replace("->", ",").split(",")
        A, B, dout = (rng.normal(size=[length[letter] for letter in part]) for part in (a, b, c))
        return subscripts, A, B, dout

    return draw


plain, turned, elementwise, others = map(among, GROUPS)


def is_all_of_a_group(cases: Sequence[Arguments]) -> bool:
    """Whether the cases are those of one group, in its order."""
    return tuple(case[0] for case in cases) in GROUPS


def oracle(subscripts: str, A: Array, B: Array, dout: Array) -> Gradients:
    """Differentiate ⟨dout, C⟩ numerically."""

    def upstream(A: Array, B: Array) -> float:
        return float(np.sum(dout * np.einsum(subscripts, A, B)))

    return gradients_of(upstream, A, B, wrt=(0, 1))


def swapped(subscripts: str, A: Array, B: Array, dout: Array) -> Gradients:
    """Return dB, then dA."""
    dA, dB = bike_sharing.einsum_backward(subscripts, A, B, dout)
    return dB, dA


def upstream_forgotten(subscripts: str, A: Array, B: Array, dout: Array) -> Gradients:
    """Differentiate the sum of C."""
    return bike_sharing.einsum_backward(subscripts, A, B, np.ones_like(dout))


def only_matrices(subscripts: str, A: Array, B: Array, dout: Array) -> Gradients:
    """Take every product for A @ B: right for the first two patterns."""
    return dout @ B.T, A.T @ dout


EXERCISE = Exercise(
    reference=bike_sharing.einsum_backward,
    draw=plain,
    axes="P Q R S",
    batch="",
    returns=("dA", "dB"),
    oracle=oracle,
    reveal=r"""
For $C$ with the subscripts $a, b \to c$: $\;dA$ has $c, b \to a$, made of $dout$ and $B$; $\;dB$
has $a, c \to b$, made of $A$ and $dout$. The result and the wanted operand change places.

It is one rule: $C_c = \sum A_a B_b$ is linear in each entry of $A$, with the entries of $B$ that
it meets as slopes. Sections 4.6, 4.9, 5.4 and, later, 7.3 are instances of it.
""",
    checks=(
        Check("columns and rows", 0.5),
        Check("turned factors", 0.5, draw=turned),
        Check("outer and elementwise", 1, draw=elementwise),
        Check("three axes and vector", 1, draw=others),
    ),
    decides=is_all_of_a_group,
    example=among(PLAIN[:1]),
    mistakes=(
        Mistake(
            "swapped",
            swapped,
            "dA and dB stand in each other's place. Which operand comes first?",
        ),
        Mistake(
            "upstream-forgotten",
            upstream_forgotten,
            "These are the derivatives of the sum of all entries of C. Where does dout come in?",
        ),
        Mistake(
            "only-matrices",
            only_matrices,
            "This takes every product for a product of two matrices. What do the subscripts say?",
            loses=("turned factors", "outer and elementwise", "three axes and vector"),
        ),
    ),
)
