"""4.5 One weight: the derivative of the mean loss with respect to W[i, j], one number."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes, central_differences
from solutions import batch_mlp

from .draws import error_and_input
from .network import Array


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dZ, A_prev, i, j) with i ≠ j, both of them a unit and an input."""
    dZ, A_prev = error_and_input(rng, sizes)
    i, j = rng.permutation(min(len(dZ), len(A_prev)))[:2]
    return dZ, A_prev, int(i), int(j)


def oracle(dZ: Array, A_prev: Array, i: int, j: int) -> float:
    """Move W[i, j] alone, in a loss whose derivative with respect to Z is dZ / N."""

    def loss(w: Array) -> float:
        W = np.zeros((len(dZ), len(A_prev)))
        W[i, j] = w
        return float(np.sum(dZ * (W @ A_prev))) / dZ.shape[1]

    return float(central_differences(loss, np.array(0.0)))


EXERCISE = Exercise(
    reference=batch_mlp.weight_gradient_entry,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    reveal=r"""
$$\frac{\partial J}{\partial W_{ij}} = \frac1N \sum_{n=1}^{N} dZ_{in}\, A_{jn}$$

All examples use the same weight, so their parts add up; $J$ is a mean, so the sum is divided by
$N$. There is no sum over $i$ or $j$: one weight links one pair of units.
""",
    checks=(Check("value", points=1),),
    mistakes=(
        Mistake(
            "one-example",
            lambda dZ, A_prev, i, j: dZ[i, 0] * A_prev[j, 0],
            "This looks at the first example alone. Which examples does W[i, j] take part in?",
        ),
        Mistake(
            "summed",
            lambda dZ, A_prev, i, j: dZ[i] @ A_prev[j],
            "This is the derivative of the sum of the losses. What is J made of them?",
        ),
        Mistake(
            "indices-swapped",
            lambda dZ, A_prev, i, j: np.mean(dZ[j] * A_prev[i]),
            "This belongs to W[j, i]. Which index counts the units of the layer, which its inputs?",
        ),
        Mistake(
            "summed-first",
            lambda dZ, A_prev, i, j: dZ[i].sum() * A_prev[j].sum() / dZ.shape[1],
            "Error terms and activations were summed before they were multiplied. "
            "Can an error term meet the activation of another example?",
        ),
    ),
)
