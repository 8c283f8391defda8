"""7.11 The gradients dW, db and dA_prev of a residual layer, from Z instead of its slopes."""

from typing import Any

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import deep_networks

from .draws import Array
from .residual_layer import layer, pulled

Gradients = tuple[Array, Array, Array]


def oracle(G: Array, Z: Array, W: Array, A_prev: Array) -> Gradients:
    """Central differences of ⟨G, A⟩; b is whatever Z leaves for it."""
    b = Z - W @ A_prev
    return (
        central_differences(lambda moved: pulled(G, moved @ A_prev + b, A_prev), W),
        central_differences(lambda moved: pulled(G, W @ A_prev + b + moved, A_prev), 0 * W[:, :1]),
        central_differences(lambda moved: pulled(G, W @ moved + b, moved), A_prev),
    )


def jacobians(*arguments: Any) -> Gradients:
    """All three as they stand in the traces."""
    dW, db, dA_prev = deep_networks.residual_gradients(*arguments)
    return dW.T, db.T, dA_prev.T


def slope_of_sums(G: Array, Z: Array, W: Array, A_prev: Array) -> Gradients:
    """Take Z for σ(Z) in its slope."""
    D_W, D_b, D_A = deep_networks.residual_jacobians(G, Z * (1 - Z), W, A_prev)
    return D_W.T, D_b.T, D_A.T


def skip_lost(G: Array, *rest: Any) -> Gradients:
    """What goes through the sigmoid only."""
    dW, db, dA_prev = deep_networks.residual_gradients(G, *rest)
    return dW, db, dA_prev - G


EXERCISE = Exercise(
    reference=deep_networks.residual_gradients,
    draw=layer,
    axes="N D",
    oracle=oracle,
    checks=(
        Check("dW", points=0.25, part=0),
        Check("db", points=0.25, part=1),
        Check("dA_prev", points=0.5, part=2),
    ),
    reveal=(
        r"With $\delta = G \odot \sigma'(Z)$: $\;\partial J/\partial W = \delta A_{prev}^T$, "
        r"$\;\partial J/\partial b = \delta\,\mathbf 1$, $\;\partial J/\partial A_{prev} = W^T "
        r"\delta + G$. The last summand is the point of the skip: however small $W^T\delta$ "
        "becomes, $G$ arrives below the layer as it was."
    ),
    mistakes=(
        Mistake(
            "jacobians",
            jacobians,
            "These are the matrices D of the traces. A gradient has the shape of what it belongs "
            "to.",
        ),
        Mistake(
            "slope-at-Z",
            slope_of_sums,
            "Z itself stands in the formula of the slope. "
            "Is that formula written in sums or in outputs?",
        ),
        Mistake(
            "skip-lost",
            skip_lost,
            "A_prev reaches A along two paths. Which of them is missing here?",
            loses=("dA_prev",),
        ),
    ),
)
