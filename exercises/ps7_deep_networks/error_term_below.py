"""7.12 One layer down: the error terms (n_l, N) of a sigmoid layer, from those of the next."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import deep_networks

from .draws import Array, logistic


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(delta_next, W_next, A); with a single example, both layers have the same width."""
    N, D = sizes["N"], sizes["D"]
    H = D if N == 1 else sizes["H"]
    return rng.normal(size=(H, N)), rng.normal(size=(H, D)), logistic(rng.normal(size=(D, N)))


def oracle(delta_next: Array, W_next: Array, A: Array) -> Array:
    """Central differences of ⟨δ, W·σ(Z)⟩, at the Z that gave A."""
    return central_differences(
        lambda Z: float(np.sum(delta_next * (W_next @ logistic(Z)))), np.log(A / (1 - A))
    )


def with_slope(slope: Function) -> Function:
    """Make the error terms with another slope of the sigmoid, written with A."""

    def error_term_below(delta_next: Array, W_next: Array, A: Array) -> Array:
        return np.asarray((W_next.T @ delta_next) * slope(A))

    return error_term_below


EXERCISE = Exercise(
    reference=deep_networks.error_term_below,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    checks=(Check("delta", points=1),),
    reveal=(
        r"$\delta^l = \big((W^{l+1})^T \delta^{l+1}\big) \odot A^l \odot (1 - A^l)$: each unit "
        "collects from all units that it feeds, and the slope is elementwise. The notes pair "
        r"$\nabla W^{(l)}$ with $\delta^{(l+1)}$. That holds where a weight has the number of "
        r"the layer that it leaves; here $W^l$ feeds layer $l$, and $\delta^l$ is its own."
    ),
    mistakes=(
        Mistake(
            "no-slope",
            with_slope(np.ones_like),
            "This is how the loss changes with A. What lies between A and Z?",
        ),
        Mistake(
            "slope-again",
            with_slope(lambda A: logistic(A) * (1 - logistic(A))),
            "A goes through the sigmoid once more. What is A already?",
        ),
        Mistake(
            "activation-for-slope",
            with_slope(lambda A: A),
            "A itself stands where the sigmoid's slope belongs. "
            "How steep is the sigmoid where it gives A?",
        ),
        Mistake(
            "mean",
            lambda delta_next, W_next, A: (
                deep_networks.error_term_below(delta_next, W_next, A) / A.shape[1]
            ),
            "It is divided by the number of examples. Each column is one example's own: "
            "where does the mean come in?",
        ),
        Mistake(
            "W-not-turned",
            lambda delta_next, W_next, A: (W_next @ delta_next) * A * (1 - A),
            "W is used as on the way forward. Which of its axes counts the units of this layer?",
        ),
    ),
)
