"""4.4 Back through the loss: dA2 (1, N), from each example's own loss."""

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
    reveal=r"""
$$dA^{[2]}_{1n} = \frac{\partial J_n}{\partial a_n} = -\frac{y_n}{a_n} + \frac{1 - y_n}{1 - a_n}$$

$a_n$ enters $J_n$ and no other summand, and $\log(1 - a)$ brings a second minus. There is no
$\frac1N$, because column $n$ belongs to example $n$ alone.
""",
    checks=(Check("dA2", points=1),),
    mistakes=(
        Mistake(
            "sum-of-both",
            lambda A2, Y: Y / A2 + (1 - Y) / (1 - A2),
            "The two terms have the same sign here. "
            "What is the derivative of log(1 − a) with respect to a?",
        ),
        Mistake(
            "ones-only",
            lambda A2, Y: -Y / A2 + 0 * A2,
            "Only examples with y = 1 get a derivative. What is the loss of the others made of?",
        ),
        Mistake(
            "error-term-already",
            lambda A2, Y: A2 - Y,
            "This is the derivative with respect to Z2: it has passed the sigmoid. "
            "Where does the way end here?",
        ),
    ),
)
