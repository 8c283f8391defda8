"""1.8 The gradient of the linear unit: ∂/∂w (D,) of ½(y − w·x)², from w (D,), x (D,) and y."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    both_signs,
    central_differences,
)
from solutions import derivatives

from .draws import linear_unit
from .oracles import unit_loss

EXERCISE = Exercise(
    reference=derivatives.linear_unit_gradient,
    draw=linear_unit,
    decides=both_signs(lambda w, x, y: y, lambda w, x, y: y - w @ x),
    axes="D",
    oracle=lambda w, x, y: central_differences(lambda moved: unit_loss(moved, x, y), w),
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "by-the-input",
            lambda w, x, y: (w @ x - y) * w,
            "This is the derivative by x: the error is multiplied by w. Which one is asked for?",
        ),
        Mistake(
            "output-for-error",
            lambda w, x, y: (w @ x) * x,
            "ŷ stands where the error belongs: the target y plays no part.",
        ),
        Mistake(
            "not-differentiated",
            lambda w, x, y: unit_loss(w, x, y) * x,
            "The loss itself is multiplied by x. What does the square turn into?",
        ),
    ),
)
