"""4.3 The loss: the mean binary cross-entropy, one number, of A2 (1, N) and the labels Y (1, N)."""

from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import batch_mlp

from .draws import certain, output, shuffled
from .network import Array, mean_loss

ALL_BUT_FINITE = ("value", "near the edges")
"""What a wrong formula loses: at exact 0 and 1 any finite number will do."""


def nearly_certain(rng: Generator, sizes: Sizes) -> Arguments:
    """(A2, Y): outputs 1e-12 from 0 or 1, right and wrong, and one in between."""
    small = rng.uniform(1.1e-12, 1.4e-12, 4)
    return shuffled(
        rng, np.array([small[0], 1 - small[1], small[2], 1 - small[3], rng.uniform(0.3, 0.7)])
    )


def at_the_ends(rng: Generator, sizes: Sizes) -> Arguments:
    """(A2, Y): exact 0 and 1."""
    return certain(rng)


def is_one_finite_number(loss: Any, arguments: Arguments) -> bool:
    """Whether the loss is a number at all: which one, the text leaves open."""
    return bool(np.isfinite(loss))


def clipped(A2: Array, edge: float = 1e-12) -> Array:
    """A2 kept away from 0 and 1."""
    return np.clip(A2, edge, 1 - edge)


def unclipped_loss(A2: Array, Y: Array) -> float:
    """The mean loss, infinite where a certain output is wrong."""
    return float(-np.mean(np.where(Y == 1, np.log(A2), np.log(1 - A2))))


EXERCISE = Exercise(
    reference=batch_mlp.binary_cross_entropy,
    draw=output,
    axes="N",
    oracle=mean_loss,
    reveal=r"""
$J = \frac1N \sum_n J_n$ is one number. The notes print it without the sum: that would be a row of
$N$ numbers.
""",
    checks=(
        Check("value", points=1),
        Check("near the edges", points=0.5, draw=nearly_certain, fixed=True),
        Check(
            "finite",
            points=0.5,
            draw=at_the_ends,
            fixed=True,
            accept=is_one_finite_number,
            needs=("value", "near the edges"),
            expects="With an exact 0 or 1 in A2 the loss must still be one finite number. "
            "Which arguments does the logarithm not take?",
        ),
    ),
    mistakes=(
        Mistake(
            "ones-only",
            lambda A2, Y: -np.mean(Y * np.log(clipped(A2))),
            "Only examples with y = 1 count here. What does an example with y = 0 pay?",
            loses=ALL_BUT_FINITE,
        ),
        Mistake(
            "labels-swapped",
            lambda A2, Y: unclipped_loss(1 - clipped(A2), Y),
            "The two terms look at the wrong classes: a confident, right answer must cost little.",
            loses=ALL_BUT_FINITE,
        ),
        Mistake(
            "difference-of-terms",
            lambda A2, Y: -np.mean(Y * np.log(clipped(A2)) - (1 - Y) * np.log(1 - clipped(A2))),
            "The two terms are subtracted from each other. Both are costs: how do they combine?",
            loses=ALL_BUT_FINITE,
        ),
        Mistake(
            "summed",
            lambda A2, Y: Y.size * unclipped_loss(clipped(A2), Y),
            "The examples' losses are summed; their mean is asked for.",
            loses=ALL_BUT_FINITE,
        ),
        Mistake(
            "clipped-too-early",
            lambda A2, Y: unclipped_loss(clipped(A2, 1e-7), Y),
            "Outputs closer to 0 or 1 than 1e-7 were clipped; leave [1e-12, 1 − 1e-12] as it is.",
            loses=("near the edges",),
        ),
        Mistake(
            "constant-in-the-log",
            lambda A2, Y: -np.mean(Y * np.log(A2 + 1e-10) + (1 - Y) * np.log(1 - A2 + 1e-10)),
            "A constant of 1e-10 was added inside the logarithm. "
            "That shifts the loss near 0 and 1.",
            loses=("near the edges",),
        ),
        Mistake(
            "not-clipped",
            unclipped_loss,
            "The logarithm of an exact 0 is infinite. Which outputs may be "
            "changed, and by how little?",
            loses=("finite",),
        ),
    ),
)
