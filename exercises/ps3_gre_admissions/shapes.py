"""3.3 The lecture's empty boxes: a dict of shapes, from the integers D and H."""

from collections.abc import Sequence

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Keys,
    Mistake,
    Sizes,
)
from solutions import gre_admissions

Shapes = dict[str, tuple[int, ...]]
VECTORS = ("W_ho", "hidden", "hidden_error", "hidden_error_term", "dW_ho")
FORWARD, ERRORS, GRADIENTS, FACTORS = "forward shapes", "errors", "gradients", "factors"


def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(D, H), which differ."""
    D, H = rng.choice(np.arange(3, 12), size=2, replace=False)
    return int(D), int(H)


def decides(cases: Sequence[Arguments]) -> bool:
    """No number is right in two cases, so none can be typed in."""
    return len({number for case in cases for number in case}) == 2 * len(cases)


def oracle(D: int, H: int) -> Shapes:
    """Build the network, and read the shapes off what comes out of it."""
    x, W_ih, W_ho = np.ones(D), np.ones((D, H)), np.ones(H)
    hidden = x @ W_ih
    error = np.ones(()) * W_ho
    term = error * hidden
    column, row = x[:, None], term[None, :]
    arrays = {
        "W_ih": W_ih,
        "W_ho": W_ho,
        "hidden": hidden,
        "hidden_error": error,
        "hidden_error_term": term,
        "dW_ih": column @ row,
        "dW_ho": np.ones(()) * hidden,
        "x_as_factor": column,
        "delta_as_factor": row,
    }
    return {name: array.shape for name, array in arrays.items()}


def columns(D: int, H: int) -> Shapes:
    """A second axis for everything that has one number for each hidden unit."""
    return gre_admissions.shapes(D, H) | dict.fromkeys(VECTORS, (H, 1))


EXERCISE = Exercise(
    reference=gre_admissions.shapes,
    draw=draw,
    decides=decides,
    oracle=oracle,
    asks_shapes=True,
    checks=(
        Check(FORWARD, 0.5, part=Keys("W_ih", "W_ho", "hidden")),
        Check(GRADIENTS, 0.5, part=Keys("dW_ih", "dW_ho")),
        Check(FACTORS, 0.5, part=Keys("x_as_factor", "delta_as_factor")),
        Check(
            ERRORS,
            0.5,
            part=Keys("hidden_error", "hidden_error_term"),
            needs=(FORWARD, GRADIENTS, FACTORS),
        ),
    ),
    reveal=r"A gradient has the shape of what it differentiates: $dW_{ih}$ is $(D, H)$ like "
    r"$W_{ih}$, and an error term has the shape of its sum. $(D, 1)$ times $(1, H)$ is $(D, H)$: "
    r"a column times a row.",
    mistakes=(
        Mistake(
            "turned",
            lambda D, H: gre_admissions.shapes(D, H) | {"dW_ih": (H, D)},
            "dW_ih is turned. Of which array is it the gradient, and what is that one's shape?",
            loses=(GRADIENTS,),
        ),
        Mistake(
            "columns",
            columns,
            "Vectors have a second axis here. x has one axis: how many has x @ W_ih?",
            loses=(FORWARD, ERRORS, GRADIENTS),
        ),
        Mistake(
            "number",
            lambda D, H: gre_admissions.shapes(D, H) | {"hidden_error": (1,)},
            "hidden_error is one number here. How many hidden units have an error?",
            loses=(ERRORS,),
        ),
        Mistake(
            "factors-swapped",
            lambda D, H: (
                gre_admissions.shapes(D, H) | {"x_as_factor": (1, D), "delta_as_factor": (H, 1)}
            ),
            "Look at the inner sizes of the two factors. Are they equal, as @ asks?",
            loses=(FACTORS,),
        ),
    ),
)
