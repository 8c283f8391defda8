"""8.3 Nine lines of derivatives: one gradient for each input of a step, of that input's shape."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Draw,
    Exercise,
    Function,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import autodiff

from .draws import APART, away_from_zero
from .machine import Array, back_through, value_of

BROADCAST = ("add", "sub", "mul", "max")


def a_step(
    rng: Generator, op: str, inputs: list[Array], axis: int | None = None
) -> tuple[str, list[Array], int | None, Array, Array]:
    """(op, inputs, axis, out, dout); a sum of everything is an array without axes."""
    where = tuple(range(len(inputs)))
    out = np.asarray(value_of(len(inputs), [(op, where, axis)], inputs))
    return op, inputs, axis, out, np.asarray(rng.normal(size=out.shape))


def broadcast(op: str) -> Draw:
    """Draw a step of two arrays, one of which numpy copies, or both; no two entries are tied."""

    def draw(rng: Generator, sizes: Sizes) -> Arguments:
        R, C = sizes["R"], sizes["C"]
        pairs = [((R, C), (R, 1)), ((1, C), (R, C)), ((1, C), (R, 1))]
        shapes = pairs[rng.integers(3)]
        while True:
            a, b = (away_from_zero(rng, *shape) for shape in shapes)
            if op != "max" or (np.abs(a - b).min() > APART and 0 < np.mean(a > b) < 1):
                return a_step(rng, op, [a, b])

    return draw


def product(rng: Generator, sizes: Sizes) -> Arguments:
    """A matrix product: (R, C)(C, M), or of two square matrices."""
    R, C, M = (sizes[axis] for axis in ("RRR", "RCM")[rng.integers(2)])
    return a_step(rng, "matmul", [away_from_zero(rng, R, C), away_from_zero(rng, C, M)])


def total(rng: Generator, sizes: Sizes) -> Arguments:
    """A sum over an axis, or over all entries."""
    axis = (None, 0, 1)[rng.integers(3)]
    return a_step(rng, "sum", [rng.normal(size=(sizes["R"], sizes["C"]))], axis)


def of_one(op: str, entries: Callable[[Generator, tuple[int, int]], Array]) -> Draw:
    """Draw a step that works on each entry of one array."""

    def draw(rng: Generator, sizes: Sizes) -> Arguments:
        return a_step(rng, op, [entries(rng, (sizes["R"], sizes["C"]))])

    return draw


def beside_one(rng: Generator, shape: tuple[int, int]) -> Array:
    """Numbers in [0.5, 2], whose logarithms have both signs and are not near 0."""
    low, high = rng.uniform(0.5, 0.9, shape), rng.uniform(1.1, 2, shape)
    return np.where(rng.permutation(np.arange(low.size) % 2 == 0).reshape(shape), low, high)


DRAWS: dict[str, Draw] = {
    **{op: broadcast(op) for op in BROADCAST},
    "matmul": product,
    "sum": total,
    "exp": of_one("exp", lambda rng, shape: away_from_zero(rng, *shape)),
    "log": of_one("log", beside_one),
    "sigmoid": of_one("sigmoid", lambda rng, shape: away_from_zero(rng, *shape)),
}


def all_kinds(cases: Sequence[Arguments]) -> bool:
    """Whether the cases of one op have each pair of shapes, or each axis; students hold two."""
    op = cases[0][0]
    if op == "matmul":
        square = [len({x.shape for x in inputs}) == 1 for _, inputs, *_ in cases[:2]]
        return set(square) == {True, False}
    if op == "sum":
        axes = [axis for _, _, axis, *_ in cases]
        return set(axes) == {None, 0, 1} and None in axes[:2]
    if op in BROADCAST:
        copied = [tuple(x.shape != out.shape for x in inputs) for _, inputs, _, out, _ in cases]
        return len(set(copied)) == 3
    return True


def oracle(op: str, inputs: list[Array], axis: int | None, out: Array, dout: Array) -> list[Array]:
    """Differences of ⟨dout, op(inputs)⟩ with respect to each input."""
    program = [(op, tuple(range(len(inputs))), axis)]

    def gradient(place: int) -> Array:
        def loss(x: Array) -> float:
            moved = [*inputs[:place], x, *inputs[place + 1 :]]
            return float((dout * value_of(len(inputs), program, moved)).sum())

        return central_differences(loss, inputs[place])

    return [gradient(place) for place in range(len(inputs))]


def only(op: str, slopes: Callable[..., list[Array]]) -> Function:
    """A right program but for one op."""
    return back_through({op: slopes})


def spread_lost(x: list[Array], out: Array, dout: Array) -> list[Array]:
    """Hand a sum's dout on as it is."""
    return [dout]


