"""7.16 Find the bug: dW1 (H, D), db1 (H, 1), dW2 (1, H), db2 (1, 1), with both bugs fixed."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import deep_networks

from .draws import Array, logistic


def draw(rng: Generator, sizes: Sizes) -> tuple[Array, ...]:
    """(X, Y, W1, b1, W2, b2), with both classes in Y (1, N), where N allows it."""
    N, D, H = (sizes[axis] for axis in "NDH")
    Y = rng.permutation(np.arange(N) % 2).astype(np.float64)[None, :]
    shapes = (H, D), (H, 1), (1, H), (1, 1)
    return rng.normal(size=(D, N)), Y, *(rng.normal(size=shape) for shape in shapes)


def loss(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    """The mean binary cross-entropy, from the sums of the output unit."""
    Z2 = W2 @ logistic(W1 @ X + b1) + b2
    return float(np.mean(np.logaddexp(0, Z2) - Y * Z2))


def scale_left_in(X: Array, *rest: Array) -> tuple[Array, ...]:
    """Fix the slope alone: features are counted where the examples should be."""
    D, N = X.shape
    return tuple(gradient / (D / N) for gradient in deep_networks.fixed_backward(X, *rest))


def slope_left_in(X: Array, *rest: Array) -> tuple[Array, ...]:
    """Fix the count alone: the slope of the output stands in the hidden layer."""
    D, N = X.shape
    hidden = deep_networks.broken_backward(X, *rest)[:2]
    output = deep_networks.fixed_backward(X, *rest)[2:]
    return *(D / N * gradient for gradient in hidden), *output


EXERCISE = Exercise(
    reference=deep_networks.fixed_backward,
    draw=draw,
    axes="N D H",
    oracle=lambda *arguments: gradients_of(loss, *arguments, wrt=(2, 3, 4, 5)),
    starts_from=deep_networks.broken_backward,
    checks=(
        Check("dW1", points=0.75, part=0),
        Check("db1", points=0.75, part=1),
        Check("dW2", points=0.75, part=2),
        Check("db2", points=0.75, part=3),
    ),
    reveal=(
        "$N$ is the number of *columns* of $X$, and the error terms of the hidden layer take the "
        r"slope of their own sigmoid, $A_1 \odot (1 - A_1)$. $A_2$ has a single row, which numpy "
        "spread over all hidden units without a word."
    ),
    mistakes=(
        Mistake(
            "both-left-in",
            deep_networks.broken_backward,
            "Both planted mistakes are still there. What does your gradient check say of db2, the "
            "simplest of the four?",
            twins=("scale-left-in",),
        ),
        Mistake(
            "scale-left-in",
            scale_left_in,
            "One mistake is fixed. All four are still off by one common factor: what is counted "
            "where the examples should be?",
            twins=("both-left-in",),
        ),
        Mistake(
            "slope-left-in",
            slope_left_in,
            "One mistake is fixed, and the output layer is right. Check the shapes in the line "
            "that crosses the hidden sigmoid.",
            loses=("dW1", "db1"),
        ),
    ),
)
