"""6.12 The affine layer in rows, backward: dX (N, D), dW (D, M), db (M,) from dout (N, M)."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from exercises.pictures import picture
from solutions import softmax_networks

from .draws import Array, away_from_zero


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout, X, W)."""
    N, D, M = (sizes[axis] for axis in "NDM")
    return away_from_zero(rng, N, M), rng.normal(size=(N, D)), away_from_zero(rng, D, M)


def oracle(dout: Array, X: Array, W: Array) -> tuple[Array, ...]:
    """Central differences of Σ dout ⊙ (X·W + b)."""

    def upstream(X: Array, W: Array, b: Array) -> float:
        return float((dout * (X @ W + b)).sum())

    return gradients_of(upstream, X, W, np.zeros(W.shape[1]), wrt=(0, 1, 2))


EXERCISE = Exercise(
    reference=softmax_networks.affine_backward,
    draw=draw,
    axes="N D M",
    oracle=oracle,
    checks=(
        Check("dX", points=1, part=0),
        Check("dW", points=0.5, part=1),
        Check("db", points=0.5, part=2),
    ),
    reveal=(
        r"$dX = dZ\, W^T$, $\;dW = X^T dZ$, $\;db = \sum_n dZ_n$: $X_{nd}$ reaches all $M$ units "
        "of its example, while $W_{dm}$ and $b_m$ reach all $N$ examples. What is summed is the "
        "side where two matrices meet."
        "\n\n" + picture("ps6_softmax_networks/affine_backward")
    ),
    mistakes=(
        Mistake(
            "db-over-features",
            lambda dout, X, W: (dout @ W.T, X.T @ dout, dout.sum(axis=1)),
            "db has one number per example here. Which entries of Z hold the same bias?",
            loses=("db",),
        ),
        Mistake(
            "mean-taken-again",
            lambda dout, X, W: (dout @ W.T, X.T @ dout / len(X), dout.mean(axis=0)),
            "dW and db were divided by N. Is the 1/N of the loss in dout already?",
            loses=("dW", "db"),
        ),
        Mistake(
            "summed-before-multiplying",
            lambda dout, X, W: (
                dout @ W.T,
                np.outer(X.sum(axis=0), dout.sum(axis=0)),
                dout.sum(axis=0),
            ),
            "X and dout were summed over the batch before they were multiplied. Which comes first?",
            loses=("dW",),
        ),
    ),
)
