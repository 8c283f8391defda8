"""The lengths of an exercise's axes: "N D H", "N D=2", or derived: "N R P H=R-P+1".

All lengths of one case differ, so that no axis can pass for another. Lengths that are drawn come
from a few small ones; where there are more axes, or derived ones are in the way, from more.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from autograder.errors import SpecError

BATCH_SIZES = (3, 5, 6, 7, 9)  # no power of two, so that a factor N cannot pass for a 2 or a ½
OTHER_SIZES = (2, 3, 4, 5, 6, 7)
TRIES = 500
"""Draws after which axes are said to contradict themselves."""
PATIENCE = 10
"""Draws after which one more length may be drawn."""

OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: lambda length, parts: length // parts if parts else 0,
}


@dataclass(frozen=True)
class Axes:
    """What `axes` says: lengths that are drawn, that are fixed, and that follow from others."""

    text: str
    batch: str
    """The drawn axis that counts the examples; empty where there is none."""
    drawn: tuple[str, ...]
    """The other drawn axes."""
    fixed: Mapping[str, int]
    derived: Mapping[str, ast.expr]

    def with_derived(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """All lengths, where `sizes` are those that are drawn and fixed."""
        found = dict(sizes)
        for name, formula in self.derived.items():
            found[name] = _length(formula, found, self.text)
        return found


def draw_shapes(text: str, batch: str, rng: np.random.Generator) -> Iterator[dict[str, int]]:
    """Two shapes of distinct lengths, then one with a single example (where there is a batch)."""
    axes = read_axes(text, batch)
    for _ in range(2):
        yield _distinct(axes, rng)
    if axes.batch:
        sizes = _distinct(axes, rng)
        given = {name: length for name, length in sizes.items() if name not in axes.derived}
        single = axes.with_derived({**given, axes.batch: 1})
        if min(single.values()) < 1:
            raise SpecError(f"axes {text!r}: with one example ({batch} = 1) a length is below 1.")
        yield single


def read_axes(text: str, batch: str = "N") -> Axes:
    """Read what a record says of its axes; raises SpecError where it cannot be meant."""
    drawn: list[str] = []
    fixed: dict[str, int] = {}
    derived: dict[str, ast.expr] = {}
    for word in re.sub(r"\s*([=+*/-])\s*", r"\1", text).split():
        name, equals, formula = word.partition("=")
        if not name.isidentifier() or name in {*drawn, *fixed, *derived}:
            raise SpecError(f"axes {text!r}: {word!r} is not a new name. Write them like 'N D H'.")
        if not equals:
            drawn.append(name)
            continue
        tree = _formula(formula, text)
        if any(isinstance(node, ast.Name) for node in ast.walk(tree)):
            derived[name] = tree
        else:
            fixed[name] = _length(tree, {}, text)
    others = tuple(name for name in drawn if name != batch)
    axes = Axes(text, batch if batch in drawn else "", others, fixed, derived)
    axes.with_derived({**dict.fromkeys(drawn, 1), **fixed})  # unknown names are told at once
    return axes


def _distinct(axes: Axes, rng: np.random.Generator) -> dict[str, int]:
    """Draw lengths that all differ, also from the fixed and the derived ones."""
    for attempt in range(TRIES):
        sizes = axes.with_derived(_drawn(axes, rng, attempt // PATIENCE))
        if len(set(sizes.values())) == len(sizes) and min(sizes.values(), default=1) > 0:
            return sizes
    raise SpecError(
        f"axes {axes.text!r}: no lengths were found that are positive and all differ. "
        "Change a formula, or fix a length: 'P=3'."
    )


def _drawn(axes: Axes, rng: np.random.Generator, more: int) -> dict[str, int]:
    """One draw of the free lengths, from `more` lengths than are needed."""
    sizes = dict(axes.fixed)
    if axes.batch:
        sizes[axes.batch] = int(rng.choice(_free(BATCH_SIZES, sizes, 1)))
    others = rng.permutation(_free(OTHER_SIZES, sizes, len(axes.drawn) + more))
    return {**sizes, **{name: int(size) for name, size in zip(axes.drawn, others, strict=False)}}


def _free(pool: Sequence[int], taken: Mapping[str, int], needed: int) -> list[int]:
    """The lengths of a pool that are not taken, and as many longer ones as it lacks."""
    free = [size for size in pool if size not in taken.values()]
    longer = (size for size in count(max(pool) + 1) if size not in taken.values())
    return [*free, *islice(longer, max(0, needed - len(free)))]


def _formula(text: str, axes: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        raise SpecError(f"axes {axes!r}: {text!r} is not a length. Write it like R-P+1.") from None


def _length(formula: ast.expr, sizes: Mapping[str, int], axes: str) -> int:
    """What a formula of lengths comes to; integers, names, and + − * // only."""
    match formula:
        case ast.Constant(value=int(length)):
            return length
        case ast.Name(id=name) if name in sizes:
            return sizes[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_length(left, sizes, axes), _length(right, sizes, axes))
    raise SpecError(
        f"axes {axes!r}: {ast.unparse(formula)!r} is not a length. Use integers, + - * // and the "
        "names of axes that stand before it."
    )
