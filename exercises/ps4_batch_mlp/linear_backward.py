"""4.9 One layer, backward: dA_prev (n_prev, N), dW (n_l, n_prev), db (n_l, 1) from dZ."""

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
from solutions import batch_mlp

from .draws import away_from_zero, error_and_input
from .network import Array, slope


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dZ, A_prev, W) of a layer of H units above D activations."""
    dZ, A_prev = error_and_input(rng, sizes)
    return dZ, A_prev, away_from_zero(rng, sizes["H"], sizes["D"])


def square(rng: Generator, sizes: Sizes) -> Arguments:
    """The same for a layer with as many units as inputs, where a wrong transpose runs."""
    return draw(rng, {**sizes, "D": sizes["H"]})


def oracle(dZ: Array, A_prev: Array, W: Array) -> tuple[Array, ...]:
    """Differentiate ⟨dZ, W·A_prev + b⟩, whose derivative with respect to Z is dZ."""

    def upstream(A_prev: Array, W: Array, b: Array) -> float:
        return float((dZ * (W @ A_prev + b)).sum())

    N, b = dZ.shape[1], np.zeros((len(dZ), 1))
    dA_prev, dW, db = gradients_of(upstream, A_prev, W, b, wrt=(0, 1, 2))
    return dA_prev, dW / N, db / N


def of_the_parameters(dZ: Array, A_prev: Array) -> tuple[Array, Array]:
    """The right dW and db."""
    return dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1, keepdims=True)


EXERCISE = Exercise(
    reference=batch_mlp.linear_backward,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    starts_from=lambda dZ, A_prev, W: (W @ dZ, *of_the_parameters(dZ, A_prev)),
    reveal=r"""
$$dA_{prev} = W^T dZ, \qquad dA_{jn} = \sum_i W_{ij}\, dZ_{in}$$

Input $j$ reached every unit $i$ of its own example, so it collects over $i$, the *rows* of $W$;
no example meets another one, so there is no $\frac1N$.

> **Where the notes stumble.** They write $\frac{dZ}{dA} = W'$, and then turn it once more on the
> way to $dA$. The transpose was in there already: this is one transpose too many, and a square
> layer hides it.
""",
    checks=(
        Check("dA_prev", points=2, part=0),
        Check("dW", points=0.5, part=1),
        Check("db", points=0.5, part=2),
        Check("dA_prev, square", points=0, part=0, draw=square, fixed=True),
    ),
    mistakes=(
        Mistake(
            "as-noted",
            lambda dZ, A_prev, W: (W @ dZ, *of_the_parameters(dZ, A_prev)),
            "This sums over the wrong index of W. Over which units does dA_prev collect?",
        ),
        Mistake(
            "slope-included",
            lambda dZ, A_prev, W: (
                (W.T @ dZ) * slope(A_prev),
                *of_the_parameters(dZ, A_prev),
            ),
            "dA_prev already contains the slope of the layer below. Here it stops at A_prev.",
            loses=("dA_prev",),
        ),
        Mistake(
            "mean-in-dA",
            lambda dZ, A_prev, W: (
                W.T @ dZ / dZ.shape[1],
                *of_the_parameters(dZ, A_prev),
            ),
            "dA_prev carries a 1/N. To whose loss does each of its columns belong?",
            loses=("dA_prev",),
        ),
        Mistake(
            "divided-by-units",
            lambda dZ, A_prev, W: (
                W.T @ dZ,
                dZ @ A_prev.T / dZ.shape[0],
                dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
            ),
            "The sum was divided by the number of units. Which axis of dZ counts examples?",
            loses=("dW", "db"),
        ),
        Mistake(
            "n-dropped",
            lambda dZ, A_prev, W: (W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)),
            "This is a derivative of the sum of the losses. Of which loss is it asked for?",
            loses=("dW", "db"),
        ),
        Mistake(
            "summed-before-multiplying",
            lambda dZ, A_prev, W: (
                W.T @ dZ,
                np.outer(dZ.sum(axis=1), A_prev.sum(axis=1)) / dZ.shape[1],
                dZ.mean(axis=1, keepdims=True),
            ),
            "Errors and activations were summed over the batch before they were multiplied. "
            "Which comes first?",
            loses=("dW",),
        ),
    ),
)
