"""2.9 One step of training: W_new (2,) and the number w_out_new, from a network and its example."""

from collections.abc import Callable

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    both_signs,
)
from solutions import worked_example

from .draws import drawn
from .network import Array, run
from .oracles import gradients
from .slips import Formula, Pair, right_formula, slips


def oracle(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> tuple[Array, Array]:
    """A step down central differences of the loss."""
    dW, dw_out = gradients(x, y, W, w_out)
    return W - learning_rate * dW, w_out - learning_rate * dw_out


def step_by(formula: Formula, power: int = 1) -> Callable[..., Pair]:
    """The training step that a formula gives, with the learning rate to some power."""

    def wrong(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
        for_W, for_w_out = formula(run(x, y, W, w_out))
        rate = learning_rate**power
        return W + rate * for_W, w_out + rate * for_w_out

    return wrong


def new_weight_used(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """w_out updated before the hidden error term is made of it."""
    net = run(x, y, W, w_out)
    w_out_new = w_out + learning_rate * net.delta_o * net.a
    delta_h = worked_example.hidden_error_term(w_out_new, net.delta_o, net.a)
    return W + learning_rate * delta_h * x, w_out_new


def only_steps(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """The steps, not added to anything."""
    W_new, w_out_new = worked_example.train_step(x, y, W, w_out, learning_rate)
    return W_new - W, w_out_new - w_out


def uphill(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """The steps subtracted."""
    step_W, step_w_out = only_steps(x, y, W, w_out, learning_rate)
    return W - step_W, w_out - step_w_out


EXERCISE = Exercise(
    reference=worked_example.train_step,
    draw=drawn(lambda net: (net.x, net.y, net.W, net.w_out, net.learning_rate)),
    decides=both_signs(
        lambda x, y, W, w_out, rate: x,
        lambda x, y, W, w_out, rate: W,
        lambda x, y, W, w_out, rate: x @ W,
        lambda x, y, W, w_out, rate: w_out,
    ),
    oracle=oracle,
    keeps_arguments=True,
    checks=(Check("W_new", 1, part=0), Check("w_out_new", 1, part=1)),
    calls=("loss_gradients",),
    reveal=r"$W + \eta\,\delta_h\,x$ and $w_{out} + \eta\,\delta_o\,a$, both made at the old "
    r"weights: $\delta_h$ holds the $w_{out}$ of the forward pass. With the new one, two networks "
    r"are mixed.",
    mistakes=(
        Mistake(
            "new-weight-used",
            new_weight_used,
            "The hidden error term is made of the new w_out. Which w_out did the forward pass use?",
            loses=("W_new",),
        ),
        Mistake(
            "uphill",
            uphill,
            "It goes up the slope. Which of the two is added to a weight, a step or a gradient?",
        ),
        Mistake(
            "rate-forgotten",
            step_by(right_formula, power=0),
            "The learning rate does not enter the step.",
        ),
        Mistake(
            "rate-twice",
            step_by(right_formula, power=2),
            "The learning rate enters twice.",
        ),
        Mistake("only-steps", only_steps, "The steps come back, not yet added to the weights."),
        *slips(step_by, hidden="W_new"),
    ),
)
