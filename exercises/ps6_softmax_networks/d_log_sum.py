"""6.5 Second rung: the differential (N,) of log Σ exp(s), from scores and dscores (N, K)."""

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

from .cost import softmax
from .differentials import along
from .draws import Array, away_from_zero

LARGEST = 2.0
"""No score is further from 0: what overflows is the business of 6.1."""


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(scores, dscores)."""
    N, K = sizes["N"], sizes["K"]
    return rng.uniform(-LARGEST, LARGEST, (N, K)), away_from_zero(rng, N, K)


def log_sum(scores: Array) -> Array:
    """The logarithm of the sum of each row's exponentials."""
    logarithms: Array = np.logaddexp.reduce(scores, axis=1)
    return logarithms


def d_sum(scores: Array, dscores: Array) -> Array:
    """The differential of each row's sum of exponentials."""
    change: Array = (np.exp(scores) * dscores).sum(axis=1)
    return change


def largest_only(scores: Array, dscores: Array) -> Array:
    """Take the change of the largest score for all of the change."""
    change: Array = dscores[np.arange(len(scores)), scores.argmax(axis=1)]
    return change


EXERCISE = Exercise(
    reference=softmax_networks.d_log_sum,
    draw=draw,
    axes="N K",
    oracle=lambda scores, dscores: along(log_sum, scores, dscores),
    checks=(Check("change", points=1.5),),
    reveal=(
        r"$d \log \sum_k e^{s_k} = \sum_k e^{s_k}\, ds_k \,/ \sum_k e^{s_k}$: the sum changes by "
        r"what its exponentials change by, and $d \log u = du / u$. The notes write $\frac{\mathbf "
        r"1^T d\,expscores_{sum}}{expscores_{sum}}$. Each example is divided by its own sum: that "
        "is a division of numbers, one per example. Read as a division of matrices, which is not "
        "elementwise, the line has no meaning."
    ),
    mistakes=(
        Mistake(
            "not-divided",
            d_sum,
            "This is the differential of the sum itself. What does the logarithm make of it?",
        ),
        Mistake(
            "one-over-sum",
            lambda scores, dscores: dscores.sum(axis=1) / np.exp(scores).sum(axis=1),
            "The changes of the scores were added as they are. "
            "By how much does an exponential grow when its score does?",
        ),
        Mistake(
            "matrix-division",
            lambda scores, dscores: d_sum(scores, dscores) / np.exp(scores).sum(),
            "The sum of the whole batch divides here. Which scores are in the sum of one example?",
        ),
        Mistake(
            "largest-only",
            largest_only,
            "Only the largest score's change counts here. Do the others leave the sum alone?",
        ),
        Mistake(
            "unweighted",
            lambda scores, dscores: dscores.sum(axis=1),
            "The changes were added without weights. "
            "Does a score of 2 move the sum as much as one of −2?",
        ),
        Mistake(
            "averaged",
            lambda scores, dscores: dscores.mean(axis=1),
            "Every class counts the same in this mean. "
            "Does a score of 2 move the sum as much as one of −2?",
        ),
        Mistake(
            "value-for-change",
            lambda scores, dscores: log_sum(scores),
            "This is the logarithm itself. Asked for is its change when the scores move.",
        ),
        Mistake(
            "per-class",
            lambda scores, dscores: softmax(scores) * dscores,
            "Each class has a number of its own here. What does the sum over classes do with them?",
        ),
        Mistake(
            "one-number",
            lambda scores, dscores: d_sum(scores, dscores).sum() / np.exp(scores).sum(),
            "The whole batch became one number. Each example has a logarithm of its own.",
        ),
        Mistake(
            "down-the-columns",
            lambda scores, dscores: along(log_sum, scores.T, dscores.T),
            "The sums run down the columns. One example is a row: which axis holds its classes?",
        ),
        Mistake(
            "outer-only",
            lambda scores, dscores: 1 / np.exp(scores).sum(axis=1),
            "This is what the logarithm contributes. By how much does its argument change?",
        ),
        Mistake(
            "exponentials-of-changes",
            lambda scores, dscores: np.exp(dscores).sum(axis=1) / np.exp(scores).sum(axis=1),
            "The changes were exponentiated. "
            "By how much does an exponential grow when its score does?",
        ),
        Mistake(
            "whole-change",
            lambda scores, dscores: log_sum(scores + dscores) - log_sum(scores),
            "This is the change for a step as large as dscores. "
            "A differential is its part of first order.",
        ),
        Mistake(
            "no-exponential",
            lambda scores, dscores: (scores * dscores).sum(axis=1) / scores.sum(axis=1),
            "The scores themselves are the weights here. "
            "What is summed before the logarithm is taken?",
        ),
    ),
)
