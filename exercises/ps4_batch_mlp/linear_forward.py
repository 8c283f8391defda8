"""4.1 One layer, forward: Z (n_l, N) from A_prev (n_prev, N), W (n_l, n_prev) and b (n_l, 1)."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import batch_mlp

from .draws import layer
from .network import affine, logistic

EXERCISE = Exercise(
    reference=batch_mlp.linear_forward,
    draw=layer,
    axes="N D H",
    oracle=affine,
    checks=(Check("Z", points=1),),
    mistakes=(
        Mistake(
            "bias-forgotten",
            lambda A_prev, W, b: W @ A_prev + 0 * b,
            "This is the product of weights and activations alone: what else does each unit add?",
        ),
        Mistake(
            "one-bias-for-all",
            lambda A_prev, W, b: W @ A_prev + b[0, 0],
            "Every unit got the first unit's bias; each row of Z has its own.",
        ),
        Mistake(
            "activated",
            lambda A_prev, W, b: logistic(W @ A_prev + b),
            "This is already σ of the answer. Z is what goes into the activation.",
        ),
    ),
)
