"""5.7 One more layer, back: dW0 (D, H), dW1 (H, K) and dW2 (K, 1), from X (N, D) and y (N, 1)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
    gradients_of,
)
from solutions import bike_sharing

from .network import Array, half_mean_square, logistic

Gradients = tuple[Array, Array, Array]


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, ...]:
    """Draw X (N, D), y (N, 1), W0 (D, H), W1 (H, K) and W2 (K, 1)."""
    N, D, H, K = (sizes[axis] for axis in "NDHK")
    return tuple(rng.normal(size=shape) for shape in ((N, D), (N, 1), (D, H), (H, K), (K, 1)))


def oracle(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, ...]:
    """Differentiate the mean loss of the batch with respect to each of the weights."""
    return gradients_of(half_mean_square, X, y, W0, W1, W2, wrt=(2, 3, 4))


def slope(A: Array) -> Array:
    """Return σ' from σ."""
    return A * (1 - A)


def _terms(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, Array, Array]:
    A1 = logistic(X @ W0)
    A2 = logistic(A1 @ W1)
    return A1, A2, A2 @ W2 - y


def _products(
    X: Array, A1: Array, A2: Array, delta1: Array, delta2: Array, delta3: Array
) -> Gradients:
    return X.T @ delta1 / len(X), A1.T @ delta2 / len(X), A2.T @ delta3 / len(X)


def output_derivative_kept(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> Gradients:
    """Multiply the error by ŷ(1 − ŷ)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta3 = error * slope(error + y)
    delta2 = delta3 @ W2.T * slope(A2)
    return _products(X, A1, A2, delta2 @ W1.T * slope(A1), delta2, delta3)


def first_derivative_missing(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> Gradients:
    """Forget A1(1 − A1)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta2 = error @ W2.T * slope(A2)
    return _products(X, A1, A2, delta2 @ W1.T, delta2, error)


def second_derivative_missing(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> Gradients:
    """Forget A2(1 − A2)."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta2 = error @ W2.T
    return _products(X, A1, A2, delta2 @ W1.T * slope(A1), delta2, error)


def output_error_reused(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> Gradients:
    """Send the output's error to the first layer past the second layer's sigmoid."""
    A1, A2, error = _terms(X, y, W0, W1, W2)
    delta1 = error @ W2.T @ W1.T * slope(A1)
    return _products(X, A1, A2, delta1, error @ W2.T * slope(A2), error)


EXERCISE = Exercise(
    reference=bike_sharing.deep_backward,
    draw=draw,
    axes="N D H K",
    oracle=oracle,
    reveal=r"""
$$\delta_3 = \hat y - y, \quad \delta_2 = \delta_3 W_2^T \odot A_2(1 - A_2), \quad
\delta_1 = \delta_2 W_1^T \odot A_1(1 - A_1)$$

$$dW_2 = \tfrac1N A_2^T \delta_3, \quad dW_1 = \tfrac1N A_1^T \delta_2, \quad
dW_0 = \tfrac1N X^T \delta_1$$

Two rules for any layer: a weight's gradient is what came *into* its layer, turned, times the
layer's error terms; a layer's error terms are those of the layer *after* it, through the weights
between.

> **Where the notes stumble.** They write $\Delta W_2 = (\hat y - y)\,g(h_2)^T$, a column times a
> row or the other way round, depending on the line; and their $\frac1N$ is in the last line only.
""",
    checks=(Check("dW0", 1.5, part=0), Check("dW1", 1.5, part=1), Check("dW2", 1, part=2)),
    calls=("output_weight_gradient", "hidden_error_term", "input_weight_gradient"),
    mistakes=(
        Mistake(
            "output-derivative-kept",
            output_derivative_kept,
            "There is a factor ŷ(1 − ŷ). What is the derivative of an output that is the identity?",
        ),
        Mistake(
            "first-derivative-missing",
            first_derivative_missing,
            "What lies between A1 and the sums of the first hidden layer? The error passes it.",
            loses=("dW0",),
        ),
        Mistake(
            "second-derivative-missing",
            second_derivative_missing,
            "What lies between A2 and the sums of the second hidden layer? The error passes it.",
            loses=("dW0", "dW1"),
            twins=("output-error-reused",),
        ),
        Mistake(
            "output-error-reused",
            output_error_reused,
            "On its way to the first hidden layer the error leaves out the second sigmoid. "
            "Whose error terms does that layer get?",
            loses=("dW0",),
            twins=("second-derivative-missing",),
        ),
    ),
)
