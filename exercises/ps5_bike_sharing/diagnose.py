"""5.9 What is wrong with a gradient: a number from 0 to 7, from numeric and claimed gradient."""

from collections.abc import Callable, Sequence

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
ORDER_AND_SHAPE = ("first that fits", "transposed", "a column")
"""The checks that nothing passes which compares numbers instead of arrays."""


def among(*codes: int) -> Draw:
    """Make the draw of (gradient, numeric, N) that is wrong in one of these ways."""

    def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
        code, N = int(rng.choice(codes)), batch_size(rng, sizes)
        scale = {RIGHT: SCALES[1], OTHER: SCALES[0]}.get(code, float(rng.choice(SCALES)))
        true = scale * _true(rng, sizes)
        true = -np.abs(true) if code == RIGHT else true  # large, and none above 0
        return spoilt(true, N, code), noisy(rng, true), N

    return draw


def nearly_right(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(gradient, numeric, N) of which a little differs, in every entry or in two of them.

    In every entry it is less than 1e-5 of the largest, and all together are more; in the two it is
    more, to either side, and neither a sum nor a norm shows it.
    """
    N, true = batch_size(rng, sizes), _true(rng, sizes)
    little = 6e-6 * np.resize([1.0, -1.0], true.size).reshape(true.shape)
    if rng.random() < 0.5:  # nearly 0, so that they alone move neither the sum nor the norm
        true[-1, 0] = 1e-6
        little = np.zeros_like(true)
        little[-1, [0, -1]] = 4e-5, -4e-5
    scale = SCALES[int((little != 0).all())]
    gradient = true + little * np.abs(true).max()
    return scale * gradient, scale * noisy(rng, true), N


def several_fit(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(gradient, numeric, N) with two slips that undo it, of which the first one counts.

    N is 2, and 2 is the factor; or the gradient is the other way round, sign or transpose.
    """
    if rng.random() < 0.5:
        true = SCALES[1] * _true(rng, sizes)
        return spoilt(true, 2, int(rng.choice([OVER, UNDER]))), noisy(rng, true), 2
    square = SCALES[1] * rng.uniform(0.2, 1.5, (sizes["P"], sizes["P"]))
    square = square - square.T
    return -square, noisy(rng, square), batch_size(rng, sizes)


def of_a_column(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(gradient, numeric, N) with equal entries, (P, 1) in differences: as a row, or as a vector.

    Compared without a look at their shapes, all of these meet.
    """
    column = np.full((sizes["P"], 1), SCALES[1] * rng.uniform(0.2, 1.5))
    gradient = column.T.copy() if rng.random() < 0.5 else column[:, 0].copy()
    return gradient, noisy(rng, column), batch_size(rng, sizes)


def batch_size(rng: np.random.Generator, sizes: Sizes) -> int:
    """Draw an N that no axis of the gradient has."""
    return int(rng.choice([N for N in BATCHES if N not in sizes.values()]))


def noisy(rng: np.random.Generator, true: Array) -> Array:
    """Make a numeric gradient of the true one."""
    noise: Array = NOISE * np.abs(true).max() * rng.normal(size=true.shape)
    return true + noise


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

    OTHER comes first, as in the public example, and is never square.
    """
    codes = [oracle(*case) for case in cases]
    square = [len(set(numeric.shape)) == 1 for _, numeric, _ in cases]
    of_columns = all(numeric.shape[1] == 1 for _, numeric, _ in cases)
    if OTHER in codes[1:] or (codes[0] == OTHER and square[0]):
        return False
    if any(N == 2 for *_, N in cases) and SIGN not in codes:
        return False
    each_once, both_shapes = (len(set(seen)) == len(cases) for seen in (codes, square))
    one_way = set(codes) <= {SIGN, TURNED}
    return (each_once and (both_shapes or of_columns)) or (one_way and both_shapes)


def oracle(gradient: Array, numeric: Array, N: int) -> int:
    """Spoil the numeric gradient in each way, and look which one is meant."""
    size = np.abs(numeric).max()
    for code in range(OTHER):
        found = spoilt(numeric, N, code)
        if found.shape == gradient.shape and np.allclose(found / size, gradient / size, 0, 2e-5):
            return code
    return OTHER


def one_entry(gradient: Array, numeric: Array, N: int) -> int:
    """Look at the first entry only, and at the largest one for what is near."""
    first, near = numeric.ravel()[:1], 2e-5 * np.abs(numeric).max()
    codes = (c for c in range(OTHER) if abs(spoilt(first, N, c) - gradient.flat[0]) <= near)
    return next(codes, OTHER)


def norms(gradient: Array, numeric: Array, N: int) -> int:
    """Compare nothing but norms."""
    claimed, true = (np.array([[np.linalg.norm(part)]]) for part in (gradient, numeric))
    return oracle(claimed, true, N)


def exchanged(*pair: int) -> Callable[[Array, Array, int], int]:
    """Take each of two answers for the other."""
    other = dict(zip(pair, reversed(pair), strict=True))

    def wrong(gradient: Array, numeric: Array, N: int) -> int:
        code = oracle(gradient, numeric, N)
        return other.get(code, code)

    return wrong


def fitting(gradient: Array, numeric: Array, N: int, near: float = 2e-5) -> list[int]:
    """All answers that fit, whatever the shapes that numpy makes one of."""
    size, codes = np.abs(numeric).max(), []
    for code in range(OTHER):
        found = spoilt(numeric, N, code)
        try:
            far = np.abs(found - gradient).max()
        except ValueError:
            continue
        codes += [code] if far <= near * size else []
    return codes


def shapes_not_compared(gradient: Array, numeric: Array, N: int) -> int:
    """Let numpy broadcast the one to the other."""
    return next(iter(fitting(gradient, numeric, N)), OTHER)


def last_that_fits(gradient: Array, numeric: Array, N: int) -> int:
    """Go on looking when an answer was found."""
    same = sorted(gradient.shape) == sorted(numeric.shape)
    codes = fitting(gradient, numeric, N) if same else []
    first = oracle(gradient, numeric, N)
    return codes[-1] if codes and first != TURNED else first


def too_wide(gradient: Array, numeric: Array, N: int) -> int:
    """Let a hundredth of the largest entry pass."""
    first = oracle(gradient, numeric, N)
    return RIGHT if first == OTHER and _close(gradient, numeric) else first


def _close(gradient: Array, numeric: Array) -> bool:
    same = gradient.shape == numeric.shape
    return same and bool(np.abs(gradient - numeric).max() <= 0.01 * np.abs(numeric).max())


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
        Check("right and other", 0.25, tolerance=LABEL),
        Check("nearly right", 0.25, tolerance=LABEL, draw=nearly_right),
        Check("sign", 0.25, tolerance=LABEL, draw=among(SIGN), needs=("right and other",)),
        Check("factor N", 0.25, tolerance=LABEL, draw=among(OVER, UNDER)),
        Check("factor 2", 0.25, tolerance=LABEL, draw=among(TWICE, HALF)),
        Check("first that fits", 0.25, tolerance=LABEL, draw=several_fit),
        Check("transposed", 0.25, tolerance=LABEL, draw=among(TURNED), needs=("right and other",)),
        Check("a column", 0.25, tolerance=LABEL, draw=of_a_column),
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
            loses=("right and other", "nearly right", *ORDER_AND_SHAPE),
            twins=("every-gradient-right", "norms"),
        ),
        Mistake(
            "norms",
            norms,
            "This compares sizes only. Which mistakes leave the size of a gradient as it is?",
            loses=("nearly right", "sign", *ORDER_AND_SHAPE),
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
            exchanged(OVER, UNDER),
            "2 and 3 stand in each other's place. "
            "What undoes a gradient that is N times too large?",
            loses=("factor N", "first that fits"),
        ),
        Mistake(
            "two-inverted",
            exchanged(TWICE, HALF),
            "4 and 5 stand in each other's place. "
            "What undoes a gradient that is twice as large as it should be?",
            loses=("factor 2",),
        ),
        Mistake(
            "last-that-fits",
            last_that_fits,
            "Where several answers fit, this gives a later one. Which one does the text ask for?",
            loses=("first that fits",),
        ),
        Mistake(
            "shapes-not-compared",
            shapes_not_compared,
            "Arrays of different shapes are compared here, and numpy broadcasts them. "
            "When do two gradients agree?",
            loses=("a column",),
        ),
        Mistake(
            "too-wide",
            too_wide,
            "This lets larger differences pass than the text does. How near is near enough?",
            loses=("nearly right",),
        ),
    ),
)
