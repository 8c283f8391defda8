"""6.10 One example, backward: dW1 (3, 2), db1 (3, 1), dW2 (2, 3), db2 (2, 1) for x (2, 1)."""

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
    biases: tuple[float, float] = (1.0, 1.0),
) -> Function:
    """Make the way back with one step exchanged; without arguments, a right one.

    `biases` says how often each layer adds its own.
    """

    def testnet_backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Parts:
        a1 = logistic(W1 @ x + biases[0] * b1)
        p = softmax((W2 @ a1 + biases[1] * b2).T).T
        delta2 = output_error(p, np.eye(2)[:, [label]])
        delta1 = W2.T @ delta2 * hidden_slope(a1)
        return delta1 @ x.T, delta1, delta2 @ a1.T, delta2

    return testnet_backward


def slope_as_noted(a: Array) -> Array:
    """g(a)ᵀ(1 − g(a)): the sigmoid taken once more, and one number for all units."""
    one: Array = logistic(a).T @ (1 - logistic(a))
    return one


TWICE = 2.0, 1.0
"""How often each layer adds its bias as the page was noted."""
AS_NOTED = altered(hidden_slope=slope_as_noted, biases=TWICE)
HIDDEN = ("dW1", "db1")
"""What a slip in the hidden layer's slope alone loses."""


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
    calls=("softmax_jacobian",),  # another way to the output's error
    example=example_of_class_1,
    starts_from=AS_NOTED,
    reveal=(
        r"$\delta^{(2)} = p - e_y$, $\;dW^{(2)} = \delta^{(2)} (a^{(1)})^T$, $\;\delta^{(1)} = "
        r"(W^{(2)})^T \delta^{(2)} \odot \sigma'(z^{(1)})$, $\;dW^{(1)} = \delta^{(1)} x^T$, "
        r"$\;db^{(l)} = \delta^{(l)}$. In the picture $\delta^{(2)} = (-0.27, 0.27)$ and "
        r"$\delta^{(1)} = (-0.051, 0.041, 0.006)$."
        "\n\n"
        "**Where the notes stumble.** Three slips ran here. $b^{(1)}$ stands among the weights "
        "of $a^{(0)}_0 = 1$ and beside them, so $z^{(1)}$ counts it twice. $a^{(1)}_3$ is called "
        "the input of unit 3, so the slope is taken at $a^{(1)}$. And $(g(z))^T (1 - g(z))$ is "
        r"one number, where $g(z) \odot (1 - g(z))$ is meant. The same page also writes $W^{(0)}$ "
        r"for $W^{(1)}$, $\nabla W^{(l)}$ with $\delta^{(l+1)}$, $\partial b / \partial W$ for "
        r"$\partial a / \partial b$, $x^{(l)}$ for $z^{(l)}$, and $W^{(2)}_{(1),3}$ for "
        "$W^{(2)}_{13}$."
    ),
    mistakes=(
        Mistake(
            "as-noted",
            AS_NOTED,
            "This is the page as it was noted. What does your gradient check say of db2?",
            twins=("bias-twice",),
        ),
        Mistake(
            "bias-twice",
            altered(biases=TWICE),
            "db2 is wrong, and only the forward pass stands before it. What is added up in z1?",
            twins=("as-noted",),
        ),
        Mistake(
            "both-slips-of-the-slope",
            altered(hidden_slope=slope_as_noted),
            "The output's part is right. Where is the slope taken, and how many numbers is it?",
            loses=HIDDEN,
        ),
        Mistake(
            "slope-of-activation",
            altered(hidden_slope=lambda a: slope(logistic(a))),
            "The sigmoid was applied twice on the way to the slope. What goes into the unit?",
            loses=HIDDEN,
        ),
        Mistake(
            "scalar-slope",
            altered(hidden_slope=lambda a: a.T @ (1 - a)),
            "The slope is one number for all three units here. "
            "Does raising one unit's input move the others?",
            loses=HIDDEN,
        ),
        Mistake(
            "hidden-slope-missing",
            altered(hidden_slope=lambda a: 0 * a + 1),
            "On its way back the error passes the hidden sigmoid. Where is its slope?",
            loses=HIDDEN,
        ),
        Mistake(
            "slope-at-the-output",
            altered(output_error=lambda p, one_hot: (p - one_hot) * slope(p)),
            "The output's error holds a slope of its own. "
            "What lies between the scores and the loss that scores_gradient has not passed?",
        ),
        Mistake(
            "label-forgotten",
            altered(output_error=lambda p, one_hot: p),
            "The output's error is p itself. Where does the label come in?",
        ),
        Mistake(
            "true-class-only",
            altered(output_error=lambda p, one_hot: (p - one_hot) * one_hot),
            "Only the true class sends an error back. "
            "The other score is in the sum of softmax too.",
        ),
        Mistake(
            "biases-forgotten",
            altered(biases=(0.0, 0.0)),
            "This is a network without biases. Where does each layer add its own?",
        ),
    ),
)
