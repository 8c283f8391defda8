"""6.9 The 2-3-2 network, in columns: the loss of X (2, N), y (N,), with ½·reg·Σ‖W‖²."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Function,
    Mistake,
)
from solutions import softmax_networks

from .cost import cost
from .draws import Array, Labels
from .testnet import batch, logistic, loss


def squares(*arrays: Array) -> float:
    """The sum of all squares of all arrays."""
    return sum(float(np.sum(array**2)) for array in arrays)


def altered(
    penalty: Callable[..., float] = lambda reg, W1, b1, W2, b2: 0.5 * reg * squares(W1, W2),
    activation: Callable[[Array], Array] = logistic,
    biases: float = 1.0,
) -> Function:
    """Make the loss with one ingredient exchanged; without arguments, a right one."""

    def testnet_loss(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
    ) -> float:
        scores = W2 @ activation(W1 @ X + biases * b1) + biases * b2
        return cost(scores.T, y) + float(penalty(reg, W1, b1, W2, b2))

    return testnet_loss


EXERCISE = Exercise(
    reference=softmax_networks.testnet_loss,
    draw=batch,
    axes="N D=2 H=3",
    oracle=loss,
    checks=(Check("loss", points=1),),
    reveal=(
        r"$L = -\frac1N \sum_n \log p_{n, y_n} + \frac\lambda2 (\|W^{(1)}\|^2 + \|W^{(2)}\|^2)$: "
        "the penalty stands beside the mean, and not inside."
    ),
    mistakes=(
        Mistake(
            "reg-forgotten",
            altered(penalty=lambda *_: 0.0),
            "The regularisation is missing. What does reg multiply?",
        ),
        Mistake(
            "half-missing",
            altered(penalty=lambda reg, W1, b1, W2, b2: reg * squares(W1, W2)),
            "The penalty is twice as large as it should be. Which factor stands before reg?",
        ),
        Mistake(
            "norms-not-squared",
            altered(
                penalty=lambda reg, W1, b1, W2, b2: (
                    reg * (squares(W1) ** 0.5 + squares(W2) ** 0.5) / 2
                )
            ),
            "The penalty holds the norms themselves; the loss asks for their squares.",
        ),
        Mistake(
            "biases-regularised",
            altered(penalty=lambda reg, W1, b1, W2, b2: 0.5 * reg * squares(W1, b1, W2, b2)),
            "The biases are regularised as well. The penalty is for the weights only.",
        ),
        Mistake(
            "biases-forgotten",
            altered(biases=0.0),
            "This is a network without biases. Where does each layer add its own?",
        ),
        Mistake(
            "hidden-not-activated",
            altered(activation=lambda Z: Z),
            "The hidden layer passes its sums on unchanged. What stands between the two layers?",
        ),
    ),
)
