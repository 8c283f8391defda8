"""2.6 Gradients are not steps: dW (2,) and the number dw_out, from x (2,), y, W (2,) and w_out."""

from collections.abc import Callable

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    both_signs,
)
from solutions import worked_example

from .draws import drawn
from .network import Array, Network, run
from .oracles import gradients
from .slips import Formula, Pair, right_formula, slips


def gradient_by(formula: Formula) -> Callable[..., Pair]:
    """The gradient that a formula gives."""

    def wrong(x: Array, y: float, W: Array, w_out: float) -> Pair:
        for_W, for_w_out = formula(run(x, y, W, w_out))
        return -for_W, -for_w_out

    return wrong


def sum_for_activation(net: Network) -> Pair:
    """Take h for a in the gradient of w_out."""
    return net.delta_h * net.x, net.delta_o * net.h


EXERCISE = Exercise(
    reference=worked_example.loss_gradients,
    draw=drawn(lambda net: (net.x, net.y, net.W, net.w_out)),
    decides=both_signs(
        lambda x, y, W, w_out: x,
        lambda x, y, W, w_out: W,
        lambda x, y, W, w_out: x @ W,
        lambda x, y, W, w_out: w_out,
    ),
    oracle=gradients,
    checks=(Check("dW", 1, part=0), Check("dw_out", 1, part=1)),
    reveal=r"$\partial L/\partial W = -\delta_h\,x$ and $\partial L/\partial w_{out} = "
    r"-\delta_o\,a$: the minus that the error terms hold inside comes to light. Descent subtracts "
    r"$\eta$ times this, which is the same as adding the steps.",
    mistakes=(
        Mistake(
            "steps",
            lambda x, y, W, w_out: right_formula(run(x, y, W, w_out)),
            "The sign is that of a step. A gradient points to where the loss grows.",
        ),
        *slips(gradient_by, hidden="dW"),
        Mistake(
            "sum-for-activation",
            gradient_by(sum_for_activation),
            "dw_out is made of h. What is it that w_out multiplies?",
            loses=("dw_out",),
        ),
    ),
)
