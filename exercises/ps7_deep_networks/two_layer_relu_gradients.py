"""7.7 A ReLU network without biases: dw1 (D, H), dw2 (H, K) of Σ(ŷ − y)², ŷ = max(0, x·w1)·w2."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Function,
    Mistake,
    gradients_of,
)
from solutions import deep_networks

from .draws import Array
from .relu_network import loss, network


def relu(h: Array) -> Array:
    """max(0, h), elementwise."""
    return np.maximum(h, 0)


def altered(
    factor: float = 2,
    gate: Function = lambda h, dh: h > 0,
    feed: Callable[[Array], Array] = relu,
    forward: Callable[[Array], Array] = relu,
) -> Function:
    """Make the gradients with one ingredient exchanged; without arguments, right ones.

    `feed` is what w2 is thought to multiply; `forward` is what it multiplies on the way to ŷ.
    """

    def two_layer_relu_gradients(x: Array, y: Array, w1: Array, w2: Array) -> tuple[Array, Array]:
        h = x @ w1
        dy_pred = factor * (forward(h) @ w2 - y)
        dh = dy_pred @ w2.T
        return x.T @ (dh * gate(h, dh)), feed(h).T @ dy_pred

    return two_layer_relu_gradients


EXERCISE = Exercise(
    reference=deep_networks.two_layer_relu_gradients,
    draw=network,
    axes="N D H K",
    oracle=lambda *arguments: gradients_of(loss, *arguments, wrt=(2, 3)),
    checks=(Check("dw1", points=1.5, part=0), Check("dw2", points=1.5, part=1)),
    reveal=(
        r"$\partial L/\partial w_2 = r^T G$ and $\partial L/\partial w_1 = x^T\big((G w_2^T) "
        r"\odot 1(h > 0)\big)$, with $G = 2(\hat y - y)$. A gradient is $D^T$: it has the shape "
        r"of what it belongs to. The notes write $1(h \ge 0)$, one of their programs clears $h < "
        "0$ and another `hidden <= 0`; they differ only at exactly 0, where every slope from 0 "
        "to 1 is a subgradient."
    ),
    mistakes=(
        Mistake(
            "factor-two-missing",
            altered(factor=1),
            "It is half of what it should be. Does this loss have a ½ in front of its squares?",
        ),
        Mistake(
            "gate-missing",
            altered(gate=lambda h, dh: np.ones_like(h)),
            "Units with h < 0 pass the gradient on. How does max(0, h) change there?",
            loses=("dw1",),
        ),
        Mistake(
            "gate-from-the-gradient",
            altered(gate=lambda h, dh: dh > 0),
            "The gate looks at the sign of the gradient. Which quantity decides if a unit is open?",
            loses=("dw1",),
        ),
        Mistake(
            "hidden-sums-in-dw2",
            altered(feed=lambda h: h),
            "dw2 uses h as it was before the ReLU. "
            "What exactly is multiplied by w2 on the way forward?",
            loses=("dw2",),
        ),
        Mistake(
            "relu-forgotten-forward",
            altered(forward=lambda h: h),
            "The forward pass seems to have no ReLU, so ŷ − y is wrong as well. What is r?",
        ),
    ),
)
