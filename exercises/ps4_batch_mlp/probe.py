"""4.8 A loss for one layer alone: a number whose derivative with respect to Z is dZ."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes
from solutions import batch_mlp

from .draws import away_from_zero, layer
from .network import Array, affine


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dZ, A_prev, W, b) of a layer of H units above D activations."""
    return away_from_zero(rng, sizes["H"], sizes["N"]), *layer(rng, sizes)


def oracle(dZ: Array, A_prev: Array, W: Array, b: Array) -> float:
    """Walk from Z = 0 to Z along the straight line, on which the derivative dZ stays the same."""
    Z, steps = affine(A_prev, W, b), 4
    return sum(float(np.vdot(dZ, Z / steps)) for _ in range(steps))


EXERCISE = Exercise(
    reference=batch_mlp.probe,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$p = \sum_{i, n} dZ_{in}\, Z_{in}, \qquad \frac{\partial p}{\partial Z_{in}} = dZ_{in}$$

The error term $dZ$ is all that a layer hears of the loss behind it. With it as a factor, this
number behaves like that loss: its derivatives with respect to $A_{prev}$, $W$ and $b$ are those
of the network.
""",
    checks=(Check("value", points=1),),
    mistakes=(
        Mistake(
            "bias-forgotten",
            lambda dZ, A_prev, W, b: np.sum(dZ * (W @ A_prev)),
            "The number must depend on b as well: what does Z consist of?",
        ),
        Mistake(
            "mean",
            lambda dZ, A_prev, W, b: np.mean(dZ * affine(A_prev, W, b)),
            "A mean was taken, so the derivative with respect to Z is a fraction of dZ.",
        ),
        Mistake(
            "mean-over-examples",
            lambda dZ, A_prev, W, b: np.sum(dZ * affine(A_prev, W, b)) / dZ.shape[1],
            "This is divided by N, and so is its derivative with respect to Z. "
            "Which derivative is asked for?",
        ),
        Mistake(
            "per-example",
            lambda dZ, A_prev, W, b: np.sum(dZ * affine(A_prev, W, b), axis=0),
            "This is a number for each example. One number for the whole batch is asked for.",
        ),
        Mistake(
            "dz-forgotten",
            lambda dZ, A_prev, W, b: np.sum(affine(A_prev, W, b)),
            "The derivative of this with respect to every entry of Z is 1. Where does dZ come in?",
        ),
    ),
)
