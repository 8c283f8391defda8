"""5.5 A running backward pass with two slips, where y is a vector (N,)."""

import numpy as np

from autograder.exercise import Check, Exercise, Function, Mistake, Sizes, gradients_of
from solutions import bike_sharing

from .draws import batch
from .network import Array, half_mean_square, logistic

Gradients = tuple[Array, Array]


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, ...]:
    """Draw X (N, D), y (N,), W_ih (D, H) and W_ho (H, 1)."""
    X, *weights = batch(rng, sizes)
    return X, rng.normal(size=len(X)), *weights


def oracle(X: Array, y: Array, W_ih: Array, W_ho: Array) -> tuple[Array, ...]:
    """Differentiate the mean loss numerically, with the targets in a column."""
    return gradients_of(half_mean_square, X, y.reshape(-1, 1), W_ih, W_ho, wrt=(2, 3))


def with_error(error_of: Function) -> Function:
    """Make a way back from what stands for ŷ − y, a function of y (N,) and ŷ (N, 1)."""

    def backward(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Gradients:
        hidden = logistic(X @ W_ih)
        error = error_of(y, hidden @ W_ho).mean(axis=1, keepdims=True)
        terms = error * W_ho.T * hidden * (1 - hidden)
        return X.T @ terms / len(X), hidden.T @ error / len(X)

    return backward


EXERCISE = Exercise(
    reference=bike_sharing.fixed_backward_rows,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    starts_from=with_error(lambda y, y_hat: (y_hat - y) * y_hat * (1 - y_hat)),
    reveal=r"""
$(N, 1) - (N,)$ is the $(N, N)$ table of *all* differences: each prediction meets every target,
and the mean over a row makes the shape look right again. As a column, each target meets its own
prediction.

The slope $\hat y(1 - \hat y)$ belongs behind a sigmoid. The output here is the identity, with
slope 1.
""",
    checks=(Check("dW_ih", 1.5, part=0), Check("dW_ho", 1.5, part=1)),
    mistakes=(
        Mistake(
            "as-noted",
            with_error(lambda y, y_hat: (y_hat - y) * y_hat * (1 - y_hat)),
            "These are the values of the program as you found it. "
            "What does your gradient check say of it?",
        ),
        Mistake(
            "broadcast-left",
            with_error(lambda y, y_hat: y_hat - y),
            "The slope of the output is right now. What is the shape of ŷ − y?",
        ),
        Mistake(
            "slope-left",
            with_error(lambda y, y_hat: (y_hat - y[:, None]) * y_hat * (1 - y_hat)),
            "Each example meets its own target now. "
            "Which slope has an output that is the identity?",
        ),
    ),
)
