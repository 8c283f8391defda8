"""4.10 The whole way back: dW1 (H, D), db1 (H, 1), dW2 (1, H), db2 (1, 1) of the mean loss."""

from collections.abc import Callable

from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
    gradients_of,
)
from exercises.pictures import picture
from solutions import batch_mlp

from .draws import labels, network
from .network import Array, Parts, logistic, mean_loss, run, slope


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, Y, W1, b1, W2, b2)."""
    X, *parameters = network(rng, sizes)
    return X, labels(rng, sizes["N"]), *parameters


def loss(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    """What the four gradients differentiate."""
    return mean_loss(run(X, W1, b1, W2, b2)[3], Y)


def through_the_sigmoid(W2: Array, dZ2: Array, A1: Array) -> Array:
    """The error term dZ1 of the hidden layer."""
    return W2.T @ dZ2 * slope(A1)


def altered(
    output_error: Callable[[Array, Array], Array] = lambda A2, Y: A2 - Y,
    hidden_error: Callable[[Array, Array, Array], Array] = through_the_sigmoid,
    feed: Callable[[Array, Array], Array] = lambda Z1, A1: A1,
    biases: float = 1.0,
) -> Function:
    """Make the way back with one step exchanged; without arguments, a right one.

    `feed` is what W2 is thought to multiply.
    """

    def backward(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
        N = X.shape[1]
        Z1, A1, _, A2 = run(X, W1, biases * b1, W2, biases * b2)
        dZ2 = output_error(A2, Y)
        dZ1 = hidden_error(W2, dZ2, A1)
        db1, db2 = dZ1.sum(axis=1, keepdims=True) / N, dZ2.sum(axis=1, keepdims=True) / N
        return dZ1 @ X.T / N, db1, dZ2 @ feed(Z1, A1).T / N, db2

    return backward


EXERCISE = Exercise(
    reference=batch_mlp.backward,
    draw=draw,
    axes="N D H",
    oracle=lambda *arguments: gradients_of(loss, *arguments, wrt=(2, 3, 4, 5)),
    reveal=r"""
$$dZ^{[2]} \;\to\; dW^{[2]},\, db^{[2]},\, dA^{[1]} \;\to\; dZ^{[1]} \;\to\; dW^{[1]},\, db^{[1]}$$

Every layer that the error passes leaves a $dW$, made with what the layer *reads*, and a $db$. The
hidden sigmoid is passed between $dA^{[1]}$ and $dZ^{[1]}$; the slope of the output's sigmoid is
already in $dZ^{[2]}$.

"""
    + picture("ps4_batch_mlp/backward"),
    checks=(
        Check("dW1", points=1, part=0),
        Check("db1", points=1, part=1),
        Check("dW2", points=1, part=2),
        Check("db2", points=1, part=3),
    ),
    calls=("output_activation_gradient",),  # dA2, on the long way to dZ2
    mistakes=(
        Mistake(
            "slope-left-in",
            altered(output_error=lambda A2, Y: (A2 - Y) * slope(A2)),
            "The error term of the output still holds a(1 − a). Does it cancel in this loss?",
        ),
        Mistake(
            "hidden-slope-missing",
            altered(hidden_error=lambda W2, dZ2, A1: W2.T @ dZ2),
            "On its way from A1 to Z1 the error passes a sigmoid. Where is the slope?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "slope-of-activation",
            altered(hidden_error=lambda W2, dZ2, A1: W2.T @ dZ2 * slope(logistic(A1))),
            "The hidden slope was taken at A1 instead of Z1: the sigmoid was applied twice.",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "past-the-weights",
            altered(hidden_error=lambda W2, dZ2, A1: dZ2 * slope(A1)),
            "The hidden error did not pass through W2. What links the hidden units to the output?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "output-error-reused",
            altered(hidden_error=lambda W2, dZ2, A1: dZ2 + 0 * A1),
            "The hidden layer reuses the error of the output. "
            "Each layer has an error term of its own.",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "sums-for-activations",
            altered(feed=lambda Z1, A1: Z1),
            "dW2 was made with Z1. What is it that W2 multiplies in the forward pass?",
            loses=("dW2",),
        ),
        Mistake(
            "biases-forgotten",
            altered(biases=0.0),
            "These are the gradients of a network without biases. Where do they enter?",
        ),
    ),
)
