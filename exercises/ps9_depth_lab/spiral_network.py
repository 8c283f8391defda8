"""9.6 The contest: at most 40 numbers that know a turned spiral. Rows are examples."""

from typing import Any

import numpy as np

from autograder.exercise import Check, Exercise, Mistake
from exercises.judges import LINEAR, ONE_CLASS, OVER_BUDGET, TURNED, knows_its_points
from solutions import depth_lab

from .draws import Array, Labels
from .spiral import MEMORISED, apart, reaches, spiral, turn_of, turned_spiral

Answer = tuple[str, list[tuple[Array, Array]]]


def oracle(X: Array, y: Labels) -> Answer:
    """The weights for a spiral that is not turned, and points turned back: by another formula."""
    activation, ((W1, b1), *rest) = unturned()
    back = np.exp(-1j * turn_of(X, y))
    first = np.array([[back.real, -back.imag], [back.imag, back.real]]) @ W1
    return activation, [(first, b1), *rest]


def unturned() -> Answer:
    """The stored weights: for points without noise, the angle 0 is found to the last digit."""
    return depth_lab.spiral_network(*spiral(np.random.default_rng(0), 100, turn=0.0, noise=0.0))


def one_unit_more(X: Array, y: Labels) -> Answer:
    """46 numbers."""
    activation, ((W1, b1), (W2, b2)) = depth_lab.spiral_network(X, y)
    wider = np.column_stack([W1, W1[:, 0]]), np.append(b1, b1[0])
    return activation, [wider, (np.vstack([W2, 0 * W2[0]]), b2)]


def one_class(X: Array, y: Labels) -> Answer:
    """All points in the first arm."""
    return "tanh", [(np.zeros((2, 3)), np.array([1.0, 0.0, 0.0]))]


def turned(X: Array, y: Labels) -> Answer:
    """W as (outputs, inputs)."""
    activation, layers = depth_lab.spiral_network(X, y)
    return activation, [(W.T, b) for W, b in layers]


def linear(X: Array, y: Labels) -> Answer:
    """Least squares, with no hidden layer."""
    inputs = np.column_stack([X, np.ones(len(X))])
    *W, b = np.linalg.lstsq(inputs, np.eye(3)[y], rcond=None)[0]
    return "tanh", [(np.array(W), b)]


def mark(share: float, points: float) -> Check:
    """A check for one mark."""
    return Check(
        f"{share:.0%} of fresh points",
        points,
        accept=reaches(share),
        any_form=True,
        expects=f"On some spiral, fewer than {share:.0%} of the fresh points are right. "
        "More steps, another start, or several starts of which the best stays?",
    )


def memorised(X: Array, y: Labels) -> Any:
    """The weights of a spiral that is not turned."""
    return unturned()


EXERCISE = Exercise(
    reference=depth_lab.spiral_network,
    draw=turned_spiral,
    axes="N",  # three spirals, and not two
    oracle=oracle,
    decides=apart,
    trains=True,
    reveal=(
        r"Six tanh units have $2 \cdot 6 + 6 + 6 \cdot 3 + 3 = 39$ numbers. Plain descent with "
        r"$\eta = 1$ and 8,000 steps gets 98 to 99 % of fresh points right; 4 units (27 numbers) "
        "need luck or several starts. `check` has only seen the points that it gave you: the "
        "grader draws 900 fresh ones on each of three other spirals."
    ),
    checks=(
        Check(
            "the points given",
            points=0,
            accept=knows_its_points,
            any_form=True,
            expects="Return the activation's name and a list of layers (W, b).",
        ),
        mark(0.65, 1),
        mark(0.80, 1),
        mark(0.90, 2),
        mark(0.95, 2),
    ),
    mistakes=(
        Mistake("over-budget", one_unit_more, OVER_BUDGET),
        Mistake("memorised", memorised, MEMORISED),
        Mistake("one-class", one_class, ONE_CLASS),
        Mistake("turned", turned, TURNED),
        Mistake("linear", linear, LINEAR),
    ),
)
