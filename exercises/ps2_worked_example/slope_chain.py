"""2.3 The five slopes from L back to W_i: five numbers, from x (2,), y, W (2,), w_out and i."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    both_signs,
    elementwise_derivative,
)
from solutions import worked_example

from .draws import network
from .network import Array
from .oracles import forward_by_tanh, logistic

LINKS = ("∂L/∂ŷ", "∂ŷ/∂out", "∂out/∂a", "∂a/∂h", "∂h/∂W_i")
SIGNS = both_signs(
    lambda x, y, W, w_out, i: x[i],
    lambda x, y, W, w_out, i: x @ W,
    lambda x, y, W, w_out, i: w_out,
)


def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(x, y, W, w_out, i)."""
    net = network(rng)
    return net.x, net.y, net.W, net.w_out, int(rng.integers(2))


def decides(cases: Sequence[Arguments]) -> bool:
    """Both weights are asked for, and both signs occur."""
    return {case[-1] for case in cases} == {0, 1} and SIGNS(cases)


def oracle(x: Array, y: float, W: Array, w_out: float, i: int) -> Array:
    """Central differences of each link alone, where the forward pass is."""

    def sum_of(weight: Array) -> Any:
        return weight * x[i] + W[1 - i] * x[1 - i]

    h, a, out, y_hat = forward_by_tanh(x, W, w_out)
    links: tuple[tuple[Callable[[Array], Any], float], ...] = (
        (lambda y_hat: 0.5 * (y - y_hat) ** 2, y_hat),
        (logistic, out),
        (lambda a: w_out * a, a),
        (logistic, h),
        (sum_of, W[i]),
    )
    return np.array([elementwise_derivative(link, np.array(at)) for link, at in links])


def with_link(place: int, slope: Callable[..., float]) -> Callable[..., Array]:
    """The chain with one slope exchanged for `slope(x, y, W, w_out, i)`."""

    def wrong(x: Array, y: float, W: Array, w_out: float, i: int) -> Array:
        chain = worked_example.slope_chain(x, y, W, w_out, i)
        chain[place] = slope(x, y, W, w_out, i)
        return chain

    return wrong


def slope_at(place: int) -> Callable[..., float]:
    """σ' taken at a result of the forward pass: 1 for a, 3 for ŷ."""

    def slope(x: Array, y: float, W: Array, w_out: float, i: int) -> float:
        again = worked_example.sigmoid(worked_example.forward(x, W, w_out)[place])
        return again * (1 - again)

    return slope


EXERCISE = Exercise(
    reference=worked_example.slope_chain,
    draw=draw,
    decides=decides,
    oracle=oracle,
    checks=(
        Check(LINKS[0], 0.5, part=0),
        Check(LINKS[1], 0.5, part=1),
        Check(LINKS[2], 0.5, part=2, needs=LINKS[:2]),  # an argument, handed back, has it too
        Check(LINKS[3], 0.5, part=3),
        Check(LINKS[4], 0.5, part=4),
    ),
    reveal=r"""
$$\frac{\partial L}{\partial W_i} = \underbrace{\underbrace{(\hat y - y) \cdot
\hat y(1 - \hat y)}_{-\delta_o} \cdot\, w_{out} \cdot a(1 - a)}_{-\delta_h} \cdot\, x_i$$

The first two slopes lead to $out$, the first four to $h$; the fifth is what comes in over the edge.
""",
    mistakes=(
        Mistake(
            "sign",
            with_link(0, lambda x, y, W, w_out, i: y - worked_example.forward(x, W, w_out)[3]),
            "The first slope has the wrong sign. If ŷ is too small and grows, does L grow or fall?",
            loses=LINKS[:1],
        ),
        Mistake(
            "slope-at-output",
            with_link(1, slope_at(3)),
            "The second slope is that of σ at ŷ. At which place of the chain does σ turn into ŷ?",
            loses=LINKS[1:2],
        ),
        Mistake(
            "a-for-w",
            with_link(2, lambda x, y, W, w_out, i: worked_example.forward(x, W, w_out)[1]),
            "The third slope is a itself: that is how out moves with w_out. Here it is a that "
            "moves.",
            loses=LINKS[2:3],
        ),
        Mistake(
            "slope-at-a",
            with_link(3, slope_at(1)),
            "The fourth slope is that of σ at a. Which number went into the hidden unit's sigmoid?",
            loses=LINKS[3:4],
        ),
        Mistake(
            "w-for-x",
            with_link(4, lambda x, y, W, w_out, i: W[i]),
            "The last slope is the weight itself. Here the weight moves: by how much does h "
            "follow?",
            loses=LINKS[4:],
        ),
        Mistake(
            "other-input",
            with_link(4, lambda x, y, W, w_out, i: x[1 - i]),
            "The last slope belongs to the other weight. Which input does W_i meet?",
            loses=LINKS[4:],
        ),
    ),
)
