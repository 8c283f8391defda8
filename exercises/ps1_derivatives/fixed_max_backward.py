"""1.8 Back through a maximum with ties: dx and dy (N, M), which share dout where x equals y."""

import numpy as np

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes, Tolerance
from exercises.judges import are_shares
from solutions import derivatives

from .draws import Array, Generator, gate

EXACT = Tolerance("sum", 0.0, 1e-12)


def tied(rng: Generator, sizes: Sizes) -> Arguments:
    """Two inputs that are equal everywhere, and an upstream gradient of both signs."""
    x, _, dout = gate(rng, sizes)
    return x, x.copy(), dout


def mixed(rng: Generator, sizes: Sizes) -> Arguments:
    """Two inputs that are equal at about half of the places, and at one of each row at least.

    Beside the ties they are well apart: what is only close is the matter of another check.
    """
    x, y, dout = gate(rng, sizes)
    y = x + np.sign(y - x) * np.maximum(np.abs(y - x), 0.2)
    equal = rng.random(x.shape) < 0.5
    equal[:, 0], equal[:, -1] = True, False
    return x, np.where(equal, x, y), dout


def rest_of_dout(answer: tuple[Array, Array], arguments: Arguments) -> Array:
    """What dx leaves of dout. (The reference gives ties to y, so a dx of zeros is not absent.)"""
    rest: Array = arguments[-1] - answer[0]
    return rest


def oracle(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Differences of max with x moved by a little, to the side on which ties go to y."""
    h = 1e-6
    dx = dout * np.round((np.maximum(x, y) - np.maximum(x - h, y)) / h)
    moved_together = dout * np.round((np.maximum(x + h, y + h) - np.maximum(x, y)) / h)
    return dx, moved_together - dx


def nearly_tied(x: Array, y: Array, dout: Array) -> tuple[Array, Array]:
    """Share dout also where the two inputs are only close to each other."""
    share = np.where(np.abs(x - y) < 1e-3, 0.5, x > y)
    return dout * share, dout * (1 - share)


EXERCISE = Exercise(
    reference=derivatives.fixed_max_backward,
    draw=gate,
    axes="N M",
    examples=False,
    returns=("dx", "dy"),
    oracle=oracle,
    checks=(
        Check("off ties", 0.25),
        Check("sum at ties", 0.5, part=1, draw=tied, given=rest_of_dout, tolerance=EXACT),
        Check(
            "shares at ties",
            0.25,
            draw=mixed,
            accept=are_shares,
            expects="At a tie one of the two gets more than all of dout, or less than nothing.",
            needs=("sum at ties",),
        ),
    ),
    calls=("max_backward",),
    starts_from=derivatives.max_backward_as_noted,
    reveal=r"""
$$dx = t\cdot dout,
\qquad dy = (1 - t)\cdot dout
\qquad\text{with one } 0 \le t \le 1 \text{ at each tie}$$

Move $x$ and $y$ together by $\varepsilon$ and the maximum moves by $\varepsilon$, so $dx + dy$
must be $dout$. Any split would do. The notes compare with $\ge$ on both sides, which gives $(1,
1)$ at a tie; that is none: together they count the step twice.
""",
    mistakes=(
        Mistake(
            "as-noted",
            derivatives.max_backward_as_noted,
            "At ties both inputs get all of dout. Move both by ε: how far does the maximum move?",
            loses=("sum at ties",),
        ),
        Mistake(
            "nobody",
            derivatives.max_backward,
            "At ties nobody gets anything. Move both inputs by ε: does the maximum stay?",
            loses=("sum at ties",),
        ),
        Mistake(
            "halved-everywhere",
            lambda x, y, dout: (dout / 2, dout / 2),
            "dout is halved also where one input is larger. Which one does the maximum follow "
            "there?",
            loses=("off ties", "shares at ties"),
        ),
        Mistake(
            "nearly-tied",
            nearly_tied,
            "Inputs that are close share dout as if they were equal. Which of the two does the "
            "maximum follow there?",
            loses=("off ties",),
        ),
    ),
)
