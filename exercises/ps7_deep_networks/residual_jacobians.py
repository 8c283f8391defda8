"""7.10 No differentials left: D_W, D_b and D_A of a residual layer, from G, S, W and A_prev."""

from typing import Any

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
from solutions import deep_networks

from .draws import Array
from .residual_layer import layer, pulled, slope, sums_of

Jacobians = tuple[Array, Array, Array]


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(G, S, W, A_prev)."""
    G, Z, W, A_prev = layer(rng, sizes)
    return G, slope(Z), W, A_prev


def oracle(G: Array, S: Array, W: Array, A_prev: Array) -> Jacobians:
    """D[j, i] belongs to the differential that is 1 at [i, j] and 0 elsewhere."""
    b = sums_of(S) - W @ A_prev
    return (
        central_differences(lambda moved: pulled(G, moved @ A_prev + b, A_prev), W).T,
        central_differences(
            lambda db: pulled(G, W @ A_prev + b + db, A_prev), np.zeros((len(W), 1))
        ).T,
        central_differences(lambda moved: pulled(G, W @ moved + b, moved), A_prev).T,
    )


def with_skip(skip: Array, G: Array, S: Array, W: Array, A_prev: Array) -> Jacobians:
    """The right ones, with something else in the place of what takes the skip."""
    D_W, D_b, D_A = deep_networks.residual_jacobians(G, S, W, A_prev)
    return D_W, D_b, D_A - G.T + skip


def gradients(*arguments: Any) -> Jacobians:
    """All three transposed."""
    D_W, D_b, D_A = deep_networks.residual_jacobians(*arguments)
    return D_W.T, D_b.T, D_A.T


def first_transposed(*arguments: Any) -> Jacobians:
    """The one that is square and hides it."""
    D_W, D_b, D_A = deep_networks.residual_jacobians(*arguments)
    return D_W.T, D_b, D_A


def weights_turned(G: Array, S: Array, W: Array, A_prev: Array) -> Jacobians:
    """Wᵀ where W belongs."""
    D_W, D_b, _ = deep_networks.residual_jacobians(G, S, W, A_prev)
    return D_W, D_b, (G * S).T @ W.T + G.T


EXERCISE = Exercise(
    reference=deep_networks.residual_jacobians,
    draw=draw,
    axes="N D",
    oracle=oracle,
    asks_shapes=True,
    checks=(
        Check("D_W", points=0.75, part=0),
        Check("D_b", points=0.5, part=1),
        Check("D_A", points=0.75, part=2),
    ),
    reveal=(
        r"With $\delta = G \odot S$, which is $\partial J/\partial Z$: $D_W = "
        r"A_{prev}\,\delta^T$, $D_b = \mathbf 1^T \delta^T$, $D_A = \delta^T W + G^T$. The "
        r"elementwise product joins its neighbour inside the trace, $\operatorname{tr}\big(G^T(S "
        r"\odot dZ)\big) = \operatorname{tr}\big((G \odot S)^T dZ\big)$; then the factors behind "
        "a differential walk to the front."
    ),
    mistakes=(
        Mistake(
            "gradients",
            gradients,
            "These are the gradients. "
            "Asked for are the matrices D, with tr(D·dX) for the change of J.",
            twins=("one-transposed",),
        ),
        Mistake(
            "one-transposed",
            first_transposed,
            "D_W is transposed. W is square, so its shape does not tell: write tr(D·dW) as a sum.",
            loses=("D_W",),
            twins=("gradients",),
        ),
        Mistake(
            "skip-lost",
            lambda G, *rest: with_skip(np.zeros_like(G.T), G, *rest),
            "A_prev reaches A along two paths. Which of them is missing here?",
            loses=("D_A",),
        ),
        Mistake(
            "slope-on-skip",
            lambda G, S, *rest: with_skip((G * S).T, G, S, *rest),
            "What takes the skip is multiplied by the sigmoid's slope. Does it go through it?",
            loses=("D_A",),
        ),
        Mistake(
            "W-turned",
            weights_turned,
            "W is transposed. It is square, so its shape does not tell. "
            "Which factor stands before dA_prev?",
            loses=("D_A",),
        ),
    ),
)
