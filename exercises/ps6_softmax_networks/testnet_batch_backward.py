"""6.11 The batch, with the penalty: dW1 (3, 2), db1 (3, 1), dW2 (2, 3), db2 (2, 1) of the loss."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Function,
    Mistake,
    gradients_of,
)
from solutions import softmax_networks

from .cost import softmax
from .draws import Array, Labels, Parts
from .testnet import batch, logistic, loss, slope

Finish = Callable[[Array, Array, float, int], Array]
"""From a sum over the batch, with the parameter, reg and N, to the gradient of the loss."""


def altered(
    weights: Finish = lambda dW, W, reg, N: dW / N + reg * W,
    biases: Finish = lambda db, b, reg, N: db / N,
    hidden_slope: Callable[[Array], Array] = slope,
) -> Function:
    """Make the way back with one step exchanged; without arguments, a right one."""

    def testnet_batch_backward(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
    ) -> Parts:
        N, A1 = len(y), logistic(W1 @ X + b1)
        delta2 = softmax((W2 @ A1 + b2).T).T - np.eye(2)[:, y]
        delta1 = W2.T @ delta2 * hidden_slope(A1)
        db1, db2 = (delta.sum(axis=1, keepdims=True) for delta in (delta1, delta2))
        dW1, dW2 = weights(delta1 @ X.T, W1, reg, N), weights(delta2 @ A1.T, W2, reg, N)
        return dW1, biases(db1, b1, reg, N), dW2, biases(db2, b2, reg, N)

    return testnet_batch_backward


EXERCISE = Exercise(
    reference=softmax_networks.testnet_batch_backward,
    draw=batch,
    axes="N D=2 H=3",
    oracle=lambda *arguments: gradients_of(loss, *arguments, wrt=(2, 3, 4, 5)),
    checks=(
        Check("dW1", points=0.5, part=0),
        Check("db1", points=0.5, part=1),
        Check("dW2", points=0.5, part=2),
        Check("db2", points=0.5, part=3),
    ),
    calls=("testnet_backward",),  # a loop over the examples
    reveal=(
        r"$\delta^{(2)} = \frac1N (P - Y)^T$, $\;\delta^{(1)} = (W^{(2)})^T \delta^{(2)} \odot "
        r"\sigma'(Z^{(1)})$; $\;dW^{(l)} = \delta^{(l)} (A^{(l-1)})^T + \lambda W^{(l)}$, "
        r"$\;db^{(l)} = \delta^{(l)} \mathbf 1$, a column. All examples share $W$ and $b$, so $n$ "
        r"is summed: in the product, and along each row. The derivative of $\frac\lambda2 "
        r"W_{ij}^2$ is $\lambda W_{ij}$: the ½ is there to cancel the 2."
    ),
    mistakes=(
        Mistake(
            "reg-forgotten",
            altered(weights=lambda dW, W, reg, N: dW / N),
            "The regularisation is missing. What does reg multiply?",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "reg-twice",
            altered(weights=lambda dW, W, reg, N: dW / N + 2 * reg * W),
            "The penalty's part is twice as large as it should be. "
            "What becomes of the ½ when ½·reg·‖W‖² is differentiated?",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "reg-times-gradient",
            altered(weights=lambda dW, W, reg, N: dW / N + reg * dW / N),
            "reg multiplies the gradient here. What does the penalty contribute, "
            "seen from one weight?",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "biases-regularised",
            altered(biases=lambda db, b, reg, N: db / N + reg * b),
            "The biases are regularised as well. The penalty is for the weights only.",
            loses=("db1", "db2"),
        ),
        Mistake(
            "reg-in-the-mean",
            altered(weights=lambda dW, W, reg, N: (dW + reg * W) / N),
            "The penalty was divided by N too. It stands beside the mean, not inside.",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "mean-missing",
            altered(lambda dW, W, reg, N: dW + reg * W, lambda db, b, reg, N: db),
            "The examples were summed. The loss is their mean: where is the 1/N?",
        ),
        Mistake(
            "hidden-slope-missing",
            altered(hidden_slope=lambda A: 0 * A + 1),
            "On its way back the error passes the hidden sigmoid. Where is its slope?",
            loses=("dW1", "db1"),
        ),
    ),
)
