"""1.11 One step downhill: the new weights (D,) of the linear unit, from w, x (D,), y and η."""

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    both_signs,
    central_differences,
)
from solutions import derivatives

from .draws import Array, Generator, linear_unit
from .oracles import unit_loss


def unit_and_rate(rng: Generator, sizes: Sizes) -> Arguments:
    """A linear unit that misses its target, and a learning rate."""
    return *linear_unit(rng, sizes), float(rng.uniform(0.2, 0.6))


def oracle(w: Array, x: Array, y: float, learning_rate: float) -> Array:
    """A step down central differences of the loss."""
    return w - learning_rate * central_differences(lambda moved: unit_loss(moved, x, y), w)


EXERCISE = Exercise(
    reference=derivatives.linear_unit_update,
    draw=unit_and_rate,
    decides=both_signs(
        lambda w, x, y, rate: y,
        lambda w, x, y, rate: y - w @ x,
        oracle,
    ),
    axes="D",
    oracle=oracle,
    keeps_arguments=True,
    checks=(Check("value", 1),),
    reveal=r"""
$$w \leftarrow w - \eta\,\nabla_w L$$

The gradient points to where the loss grows fastest, so the step goes the other way, and $\eta$
says how far. In the notes the gradient is called $\Delta w$ here, and in the worked example, set
2, $\Delta w$ is a step.
""",
    mistakes=(
        Mistake(
            "uphill",
            lambda w, x, y, rate: w + rate * derivatives.linear_unit_gradient(w, x, y),
            "The step goes up the slope: the gradient points to where the loss grows.",
        ),
        Mistake(
            "rate-forgotten",
            lambda w, x, y, rate: w - derivatives.linear_unit_gradient(w, x, y),
            "The whole gradient is taken. What is learning_rate for?",
        ),
        Mistake(
            "rate-twice",
            lambda w, x, y, rate: w - rate**2 * derivatives.linear_unit_gradient(w, x, y),
            "learning_rate is multiplied in twice.",
        ),
        Mistake(
            "only-the-step",
            lambda w, x, y, rate: -rate * derivatives.linear_unit_gradient(w, x, y),
            "The step comes back without the weights that it changes.",
        ),
    ),
)
