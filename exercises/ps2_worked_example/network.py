"""ps2, second half: the true gradient of the loss, and one step of training."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.exercise.gradcheck import gradients_of
from autograder.exercise.spec import Check, Exercise, Mistake
from solutions import worked_example as right

from . import draws
from .draws import Array, drawn

Pair = tuple[Array, float]


def loss(x: Array, y: Array, W: Array, w_out: Array) -> float:
    """½(y − ŷ)², with σ by way of tanh."""
    a = 0.5 * (1 + np.tanh(np.sum(W * x) / 2))
    return float(0.5 * (y - 0.5 * (1 + np.tanh(w_out * a / 2))) ** 2)


def gradients(x: Array, y: float, W: Array, w_out: float) -> tuple[Array, Array]:
    """Central differences of the loss."""
    dW, dw_out = gradients_of(loss, x, np.asarray(y), W, np.asarray(w_out), wrt=(2, 3))
    return dW, dw_out


def descent(x: Array, y: float, W: Array, w_out: float, rate: float) -> tuple[Array, Array]:
    """A step down central differences of the loss."""
    dW, dw_out = gradients(x, y, W, w_out)
    return W - rate * dW, w_out - rate * dw_out


@dataclass(frozen=True)
class Seen:
    """What a backward pass has at hand."""

    x: Array
    y: float
    w_out: float
    h: float
    a: float
    y_hat: float
    delta_o: float
    delta_h: float


Formula = Callable[[Seen], Pair]
"""Error terms and what they multiply, without sign and learning rate: for W and for w_out."""


def look(x: Array, y: float, W: Array, w_out: float) -> Seen:
    """Run the network and collect everything."""
    h, a, _, y_hat = right.forward(x, W, w_out)
    delta_o = right.output_error_term(y, y_hat)
    return Seen(x, y, w_out, h, a, y_hat, delta_o, right.hidden_error_term(w_out, delta_o, a))


def gradient_by(formula: Formula) -> Callable[..., Pair]:
    """The gradient that a formula gives."""

    def wrong(x: Array, y: float, W: Array, w_out: float) -> Pair:
        for_W, for_w_out = formula(look(x, y, W, w_out))
        return -for_W, -for_w_out

    return wrong


def step_by(formula: Formula, power: int = 1) -> Callable[..., Pair]:
    """The training step that a formula gives, with the learning rate to some power."""

    def wrong(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
        for_W, for_w_out = formula(look(x, y, W, w_out))
        rate = learning_rate**power
        return W + rate * for_W, w_out + rate * for_w_out

    return wrong


def both(s: Seen) -> Pair:
    """The right formula."""
    return s.delta_h * s.x, s.delta_o * s.a


def output_slope_lost(s: Seen) -> Pair:
    """(y − ŷ) for δ_o, in both layers."""
    error = s.y - s.y_hat
    return right.hidden_error_term(s.w_out, error, s.a) * s.x, error * s.a


def output_term_reused(s: Seen) -> Pair:
    """δ_o for δ_h."""
    return s.delta_o * s.x, s.delta_o * s.a


def hidden_slope_lost(s: Seen) -> Pair:
    """No σ' in the hidden unit."""
    return s.w_out * s.delta_o * s.x, s.delta_o * s.a


def weight_lost(s: Seen) -> Pair:
    """δ_h without w_out."""
    return s.delta_o * s.a * (1 - s.a) * s.x, s.delta_o * s.a


def sum_for_activation(s: Seen) -> Pair:
    """Take h for a in the gradient of w_out."""
    return s.delta_h * s.x, s.delta_o * s.h


def new_weight_used(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """w_out updated before the hidden error term is made of it."""
    seen = look(x, y, W, w_out)
    w_out_new = w_out + learning_rate * seen.delta_o * seen.a
    delta_h = right.hidden_error_term(w_out_new, seen.delta_o, seen.a)
    return W + learning_rate * delta_h * x, w_out_new


def only_steps(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """The steps, not added to anything."""
    W_new, w_out_new = right.train_step(x, y, W, w_out, learning_rate)
    return W_new - W, w_out_new - w_out


def uphill(x: Array, y: float, W: Array, w_out: float, learning_rate: float) -> Pair:
    """The steps subtracted."""
    step_W, step_w_out = only_steps(x, y, W, w_out, learning_rate)
    return W - step_W, w_out - step_w_out


HIDDEN_SLOPE = "The hidden unit's sigmoid has a slope too, and the gradient of W passes it."
OUTPUT_SLOPE = "(y − ŷ) goes back without the slope of the output's sigmoid."
REUSED = "W gets the output's error term; between it and W lie an edge and a sigmoid."
WEIGHT = "The way from the output to W leads over the edge w_out, which is missing."

LOSS_GRADIENTS = Exercise(
    calls=("forward", "output_error_term", "hidden_error_term"),
    reference=right.loss_gradients,
    draw=drawn(draws.for_loss_gradients),
    oracle=gradients,
    checks=(Check("dW", 1, part=0), Check("dw_out", 1, part=1)),
    mistakes=(
        Mistake(
            "steps",
            lambda x, y, W, w_out: both(look(x, y, W, w_out)),
            "The sign is that of a step. A gradient points to where the loss grows.",
        ),
        Mistake("output-slope-lost", gradient_by(output_slope_lost), OUTPUT_SLOPE),
        Mistake("output-term-reused", gradient_by(output_term_reused), REUSED, loses=("dW",)),
        Mistake("hidden-slope-lost", gradient_by(hidden_slope_lost), HIDDEN_SLOPE, loses=("dW",)),
        Mistake("weight-lost", gradient_by(weight_lost), WEIGHT, loses=("dW",)),
        Mistake(
            "sum-for-activation",
            gradient_by(sum_for_activation),
            "dw_out is made of h. What is it that w_out multiplies?",
            loses=("dw_out",),
        ),
    ),
)

TRAIN_STEP = Exercise(
    calls=(*LOSS_GRADIENTS.calls, "output_weight_step", "input_weight_steps", "loss_gradients"),
    reference=right.train_step,
    draw=drawn(lambda net: net),
    oracle=descent,
    checks=(Check("W_new", 1.5, part=0), Check("w_out_new", 1.5, part=1)),
    mistakes=(
        Mistake(
            "new-weight-used",
            new_weight_used,
            "The hidden error term is made of the new w_out. The forward pass used the old one.",
            loses=("W_new",),
        ),
        Mistake("uphill", uphill, "The step goes up the slope: a step is added, a gradient not."),
        Mistake("rate-forgotten", step_by(both, power=0), "learning_rate is missing."),
        Mistake("rate-twice", step_by(both, power=2), "learning_rate is multiplied in twice."),
        Mistake("only-steps", only_steps, "The steps come back, not yet added to the weights."),
        Mistake("output-slope-lost", step_by(output_slope_lost), OUTPUT_SLOPE),
        Mistake("output-term-reused", step_by(output_term_reused), REUSED, loses=("W_new",)),
        Mistake("hidden-slope-lost", step_by(hidden_slope_lost), HIDDEN_SLOPE, loses=("W_new",)),
        Mistake("weight-lost", step_by(weight_lost), WEIGHT, loses=("W_new",)),
    ),
)

EXERCISES = (LOSS_GRADIENTS, TRAIN_STEP)
