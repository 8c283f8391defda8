"""4.5 Back through the loss: dA2 (1, N), each example's own loss differentiated by its a."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import batch_mlp

from .draws import output
from .network import summed_loss

EXERCISE = Exercise(
    reference=batch_mlp.output_activation_gradient,
    draw=output,
    axes="N",
    oracle=lambda A2, Y: central_differences(lambda A: summed_loss(A, Y), A2),
    checks=(Check("dA2", points=1),),
    mistakes=(
        Mistake(
            "sum-of-both",
            lambda A2, Y: Y / A2 + (1 - Y) / (1 - A2),
            "The two terms have the same sign here. What is the derivative of log(1 − a)?",
        ),
        Mistake(
            "ones-only",
            lambda A2, Y: -Y / A2 + 0 * A2,
            "Only examples with y = 1 get a gradient. What do the others want?",
        ),
        Mistake(
            "error-term-already",
            lambda A2, Y: A2 - Y,
            "This is dZ2: it contains the slope of the sigmoid. Here the derivative stops at A2.",
        ),
    ),
)
