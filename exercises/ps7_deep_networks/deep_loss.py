"""7.14 Its loss: the mean cross-entropy of the labels y (N,) plus ½·reg·Σ‖W‖²."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Function,
    Mistake,
)
from solutions import deep_networks

from .deep_network import Arrays, batch, loss, small_batch
from .draws import Array, Labels


def half_squares(Ws: Arrays, bs: Arrays) -> float:
    """The penalty, without its reg."""
    return float(sum(np.sum(W**2) for W in Ws) / 2)


def altered(
    data: Callable[[Array], float] = lambda logs: -logs.mean(),
    penalty: Callable[[Arrays, Arrays], float] = half_squares,
) -> Function:
    """Make a loss from the log-probabilities of the true classes and the parameters."""

    def deep_loss(X: Array, y: Labels, Ws: Arrays, bs: Arrays, reg: float) -> float:
        probs = deep_networks.deep_forward(X, Ws, bs)[-1]
        return float(data(np.log(probs[y, np.arange(len(y))])) + reg * penalty(Ws, bs))

    return deep_loss


EXERCISE = Exercise(
    reference=deep_networks.deep_loss,
    draw=batch,
    axes="N D H M P K",
    oracle=loss,
    checks=(Check("loss", points=1),),
    example=small_batch,
    reveal=(
        r"$J = -\tfrac1N \sum_n \log P_{y_n, n} + \tfrac\lambda2 \sum_l \|W^l\|_F^2$. The mean "
        "belongs to the cross-entropy alone, and the penalty has no biases."
    ),
    mistakes=(
        Mistake(
            "half-missing",
            altered(penalty=lambda Ws, bs: sum(np.sum(W**2) for W in Ws)),
            "The penalty is twice as large as it should be. What stands in front of its sum?",
        ),
        Mistake(
            "regularisation-missing",
            altered(penalty=lambda Ws, bs: 0.0),
            "reg has no influence. Which term of the loss holds it?",
        ),
        Mistake(
            "biases-regularised",
            altered(penalty=lambda Ws, bs: sum(np.sum(p**2) for p in [*Ws, *bs]) / 2),
            "The biases are in the penalty. Which parameters does its sum name?",
        ),
        Mistake(
            "norms-not-squared",
            altered(penalty=lambda Ws, bs: sum(np.sqrt(np.sum(W**2)) for W in Ws) / 2),
            "The penalty adds up norms. What is their exponent in the formula?",
        ),
        Mistake(
            "summed-over-the-batch",
            altered(data=lambda logs: -logs.sum()),
            "The cross-entropy is added up over the batch. What stands in front of its sum?",
        ),
    ),
)
