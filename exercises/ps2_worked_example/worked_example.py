"""2.2 The lecture's sheet: its five blanks, typed or computed. Judged in exercises/judges.py."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Tree,
)
from exercises.judges import (
    SHEET_SLIPS,
    Ranges,
    sheet_delta_h,
    sheet_delta_o,
    sheet_step_out,
    sheet_step_W,
)
from solutions import worked_example

from .draws import lecture
from .oracles import forward_by_tanh, gradients, slope_at_output

EXPECTS = (
    "It is not what the sheet has there. Which links lead to this blank, and what is the slope of "
    "each?"
)


def slipped(blanks: Mapping[str, Ranges]) -> Mapping[str, Tree]:
    """The sheet with these blanks at the middle of their ranges."""
    middles = {name: tuple((low + high) / 2 for low, high in blanks[name]) for name in blanks}
    wrong = {name: m if len(m) > 1 else m[0] for name, m in middles.items()}
    return {**worked_example.worked_example(), **wrong}


def oracle() -> Mapping[str, Tree]:
    """Error terms by the slope of σ; steps down central differences of the loss."""
    net = lecture()
    dW, dw_out = gradients(net.x, net.y, net.W, net.w_out)
    y_hat = forward_by_tanh(net.x, net.W, net.w_out)[-1]
    step_W = -net.learning_rate * dW
    return {
        "delta_o": (net.y - y_hat) * slope_at_output(y_hat),
        "delta_h": float(-dW[0] / net.x[0]),
        "step_out": float(-net.learning_rate * dw_out),
        "step_W": (float(step_W[0]), float(step_W[1])),
    }


EXERCISE = Exercise(
    reference=worked_example.worked_example,
    draw=lambda rng, sizes: (),
    oracle=oracle,
    checks=(
        Check("delta_o", 1, "delta_o", fixed=True, accept=sheet_delta_o, expects=EXPECTS),
        Check("delta_h", 1, "delta_h", fixed=True, accept=sheet_delta_h, expects=EXPECTS),
        Check("step_out", 0.5, "step_out", fixed=True, accept=sheet_step_out, expects=EXPECTS),
        Check("step_W", 0.5, "step_W", fixed=True, accept=sheet_step_W, expects=EXPECTS),
    ),
    reveal=r"""The lecture has these numbers, and $\Delta W = (0.00015,\ 0.00045)$. Without rounding
on the way the last one is 0.00045683, so 0.00046: the lecture rounded $\delta_h$ to 0.003 first.
Both count. Round once, at the end.

"""
    + Path(__file__).with_name("sheet.svg").read_text("utf-8"),
    mistakes=tuple(
        Mistake(slug, partial(slipped, blanks), sentence, loses=tuple(blanks))
        for slug, (sentence, blanks) in SHEET_SLIPS.items()
    ),
)
