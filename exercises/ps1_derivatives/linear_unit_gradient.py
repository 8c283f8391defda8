"""1.11 The gradient of the linear unit: ∂/∂w (D,) of ½(y − w·x)², from w (D,), x (D,) and y."""

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
    reveal=r"""
$$\nabla_w L = (\hat y - y)\,x$$

The square leaves a 2, which the ½ cancels; the minus sign comes from inside the square, where
$\hat y$ stands with a minus; and $\hat y$ grows with $w_i$ as fast as $x_i$ is large.
""",
    mistakes=(
        Mistake(
            "of-the-input",
            lambda w, x, y: (w @ x - y) * w,
            "This is the gradient with respect to x: the error is multiplied by w. Which one is "
            "asked for?",
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
