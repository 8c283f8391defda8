"""7.4 A derivation on trial: its first wrong line, or 0, from values (M, R) and truth (M,)."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .draws import Array

Marks = NDArray[np.bool_]


def faulty_sheet(rng: Generator, sizes: Sizes) -> Arguments:
    """(values, truth) with wrong lines.

    Along several directions, the first wrong line, the third or a later one, is so in one
    direction only, which is neither the first nor the last; the next line in the first only, those
    below in all, and the last is right again. Along a single direction, a plain sheet.
    """
    if sizes["M"] == 1:
        return plain_sheet(rng, sizes)
    wrong = _all_right(sizes)
    first = rng.integers(2, wrong.shape[1] - 3)
    wrong[1, first] = wrong[0, first + 1] = True
    wrong[:, first + 2 : -1] = True
    return sheet(rng, wrong)


def plain_sheet(rng: Generator, sizes: Sizes) -> Arguments:
    """(values, truth) with everything wrong from the second line on."""
    wrong = _all_right(sizes)
    wrong[:, 1:] = True
    return sheet(rng, wrong)


def sound_sheet(rng: Generator, sizes: Sizes) -> Arguments:
    """(values, truth) with all lines right; along a single direction, the last one is wrong."""
    wrong = _all_right(sizes)
    wrong[:, -1] = sizes["M"] == 1
    return sheet(rng, wrong)


def _all_right(sizes: Sizes) -> Marks:
    """A mark for each direction and line, of which there are six or more."""
    return np.zeros((sizes["M"], sizes["R"] + 4), dtype=bool)


def sheet(rng: Generator, wrong: Marks) -> tuple[Array, Array]:
    """(values, truth): a little too far off where the mark is set, nearly too far elsewhere.

    The first line is the truth itself, which is near 0 in the first direction, large in the last,
    and negative in the others: a tolerance without the one, the size or the bars is wrong. So is
    one for all directions together: where the truth is large, what is right is further off than
    what is wrong beside it.
    """
    M, _ = wrong.shape
    near, large = rng.choice([-0.02, 0.02]), rng.uniform(20, 40)
    truth = np.array([near, *-rng.uniform(0.3, 0.9, max(0, M - 2)), large])[:M]
    off = np.where(wrong, rng.uniform(1.3, 1.7, wrong.shape), rng.uniform(0.7, 0.8, wrong.shape))
    off[:, 0] = 0
    signs = rng.choice([-1.0, 1.0], wrong.shape)
    signs[:, [1, -1]], signs[1:2, 2:-1] = -1, 1  # neither sign alone finds every wrong line
    return truth[:, None] + signs * off * _allowed(truth), truth


def _allowed(truth: Array) -> Array:
    """What the text allows, as a column."""
    return 1e-6 * (1 + np.abs(truth))[:, None]


def oracle(values: Array, truth: Array) -> int:
    """Line after line, direction after direction."""
    for number, line in enumerate(values.T, start=1):
        for value, right in zip(line, truth, strict=True):
            if abs(value - right) > 1e-6 * (1 + abs(right)):
                return number
    return 0


def altered(
    combine: Callable[..., Array] = np.any,
    tell: Callable[[Array], int] = lambda wrong: int(wrong.any() and wrong.argmax() + 1),
    allowed: Callable[[Array], Array] = _allowed,
) -> Function:
    """Make the search with one ingredient exchanged; without arguments, a right one."""

    def first_wrong_line(values: Array, truth: Array) -> int:
        wrong = np.abs(values - truth[:, None]) > allowed(truth)
        return tell(combine(wrong, axis=0))

    return first_wrong_line


EXERCISE = Exercise(
    reference=deep_networks.first_wrong_line,
    draw=faulty_sheet,
    axes="M R",
    batch="M",
    oracle=oracle,
    example=plain_sheet,
    checks=(
        Check("found", points=0.5),
        Check("none", points=0.5, draw=sound_sheet),
    ),
    reveal=(
        "One direction is enough to prove a line wrong; right values in many directions make it "
        "only likely to be right. The *first* wrong line is where the slip is: lines below it "
        "may inherit it, and a right last line does not prove the lines above it."
    ),
    mistakes=(
        Mistake(
            "from-zero",
            altered(tell=lambda wrong: int(wrong.any() and wrong.argmax())),
            "The lines are counted from 0. A reader of the derivation counts from 1, and 0 says "
            "that no line is wrong.",
        ),
        Mistake(
            "last-wrong",
            altered(tell=lambda wrong: int(wrong.any() and len(wrong) - wrong[::-1].argmax())),
            "This is the last wrong line. The slip is where it goes wrong first.",
            loses=("found",),
        ),
        Mistake(
            "end-only",
            altered(tell=lambda wrong: int(wrong[-1] and wrong.argmax() + 1)),
            "A derivation whose last line is right is passed unread. Can two mistakes cancel?",
            loses=("found",),
        ),
        Mistake(
            "first-direction-only",
            altered(combine=lambda wrong, axis: wrong[0]),
            "Only the first direction is looked at. A wrong line can be right by chance in one.",
            loses=("found",),
        ),
        Mistake(
            "every-direction",
            altered(combine=np.all),
            "A line is called wrong only if it is so in all directions. How many are enough?",
            loses=("found",),
        ),
        Mistake(
            "one-for-none",
            altered(tell=lambda wrong: int(wrong.argmax() + 1)),
            "Where no line is wrong, 1 comes back. What does argmax answer if nothing is True?",
            loses=("none",),
        ),
        Mistake(
            "size-forgotten",
            altered(allowed=lambda truth: np.full((len(truth), 1), 1e-6)),
            "Some right lines are called wrong. What does the text allow where the truth is large?",
        ),
    ),
)
