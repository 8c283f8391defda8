"""1.2 The sigmoid: σ(z) for each element of z, of any shape, without overflow."""

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import derivatives

from .draws import Generator, pre_activations
from .oracles import logistic


def far_out(rng: Generator, _: Sizes) -> Arguments:
    """Both ends of the real line, among ordinary numbers of both signs."""
    ordinary = rng.uniform(0.3, 1.8, 4) * [-1, -1, 1, 1]
    return (rng.permutation(np.array([-1000.0, 1000.0, *ordinary])),)


EXERCISE = Exercise(
    reference=derivatives.sigmoid,
    draw=pre_activations,
    axes="N M",
    examples=False,
    oracle=logistic,
    checks=(Check("value", 0.5), Check("limits", 0.5, draw=far_out, fixed=True)),
    reveal=r"""
$$\sigma(z) = \frac{1}{1 + e^{-\lvert z\rvert}} \;\text{ for } z \ge 0,
\qquad \sigma(z) = \frac{e^{-\lvert z\rvert}}{1 + e^{-\lvert z\rvert}} \;\text{ for } z < 0$$

Each form is used on the half of the line on which its exponential is at most 1, and $e^{-\lvert
z\rvert}$ is that exponential on both.
""",
    mistakes=(
        Mistake(
            "flipped", lambda z: logistic(-z), "It falls where σ rises. Look at the sign of z."
        ),
        Mistake("tanh", np.tanh, "This is tanh, which runs from −1 to 1; σ runs from 0 to 1."),
        Mistake(
            "overflow",
            lambda z: np.exp(z) / (1 + np.exp(z)),
            "eᶻ is infinite at z = 1000, and ∞/∞ is nan. Which exponent stays small there?",
            loses=("limits",),
        ),
    ),
)
