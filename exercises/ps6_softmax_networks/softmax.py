"""6.1 Softmax: each row of scores (N, K) to probabilities (N, K), at any finite scores."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import softmax_networks

from . import cost
from .draws import Array


def scores(rng: Generator, sizes: Sizes) -> Arguments:
    """(scores,) of order 1."""
    return (1.5 * rng.normal(size=(sizes["N"], sizes["K"])),)


def large_scores(rng: Generator, sizes: Sizes) -> Arguments:
    """(scores,) around 1000, around −1000, and both in one row; float32 holds each exactly."""
    values = rng.integers(-64, 65, size=(3, sizes["K"])) / 32
    values[0] += 1000
    values[1] -= 1000
    values[2, 0] += 1000
    values[2, 1] -= 1000
    return (values,)


def shares(powers: Array) -> Array:
    """Each row, divided by its sum."""
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


EXERCISE = Exercise(
    reference=softmax_networks.softmax,
    draw=scores,
    axes="N K",
    oracle=cost.softmax,
    checks=(
        Check("probabilities", points=1),
        Check("stable", points=1, draw=large_scores, fixed=True),
    ),
    reveal=(
        r"$p_k = e^{s_k - c} / \sum_m e^{s_m - c}$ for any $c$, because $e^{-c}$ cancels. With $c "
        r"= \max_m s_m$, row by row, no exponent is above 0 and one of them is 0: nothing "
        "overflows, and no sum is 0."
    ),
    mistakes=(
        Mistake(
            "overflow",
            lambda scores: shares(np.exp(scores)),
            "The formula is right, but exp(1000) is too large for a float. "
            "What can be done to all scores of a row that leaves its shares alone?",
            loses=("stable",),
        ),
        Mistake(
            "one-shift-for-all",
            lambda scores: shares(np.exp(scores - scores.max())),
            "After a shift by the largest score of the whole batch, other rows have only "
            "exp(s) = 0. Which rows does that shift suit?",
            loses=("stable",),
        ),
        Mistake(
            "normalised-down-the-columns",
            lambda scores: cost.softmax(scores.T).T,
            "Each column sums to 1. One example is a row: which axis holds its classes?",
        ),
        Mistake(
            "normalised-over-everything",
            lambda scores: cost.softmax(scores.reshape(1, -1)).reshape(scores.shape),
            "The whole matrix sums to 1. Each example, a row, has probabilities of its own.",
        ),
        Mistake(
            "not-exponentiated",
            shares,
            "The scores themselves were divided by their sum. What makes every share positive?",
        ),
    ),
)