def any_shape(grad: Array, shape: tuple[int, ...]) -> Array:
    """Leave copies as they are."""
    return grad


def not_unbroadcast(op: str, *step: Any) -> list[Array]:
    """Undo no broadcasting where two arrays meet elementwise."""
    fit = {"fit": any_shape} if op in BROADCAST else {}
    found: list[Array] = back_through({}, **fit)(op, *step)
    return found


def not_spread(op: str, inputs: list[Array], axis: int | None, *step: Array) -> list[Array]:
    """Hand a sum's dout on as it is."""
    found: list[Array] = back_through({"sum": spread_lost}, any_shape)(op, inputs, axis, *step)
    return found if op == "sum" else back_through({})(op, inputs, axis, *step)


EXERCISE = Exercise(
    reference=autodiff.local_backward,
    draw=DRAWS["add"],
    axes="N R C M",
    examples=False,
    oracle=oracle,
    decides=all_kinds,
    reveal=r"""
Each line is one derivative of sets 1 to 7, times what comes from behind, $d$.

| step | its inputs get |
|---|---|
| $a + b$ | $d$ and $d$ |
| $a - b$ | $d$ and $-d$ |
| $a \odot b$ | $d \odot b$ and $d \odot a$ |
| $\max(a, b)$ | $d$ where that side is the larger one, else 0 |
| $A B$ | $d\,B^T$ and $A^T d$ |
| $\sum a$ | $d$, copied to all summands |
| $e^a$ | $d \odot e^a$, where $e^a$ is the step's own value |
| $\log a$ | $d / a$ |
| $s = \sigma(a)$ | $d \odot s \odot (1 - s)$ |

Where numpy copied an input, its copies are added up.
""",
    checks=tuple(
        Check(op, points=0.5, draw=None if op == "add" else draw) for op, draw in DRAWS.items()
    ),
    mistakes=(
        Mistake(
            "crossed",
            only("mul", lambda x, out, dout: [dout * x[0], dout * x[1]]),
            "In `mul`, each factor got its own value. "
            "If one factor grows by ε, what multiplies that ε?",
            loses=("mul",),
        ),
        Mistake(
            "not-unbroadcast",
            not_unbroadcast,
            "A gradient has the shape of `out` and not that of its input. What did numpy copy?",
            loses=BROADCAST,
        ),
        Mistake(
            "minus-lost",
            only("sub", lambda x, out, dout: [dout, dout]),
            "Both sides of `sub` got the same. Which way does the difference move with the second?",
            loses=("sub",),
        ),
        Mistake(
            "both-at-max",
            only("max", lambda x, out, dout: [dout, dout]),
            "Both sides of `max` got all of dout. Which of them moves the maximum?",
            loses=("max",),
        ),
        Mistake(
            "matmul-turned",
            only("matmul", lambda x, out, dout: [x[1].T @ dout, dout @ x[0].T]),
            "In `matmul`, the factors stand in the wrong order. "
            "Which axes of the shapes have to meet?",
            loses=("matmul",),
        ),
        Mistake(
            "slope-from-input",
            only("sigmoid", lambda x, out, dout: [dout * x[0] * (1 - x[0])]),
            "The slope of `sigmoid` was made from its input. Which value is the activation?",
            loses=("sigmoid",),
        ),
        Mistake(
            "log-of-out",
            only("log", lambda x, out, dout: [dout / out]),
            "The slope of `log` was made from its value. At which point is it taken?",
            loses=("log",),
        ),
        Mistake(
            "exp-of-out",
            only("exp", lambda x, out, dout: [dout * np.exp(out)]),
            "`exp` was applied to its own value. Which power is there already?",
            loses=("exp",),
        ),
        Mistake(
            "sum-not-spread",
            not_spread,
            "The gradient of `sum` has the shape of the sum. How many summands move it?",
            loses=("sum",),
        ),
    ),
)
