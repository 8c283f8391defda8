"""5.9 What is wrong with a gradient: a number from 0 to 7, from numeric and claimed gradient."""

from collections.abc import Sequence

import numpy as np

from autograder.exercise import LABEL, Arguments, Check, Draw, Exercise, Mistake, Sizes
from solutions import bike_sharing

from .network import Array

BATCHES = (5, 7, 11)
NOISE = 1e-8
"""How far a numeric gradient is from the true one, relative to its largest entry."""
SCALES = (1e-6, 1e4)
"""How large gradients may be: what is near is told by the largest entry alone."""
RIGHT, SIGN, OVER, UNDER, TWICE, HALF, TURNED, OTHER = range(8)


def among(*codes: int) -> Draw:
    """Make the draw of (gradient, numeric, N) that is wrong in one of these ways."""

    def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
        code, N = int(rng.choice(codes)), int(rng.choice(BATCHES))
        scale = {RIGHT: SCALES[1], OTHER: SCALES[0]}.get(code, float(rng.choice(SCALES)))
        true = scale * _true(rng, sizes)
        true = -np.abs(true) if code == RIGHT else true  # large, and none above 0
        noise = NOISE * np.abs(true).max() * rng.normal(size=true.shape)
        return spoilt(true, N, code), true + noise, N

    return draw


def _true(rng: np.random.Generator, sizes: Sizes) -> Array:
    """Draw a gradient, square or not, with entries of both signs; one of them is nearly 0."""
    shape = sizes["P"], sizes[str(rng.choice(["P", "Q"]))]
    true: Array = rng.uniform(0.2, 1.5, shape) * rng.choice([-1.0, 1.0], shape)
    true[-1, -1] = 1e-6
    return true


def spoilt(true: Array, N: int, code: int) -> Array:
    """Make a right gradient wrong. OTHER is right in the first entry, and too small in all others.

    No size of a difference shows that, unless its sign is taken off.
    """
    if code == OTHER:
        wrong: Array = true - np.abs(true).max() * np.linspace(0, 0.4, true.size).reshape(
            true.shape
        )
        return wrong
    if code == TURNED:
        return true.T.copy()
    return true * {RIGHT: 1, SIGN: -1, OVER: N, UNDER: 1 / N, TWICE: 2, HALF: 0.5}[code]


def decides(cases: Sequence[Arguments]) -> bool:
    """Whether a check's cases show all that it is about: each way to be wrong, both shapes.

    OTHER comes first, as in the public example.
    """
    codes = {oracle(*case) for case in cases}
    if oracle(*cases[-1]) == OTHER:
        return False
    square = {len(set(numeric.shape)) == 1 for _, numeric, _ in cases}
    return len(square) == 2 and (len(codes) == len(cases) or codes <= {SIGN, TURNED})


def oracle(gradient: Array, numeric: Array, N: int) -> int:
    """Spoil the numeric gradient in each way, and look which one is meant."""
    size = np.abs(numeric).max()
    for code in range(OTHER):
        found = spoilt(numeric, N, code)
        if found.shape == gradient.shape and np.allclose(found / size, gradient / size, 0, 1e-4):
            return code
    return OTHER


def one_entry(gradient: Array, numeric: Array, N: int) -> int:
    """Look at the first entry only."""
    return oracle(gradient[:1, :1], numeric[:1, :1], N)


def norms(gradient: Array, numeric: Array, N: int) -> int:
    """Compare nothing but norms."""
    claimed, true = (np.array([[np.linalg.norm(part)]]) for part in (gradient, numeric))
    return oracle(claimed, true, N)


def n_inverted(gradient: Array, numeric: Array, N: int) -> int:
    """Take N times too large for N times too small."""
    code = oracle(gradient, numeric, N)
    return {OVER: UNDER, UNDER: OVER}.get(code, code)


def two_inverted(gradient: Array, numeric: Array, N: int) -> int:
    """Take twice for half."""
    code = oracle(gradient, numeric, N)
    return {TWICE: HALF, HALF: TWICE}.get(code, code)


def near_by_itself(gradient: Array, numeric: Array, N: int) -> int:
    """Allow 1e-5, however large the gradient is."""
    undone = (gradient, -gradient, gradient / N, gradient * N, gradient / 2, gradient * 2)
    for code, found in enumerate((*undone, gradient.T)):
        if found.shape == numeric.shape and np.abs(found - numeric).max() <= 1e-5:
            return code
    return OTHER


EXERCISE = Exercise(
    reference=bike_sharing.diagnose,
    draw=among(RIGHT, OTHER),
    axes="P Q",
    batch="",
    oracle=oracle,
    reveal=r"""
Undo each slip, $-a$, $a/N$, $N a$, $a/2$, $2a$, $a^T$, and look whether $\max|a - n| \le
10^{-5}\max|n|$ holds then. Every entry has to fit, not one, and not the norm. Keep this function:
it is your tool for the sets to come.
""",
    checks=(
        Check("right and other", 0.5, tolerance=LABEL),
        Check("sign", 0.25, tolerance=LABEL, draw=among(SIGN), needs=("right and other",)),
        Check("factor N", 0.5, tolerance=LABEL, draw=among(OVER, UNDER)),
        Check("factor 2", 0.25, tolerance=LABEL, draw=among(TWICE, HALF)),
        Check("transposed", 0.5, tolerance=LABEL, draw=among(TURNED), needs=("right and other",)),
    ),
    decides=decides,
    example=among(OTHER),
    mistakes=(
        Mistake(
            "every-gradient-right",
            lambda gradient, numeric, N: 0,
            "This calls a wrong gradient right. Which differences does it look at?",
            twins=("one-entry", "norms"),
        ),
        Mistake(
            "one-entry",
            one_entry,
            "This judges from the first entry alone. Can one entry fit where another does not?",
            loses=("right and other", "transposed"),
            twins=("every-gradient-right", "norms"),
        ),
        Mistake(
            "norms",
            norms,
            "This compares sizes only. Which mistakes leave the size of a gradient as it is?",
            loses=("sign", "transposed"),
            twins=("every-gradient-right", "one-entry"),
        ),
        Mistake(
            "nothing-fits",
            lambda gradient, numeric, N: OTHER,
            "Nothing fits here, not even a right gradient. How near do two have to be, and "
            "relative to what?",
        ),
        Mistake(
            "near-by-itself",
            near_by_itself,
            "How near is near does not depend on the gradient here. Relative to what is 1e-5 "
            "meant?",
        ),
        Mistake(
            "n-inverted",
            n_inverted,
            "2 and 3 stand in each other's place. "
            "What undoes a gradient that is N times too large?",
            loses=("factor N",),
        ),
        Mistake(
            "two-inverted",
            two_inverted,
            "4 and 5 stand in each other's place. "
            "What undoes a gradient that is twice as large as it should be?",
            loses=("factor 2",),
        ),
    ),
)
