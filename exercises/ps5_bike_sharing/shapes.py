"""5.2 The shape of every array of the 3-4-2-1 page, before any is computed: rows are examples."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Keys,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import bike_sharing

from .network import half_mean_square, unit_by_unit

Shapes = dict[str, tuple[int, ...]]


def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(N, D, H, K)."""
    return tuple(sizes[axis] for axis in "NDHK")


def oracle(N: int, D: int, H: int, K: int) -> Shapes:
    """Run a network of these sizes, differentiate it numerically, and look."""
    X, weights = np.ones((N, D)), (np.ones((D, H)), np.ones((H, K)), np.ones((K, 1)))
    A1, A2, y_hat = unit_by_unit(X, *weights)
    dW0, dW1, dW2 = gradients_of(half_mean_square, X, np.ones((N, 1)), *weights, wrt=(2, 3, 4))
    found = {"h1": A1, "h2": A2, "error": y_hat, "delta2": A2, "delta1": A1}
    found |= {"dW2": dW2, "dW1": dW1, "dW0": dW0}
    found |= {"W2_turned": weights[2].T, "A1_turned": A1.T, "X_turned": X.T}
    return {name: array.shape for name, array in found.items()}


def altered(keys: tuple[str, ...], change: Function) -> Function:
    """The right shapes, those of some keys changed."""

    def shapes(N: int, D: int, H: int, K: int) -> Shapes:
        found = bike_sharing.shapes(N, D, H, K)
        return {key: change(shape) if key in keys else shape for key, shape in found.items()}

    return shapes


EXERCISE = Exercise(
    reference=bike_sharing.shapes,
    draw=draw,
    axes="N D H K",
    batch="",
    oracle=oracle,
    checks=(
        Check("forward", 0.5, part=Keys("h1", "h2")),
        Check("error terms", 0.5, part=Keys("error", "delta2", "delta1")),
        Check("gradients", 0.5, part=Keys("dW2", "dW1", "dW0")),
        Check("turned", 0.5, part=Keys("W2_turned", "A1_turned", "X_turned")),
    ),
    asks_shapes=True,
    reveal=r"""
The error term of a layer is shaped like its sums: $\delta_1$ like $h_1$, $(N, H)$, and $\delta_2$
like $h_2$, $(N, K)$. A gradient is shaped like its weights. In a product, the sides of one length
meet and disappear: $(H, N)(N, K)$ is $(H, K)$, so $A_1$ enters turned, and so do $W_2$ and $X$.
""",
    mistakes=(
        Mistake(
            "columns",
            altered(("h1", "h2", "error", "delta2", "delta1"), lambda shape: shape[::-1]),
            "Examples stand in columns here. On which side of X are they in this set?",
            loses=("forward", "error terms"),
        ),
        Mistake(
            "error-vector",
            altered(("error",), lambda shape: shape[:1]),
            "The error is a vector here. What do the targets look like, and the predictions?",
            loses=("error terms",),
        ),
        Mistake(
            "no-batch",
            altered(("delta2", "delta1"), lambda shape: shape[1:]),
            "These are the error terms of one example. How many examples are in the batch?",
            loses=("error terms",),
        ),
        Mistake(
            "gradient-turned",
            altered(("dW2", "dW1", "dW0"), lambda shape: shape[::-1]),
            "The gradients are turned: which weight does the entry in row 0, column 1 belong to?",
            loses=("gradients",),
        ),
        Mistake(
            "not-turned",
            altered(("W2_turned", "A1_turned", "X_turned"), lambda shape: shape[::-1]),
            "These are the shapes of W2, A1 and X as they are. How do they enter the products?",
            loses=("turned",),
        ),
    ),
)
