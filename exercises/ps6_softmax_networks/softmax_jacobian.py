"""6.2 How probabilities answer to scores: the Jacobian ∂p_i/∂s_j (K, K) at p (K,)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import softmax_networks

from .cost import softmax
from .draws import Array, distribution


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(p,) with K entries."""
    return (distribution(rng, 1, sizes["K"])[0],)


def oracle(p: Array) -> Array:
    """Each row differentiates one probability by the scores log p, which give these p."""

    def gradient(i: int) -> Array:
        return central_differences(lambda s: float(softmax(s[None])[0, i]), np.log(p))

    return np.array([gradient(i) for i in range(len(p))])


EXERCISE = Exercise(
    reference=softmax_networks.softmax_jacobian,
    draw=draw,
    axes="K",
    oracle=oracle,
    checks=(Check("jacobian", points=2),),
    reveal=(
        r"$\partial p_i / \partial s_j = p_i(\delta_{ij} - p_j)$, so $J = \operatorname{diag}(p) "
        r"- p\,p^T$. The score $s_j$ is below the line always, and above it only for $i = j$. "
        "Each row sums to 0: raising all scores together changes nothing."
    ),
    mistakes=(
        Mistake(
            "diagonal-only",
            lambda p: np.diag(p * (1 - p)),
            "Only the diagonal is filled. "
            "Does raising one score leave the other probabilities alone?",
        ),
        Mistake(
            "slopes-as-a-vector",
            lambda p: p * (1 - p),
            "These are K numbers. "
            "A Jacobian has a row for each probability and a column for each score.",
        ),
        Mistake(
            "identity-for-diagonal",
            lambda p: np.eye(len(p)) - np.outer(p, p),
            "The diagonal starts from 1. What is the derivative of exp(s_i), divided by the sum?",
        ),
        Mistake(
            "outer-product-added",
            lambda p: np.diag(p) + np.outer(p, p),
            "A higher score of another class should lower this probability: look at the sign.",
        ),
    ),
)
