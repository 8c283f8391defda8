"""ps5: batches in rows through 3-4-1 and 3-4-2-1 networks with an identity output."""

import numpy as np

from autograder.exercise.compare import TRAINED
from autograder.exercise.gradcheck import central_differences, gradients_of
from autograder.exercise.spec import Assignment, Check, Exercise, Sizes
from solutions import bike_sharing as SOLUTIONS

from . import mistakes
from . import training as loop
from .network import Array, half_mean_square, logistic, training


def draw_forward(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw X (N, D), W_ih (D, H) and W_ho (H, 1)."""
    X = rng.normal(size=(sizes["N"], sizes["D"]))
    return X, rng.normal(size=(sizes["D"], sizes["H"])), rng.normal(size=(sizes["H"], 1))


def draw_pair(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw y and ŷ, (N, 1)."""
    return rng.normal(size=(sizes["N"], 1)), rng.normal(size=(sizes["N"], 1))


def draw_output_layer(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw hidden (N, H), y and ŷ (N, 1) of a forward pass."""
    y, y_hat, _, hidden = draw_hidden_layer(rng, sizes)
    return hidden, y, y_hat


def draw_hidden_layer(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw y, ŷ, W_ho and hidden of a forward pass."""
    X, W_ih, W_ho = draw_forward(rng, sizes)
    hidden = logistic(X @ W_ih)
    return rng.normal(size=(len(X), 1)), hidden @ W_ho, W_ho, hidden


def draw_input_layer(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw X (N, D) and the error terms (N, H) of a forward pass."""
    y, y_hat, W_ho, hidden = draw_hidden_layer(rng, sizes)
    X = rng.normal(size=(sizes["N"], sizes["D"]))
    return X, (y_hat - y) * W_ho.T * hidden * (1 - hidden)


def draw_deep(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw X (N, D), W0 (D, H), W1 (H, K) and W2 (K, 1)."""
    N, D, H, K = (sizes[axis] for axis in "NDHK")
    shapes = (N, D), (D, H), (H, K), (K, 1)
    X, W0, W1, W2 = (rng.normal(size=shape) for shape in shapes)
    return X, W0, W1, W2


def draw_deep_labelled(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, ...]:
    """Draw X (N, D), y (N, 1), W0, W1 and W2."""
    X, *weights = draw_deep(rng, sizes)
    return X, rng.normal(size=(len(X), 1)), *weights


def _forward(X: Array, *weights: Array) -> tuple[Array, ...]:
    """Every layer's output, one example and one unit at a time."""
    layers = []
    for depth, W in enumerate(weights, 1):
        X = np.array(
            [[sum(x * w for x, w in zip(row, unit, strict=True)) for unit in W.T] for row in X]
        )
        X = X if depth == len(weights) else logistic(X)
        layers.append(X)
    return tuple(layers)


def _mse_loss(y: Array, y_hat: Array) -> float:
    return float(np.linalg.norm(y_hat - y) ** 2 / y.size / 2)


def _output_weight_gradient(hidden: Array, y: Array, y_hat: Array) -> Array:
    """Differentiate at the error y_hat − y: hidden·W moves the prediction away from y_hat."""
    H = hidden.shape[1]
    return central_differences(lambda W: _mse_loss(y, y_hat + hidden @ W), np.zeros((H, 1)))


def _hidden_error_term(y: Array, y_hat: Array, W_ho: Array, hidden: Array) -> Array:
    """Differentiate Σ½(ŷ − y)² by the sums before the hidden sigmoid, at those of `hidden`."""
    sums = np.log(hidden / (1 - hidden))
    return central_differences(
        lambda Z: 0.5 * float(np.sum((y_hat + (logistic(Z) - hidden) @ W_ho - y) ** 2)), sums
    )


def _input_weight_gradient(X: Array, hidden_error_term: Array) -> Array:
    """The hidden sums are X·W: a loss that is linear in them has these gradients."""
    shape = X.shape[1], hidden_error_term.shape[1]
    return central_differences(
        lambda W: float(np.mean(np.sum(X @ W * hidden_error_term, axis=1))), np.zeros(shape)
    )


def _deep_backward(X: Array, y: Array, W0: Array, W1: Array, W2: Array) -> tuple[Array, ...]:
    return gradients_of(half_mean_square, X, y, W0, W1, W2, wrt=(2, 3, 4))


ASSIGNMENT = Assignment(
    name="ps5_bike_sharing",
    title="Batches in rows: how many bikes?",
    exercises=(
        Exercise(
            reference=SOLUTIONS.forward,
            draw=draw_forward,
            oracle=_forward,
            axes="N D H",
            checks=(Check("hidden", 1, part=0), Check("y_hat", 1, part=1)),
            mistakes=mistakes.FORWARD,
        ),
        Exercise(
            reference=SOLUTIONS.mse_loss,
            draw=draw_pair,
            oracle=_mse_loss,
            axes="N",
            checks=(Check("loss", 1),),
            mistakes=mistakes.MSE_LOSS,
        ),
        Exercise(
            reference=SOLUTIONS.output_weight_gradient,
            draw=draw_output_layer,
            oracle=_output_weight_gradient,
            axes="N D H",
            checks=(Check("dW_ho", 2),),
            mistakes=mistakes.OUTPUT_WEIGHT_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.hidden_error_term,
            draw=draw_hidden_layer,
            oracle=_hidden_error_term,
            axes="N D H",
            checks=(Check("error terms", 2),),
            mistakes=mistakes.HIDDEN_ERROR_TERM,
        ),
        Exercise(
            reference=SOLUTIONS.input_weight_gradient,
            draw=draw_input_layer,
            oracle=_input_weight_gradient,
            axes="N D H",
            checks=(Check("dW_ih", 2),),
            mistakes=mistakes.INPUT_WEIGHT_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.train,
            draw=loop.two_epochs,
            oracle=training(),
            axes="N V D H",
            checks=(
                Check("W_ih", 1, part=0, tolerance=TRAINED),
                Check("W_ho", 1, part=1, tolerance=TRAINED),
                Check("train losses", 1, part=(2, "train"), tolerance=TRAINED),
                Check("valid losses", 1, part=(2, "valid"), tolerance=TRAINED),
                Check(
                    loop.END_RESULT,
                    1,
                    draw=loop.a_threshold,
                    fixed=True,
                    accept=loop.beats_a_line,
                    expects="After 150 epochs the validation loss should be below that of the best "
                    "linear model, and it is not. Does your training loss fall, epoch by epoch?",
                ),
            ),
            mistakes=loop.TRAIN,
            calls=(
                "forward",
                "mse_loss",
                "output_weight_gradient",
                "hidden_error_term",
                "input_weight_gradient",
            ),
            trains=True,
        ),
        Exercise(
            reference=SOLUTIONS.deep_forward,
            draw=draw_deep,
            oracle=_forward,
            axes="N D H K",
            checks=(Check("A1", 1, part=0), Check("A2", 1, part=1), Check("y_hat", 1, part=2)),
            mistakes=mistakes.DEEP_FORWARD,
        ),
        Exercise(
            reference=SOLUTIONS.deep_backward,
            draw=draw_deep_labelled,
            oracle=_deep_backward,
            axes="N D H K",
            checks=(
                Check("dW0", 2, part=0),
                Check("dW1", 2, part=1),
                Check("dW2", 1, part=2),
            ),
            mistakes=mistakes.DEEP_BACKWARD,
            calls=(
                "output_weight_gradient",
                "hidden_error_term",
                "input_weight_gradient",
                "deep_forward",
            ),
        ),
    ),
)
