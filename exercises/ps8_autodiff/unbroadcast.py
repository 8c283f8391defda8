"""8.1 Broadcasting, backward: what was copied is added up, in the shape from before."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Mistake, Sizes, central_differences
from solutions import autodiff

from .machine import Array

Shape = tuple[int, ...]


def upstream(rng: Generator, R: int, C: int) -> Array:
    """A dout (R, C) of both signs, none of whose sums is near 0."""
    while True:
        dout = rng.normal(size=(R, C))
        if min(np.abs(dout.sum(axis=axis)).min() for axis in (None, 0, 1)) > 0.1:
            return dout


def stretched(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout (R, C), shape) of a column, of a row, or of a single number."""
    R, C = sizes["R"], sizes["C"]
    shapes = [(R, 1), (1, C), (1, 1)]
    return upstream(rng, R, C), shapes[rng.integers(3)]


def in_front(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout (R, C), shape), where numpy put axes in front: (C,), (1,), or () of a number."""
    R, C = sizes["R"], sizes["C"]
    shapes: list[Shape] = [(C,), (1,), ()]
    return upstream(rng, R, C), shapes[rng.integers(3)]


def unchanged(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout (R, C), (R, C)): nothing was copied."""
    R, C = sizes["R"], sizes["C"]
    return upstream(rng, R, C), (R, C)


def all_kinds(cases: Sequence[Arguments]) -> bool:
    """Whether a group of cases has every kind of shape that its draw makes."""
    kinds = [tuple(length == 1 for length in shape) for _, shape in cases]
    if kinds[0] == (False, False):
        return True
    # students hold the first two cases, which show different kinds as well
    return kinds[0] != kinds[1] and len(set(kinds)) == 3


def oracle(dout: Array, shape: Shape) -> Array:
    """Differences of ⟨dout, copies of x⟩ with respect to x: no rule of ours in it."""
    x = np.zeros(shape)
    return central_differences(lambda x: float((dout * np.broadcast_to(x, dout.shape)).sum()), x)


def by_axis(reduce: Callable[..., Array]) -> Callable[[Array, Shape], Array]:
    """Undo each copy with a reduction of the caller's."""

    def unbroadcast(dout: Array, shape: Shape) -> Array:
        while dout.ndim > len(shape):
            dout = reduce(dout, axis=0)
        for axis, length in enumerate(shape):
            if length == 1:
                dout = reduce(dout, axis=axis, keepdims=True)
        return dout

    return unbroadcast


def first_copy(dout: Array, axis: int, keepdims: bool = False) -> Array:
    """Keep the first of the copies."""
    return dout.take([0] if keepdims else 0, axis=axis)


def axis_lost(dout: Array, shape: Shape) -> Array:
    """Sum, and keep no axis of length 1 where the number of axes should stay."""
    if dout.ndim > len(shape):
        return by_axis(np.sum)(dout, shape)
    return np.asarray(dout.sum(axis=tuple(np.flatnonzero(np.equal(shape, 1)))))


COPIED = ("length 1", "new axis in front")

EXERCISE = Exercise(
    reference=autodiff.unbroadcast,
    draw=stretched,
    axes="N R C",  # no axis is called N: there are three cases, and not two
    examples=False,
    oracle=oracle,
    decides=all_kinds,
    asks_shapes=True,
    reveal=(
        "The copies of one entry all grow with it, so their gradients are added up: "
        r"$\frac{\partial L}{\partial b_i} = \sum_j \frac{\partial L}{\partial Z_{ij}}$. "
        "Axes that numpy put in front disappear, axes of length 1 stay. In set 4 this was the sum "
        r"$db = dZ\,\mathbf 1$ over the batch: $b$ is copied into each column of $Z = WX + b$."
    ),
    checks=(
        Check("length 1", points=1),
        Check("new axis in front", points=0.5, draw=in_front),
        Check("nothing to do", points=0.5, draw=unchanged, needs=COPIED),
    ),
    mistakes=(
        Mistake(
            "not-summed",
            by_axis(first_copy),
            "Only the first copy counts here. If the array grows by ε, how many copies grow?",
            loses=COPIED,
        ),
        Mistake(
            "mean",
            by_axis(np.mean),
            "The copies are averaged. If the array grows by ε, each of the copies grows by ε.",
            loses=COPIED,
        ),
        Mistake(
            "axis-lost",
            axis_lost,
            "An axis of length 1 is gone. Which shape did the array have before it was copied?",
            loses=("length 1",),
        ),
        Mistake(
            "everything-summed",
            lambda dout, shape: np.full(shape, dout.sum()),
            "All entries of dout are in one sum. Which of them come from the same entry?",
        ),
    ),
)
