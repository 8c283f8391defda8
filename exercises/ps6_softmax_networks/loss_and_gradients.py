"""6.13 The ReLU network: its loss, and dW1 (D, H), db1 (H,), dW2 (H, K), db2 (K,)."""

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

from .draws import Array, Labels, Parts, rate
from .relu_network import backward, is_clear, loss, network


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, y, W1, b1, W2, b2, reg)."""
    while True:
        X, y, W1, b1, W2, b2 = network(rng, sizes)
        if is_clear(X, W1, b1):
            return X, y, W1, b1, W2, b2, rate(rng)


def altered(
    gradients: Callable[..., Parts] = backward(), reg: float = 1.0, biases: float = 1.0
) -> Function:
    """Make the function with other gradients, or with a factor before reg or biases in the loss."""

    def loss_and_gradients(
        X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, given: float
    ) -> tuple[float, Parts]:
        value = loss(X, y, W1, biases * b1, W2, biases * b2, reg * given)
        return value, gradients(X, y, W1, b1, W2, b2, given)

    return loss_and_gradients


EXERCISE = Exercise(
    reference=softmax_networks.loss_and_gradients,
    draw=draw,
    axes="N D H K",
    oracle=lambda *arguments: (
        loss(*arguments),
        gradients_of(loss, *arguments, wrt=(2, 3, 4, 5)),
    ),
    checks=(
        Check("loss", points=0.5, part=0),
        Check("dW1", points=1, part=(1, 0)),
        Check("db1", points=0.75, part=(1, 1)),
        Check("dW2", points=1, part=(1, 2)),
        Check("db2", points=0.75, part=(1, 3)),
    ),
    reveal=(
        r"$dZ_1 = (dS\, W_2^T) \odot 1[Z_1 > 0]$ lies between two affine layers: the sign of what "
        "went *in* opens or closes a unit, not the sign of the gradient. The penalty adds "
        r"$\lambda W_1$ and $\lambda W_2$."
        "\n\n"
        "**Where the notes stumble.** At exactly $z = 0$ there is no slope. The derivations "
        r"write $1(h \ge 0)$, one program zeroes the gradient where $h < 0$, another where "
        r"$hidden \le 0$. All three are subgradients, and so is everything between 0 and 1."
    ),
    mistakes=(
        Mistake(
            "mask-missing",
            altered(backward(mask=lambda dA1, Z1: dA1)),
            "The error passes the ReLU as if every unit were on. Which units let nothing through?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "mask-alone",
            altered(backward(mask=lambda dA1, Z1: np.where(Z1 > 0, 1.0, 0.0))),
            "The hidden error is the slope by itself. By the chain rule, what does it multiply?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "times-activation",
            altered(backward(mask=lambda dA1, Z1: dA1 * np.maximum(0, Z1))),
            "The error was multiplied by max(0, Z1) itself. What is the slope of that function?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "mask-from-gradient",
            altered(backward(mask=lambda dA1, Z1: np.maximum(0, dA1))),
            "The gradient's own sign decides what passes. What decides whether a unit is on?",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "slope-of-sigmoid",
            altered(
                backward(mask=lambda dA1, Z1: dA1 * np.maximum(0, Z1) * (1 - np.maximum(0, Z1)))
            ),
            "The hidden error holds a(1 − a), the slope of a sigmoid. This layer is a ReLU.",
            loses=("dW1", "db1"),
        ),
        Mistake(
            "reg-forgotten",
            altered(backward(weights=lambda dW, W, reg: dW), reg=0.0),
            "The regularisation is missing. What does reg multiply?",
            loses=("loss", "dW1", "dW2"),
        ),
        Mistake(
            "half-missing",
            altered(reg=2.0),
            "The penalty in the loss is twice as large as it should be. "
            "Which factor stands before reg?",
            loses=("loss",),
        ),
        Mistake(
            "reg-twice",
            altered(backward(weights=lambda dW, W, reg: dW + 2 * reg * W)),
            "The penalty's part is twice as large as it should be. "
            "What becomes of the ½ when ½·reg·‖W‖² is differentiated?",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "reg-times-gradient",
            altered(backward(weights=lambda dW, W, reg: dW + reg * dW)),
            "reg multiplies the gradient here. What does the penalty contribute, "
            "seen from one weight?",
            loses=("dW1", "dW2"),
        ),
        Mistake(
            "biases-regularised",
            altered(backward(bias_reg=1.0)),
            "The biases are regularised as well. The penalty is for the weights only.",
            loses=("db1", "db2"),
        ),
        Mistake(
            "biases-forgotten",
            altered(backward(biases=0.0), biases=0.0),
            "This is a network without biases. Where does each layer add its own?",
        ),
    ),
)
