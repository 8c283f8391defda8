"""6.6 One example, backward: dW1 (3, 2), db1 (3, 1), dW2 (2, 3), db2 (2, 1) for x (2, 1)."""

from collections.abc import Callable

import numpy as np
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
from solutions import softmax_networks

from .cost import softmax
from .draws import Array, Parts, away_from_zero
from .testnet import logistic, loss, network, slope


def example_of_class_0(rng: Generator, sizes: Sizes) -> Arguments:
    """(x, 0, W1, b1, W2, b2)."""
    return away_from_zero(rng, 2, 1), 0, *network(rng)


def example_of_class_1(rng: Generator, sizes: Sizes) -> Arguments:
    """(x, 1, W1, b1, W2, b2)."""
    return away_from_zero(rng, 2, 1), 1, *network(rng)


def oracle(x: Array, label: int, *parameters: Array) -> tuple[Array, ...]:
    """Central differences of the loss of a batch of one, without the penalty."""
    batch: Arguments = x, np.array([label]), *parameters, 0.0
    return gradients_of(loss, *batch, wrt=(2, 3, 4, 5))


def altered(
    output_error: Callable[[Array, Array], Array] = lambda p, one_hot: p - one_hot,
    hidden_slope: Callable[[Array], Array] = slope,
    biases: float = 1.0,
) -> Function:
    """Make the way back with one step exchanged; without arguments, a right one."""

    def testnet_backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
        a1 = logistic(W1 @ x + biases * b1)
        p = softmax((W2 @ a1 + biases * b2).T).T
        delta2 = output_error(p, np.eye(2)[:, [label]])
        delta1 = W2.T @ delta2 * hidden_slope(a1)
        return delta1 @ x.T, delta1, delta2 @ a1.T, delta2

    return testnet_backward


EXERCISE = Exercise(
    reference=softmax_networks.testnet_backward,
    draw=example_of_class_0,
    axes="D=2 H=3",
    oracle=oracle,
    checks=(
        Check("dW1", points=1, part=0),
        Check("db1", points=1, part=1, draw=example_of_class_1),
        Check("dW2", points=1, part=2, draw=example_of_class_1),
        Check("db2", points=1, part=3),
    ),
    calls=("softmax_jacobian", "scores_gradient"),  # two other ways to p − one-hot
    example=example_of_class_1,
    mistakes=(
        Mistake(
            "hidden-slope-missing",
            altered(hidden_slope=lambda a: 0 * a + 1),
            "On its way back the error passes the hidden sigmoid. Where is its slope?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "slope-as-a-scalar",
            altered(hidden_slope=lambda a: a.T @ (1 - a)),
            "aᵀ(1 − a) is a dot product: one number for all units. "
            "Each unit has a slope of its own.",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "slope-of-activation",
            altered(hidden_slope=lambda a: slope(logistic(a))),
            "The sigmoid was applied twice: its slope was taken at a1 instead of z1.",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "slope-at-the-output",
            altered(output_error=lambda p, one_hot: (p - one_hot) * slope(p)),
            "The output error holds a factor p(1 − p). Softmax and logarithm together leave none.",
        ),
        Mistake(
            "label-forgotten",
            altered(output_error=lambda p, one_hot: p),
            "The output error is p itself. Where does the label come in?",
        ),
        Mistake(
            "true-class-only",
            altered(output_error=lambda p, one_hot: (p - one_hot) * one_hot),
            "Only the true class sends an error back. "
            "The other score is in the sum of softmax too.",
        ),
        Mistake(
            "biases-forgotten",
            altered(biases=0.0),
            "This is a network without biases. Where does each layer add its own?",
        ),
    ),
)
