"""Instant answers: check(f) runs f on a public example and says what is wrong.

    from check import check, ready, tried
    check(sigmoid)      ✓ and a note, or the mistake by its name
    check()             how far you are
    tried(try_sigmoid)  the number that your own gradient check gives

Generated from the grader's own modules when the set is released; do not edit.
The grader itself uses other inputs. There are no answers in this file.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 9):
    raise ImportError("check.py needs Python 3.9 or newer; this is " + sys.version.split()[0])

import base64
import copy
import hashlib
import html
import io
import json
import linecache
import os
import re
import sys
import traceback
import unicodedata
import warnings
import zlib
from base64 import b64decode
from collections import ChainMap, UserDict, UserList, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType, TracebackType
from typing import Any, Literal, Protocol, Union

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Named:
    """A function that both sides know by name, for arguments such as `f`."""

    name: str


@dataclass(frozen=True)
class Foreign:
    """Stands for a value that is not plain data: only the name of its type crosses."""

    type_name: str


Tree = Union[
    bool,
    int,
    float,
    str,
    "NDArray[Any]",
    "np.generic",
    "list[Tree]",
    "tuple[Tree, ...]",
    "Mapping[str, Tree]",
    Named,
    Foreign,
    Callable[..., Any],
    None,
]
"""Functions are arguments that a draw makes; only their names cross (`Named`)."""


ALL = slice(None)
DEEPEST = 40
READ: Mapping[type, Callable[[Any], Any]] = {
    dict: lambda value: dict(dict.items(value)),
    tuple: lambda value: tuple.__getitem__(value, ALL),
    list: lambda value: list.__getitem__(value, ALL),
    str: lambda value: str.__getitem__(value, ALL),
    int: lambda value: int.__add__(value, 0),
    float: lambda value: float.__add__(value, 0.0),
}
"""Built-in type → how an instance of a subclass becomes one of exactly this type."""
MADE: Mapping[type, type] = {
    **dict.fromkeys((MappingProxyType, UserDict, ChainMap), dict),
    **dict.fromkeys((deque, UserList, range, type({}.values())), list),
}
"""Containers of the standard library → the built-in type that holds the same."""


def plain(value: Any) -> Any:
    """Make the outermost layer plain; what is not plain data at all is returned as it is.

    An array of anything but numbers is `Foreign` at once, and so is a dict with odd keys.
    """
    made = _built_in(value)
    if type(made) is dict and not all(type(key) is str for key in made):
        return Foreign("dict whose keys are not text")
    return made


def plain_tree(value: Any, depth: int = 0) -> Any:
    """Make a value plain in all its layers, down to the depth that the wire carries."""
    value = plain(value)
    if depth < DEEPEST and type(value) in (list, tuple):
        return type(value)(plain_tree(part, depth + 1) for part in value)
    if depth < DEEPEST and type(value) is dict:
        return {key: plain_tree(part, depth + 1) for key, part in value.items()}
    return value


def _built_in(value: Any) -> Any:
    """The same content in an instance of exactly a built-in type, or an array of numbers."""
    kind = type(value)
    if kind in READ or kind is bool or issubclass(kind, (np.generic, np.ma.MaskedArray)):
        return value
    if issubclass(kind, np.ndarray):
        return _plain_array(np.ndarray.view(value, np.ndarray))
    if kind in MADE:
        return MADE[kind](value)
    base = next((base for base in READ if issubclass(kind, base)), None)
    return value if base is None else READ[base](value)


def _plain_array(array: Any) -> Any:
    """An array of numbers; one that holds arrays or lists is a list of them; any other is none."""
    if array.dtype == object and array.ndim == 1:
        parts = list(array)
        if any(isinstance(part, (np.ndarray, list, tuple)) for part in parts):
            return parts
    return array if array.dtype.kind in "biuf" else Foreign(f"array of {array.dtype.name}"[:80])


MOST_KEYS = 6
"""More keys of a dict are counted, and not named."""


def describe(value: Any) -> str:
    """Say what a value is, in words: `an array of shape (3, 4)`."""
    if value is None:
        return "None"
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        return f"an array of shape {value.shape}" if value.ndim else "one number"
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return "one number"
    if type(value) in (list, tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if type(value) is dict:
        return _with_keys(list(value))
    kind = value.type_name if isinstance(value, Foreign) else type(value).__name__
    if type(value) is np.ndarray or isinstance(value, np.generic):
        kind = f"array of {value.dtype.name}"
    if not kind.replace(" ", "").isidentifier():
        kind = "object"  # a name made of numbers may tell a hidden input
    special = {"str": "text", "complex": "a complex number"}
    return special.get(kind) or f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind[:80]}"


def contrast(got: Any, want: Any) -> tuple[str, str]:
    """Both in words that show what differs: of two dicts, the keys that only one of them has."""
    if type(got) is not dict or type(want) is not dict:
        return describe(got), describe(want)
    other = sorted(got, key=lambda key: key in want)  # first those that were not asked for
    return _with_keys(other), _with_keys([key for key in want if key not in got])


def _with_keys(keys: list[Any]) -> str:
    """A dict by its first keys."""
    if not keys:
        return "an empty dict"
    shown = [f"{key!r:.30}" if _is_plain(str(key)) else "…" for key in keys[:MOST_KEYS]]
    if len(keys) > MOST_KEYS:
        shown.append(f"{len(keys) - MOST_KEYS} more")
    return f"a dict with the key{'s' * (len(keys) > 1)} {', '.join(shown)}"


def _is_plain(key: str) -> bool:
    """A key that holds no number of many digits: it may tell a hidden input."""
    return key.isprintable() and not re.search(r"\d{5}|\d\.|\.\d|\d[eE]", key)


Array = NDArray[np.float64]


@dataclass(frozen=True, init=False)
class Keys:
    """Several keys of a dict, looked at together: `Keys("W", "b")`."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)


Step = Union[int, str, slice, Keys]
Part = Union[Step, tuple[Step, ...], None]
"""Which part of a result: a place, a key, a slice or keys (several parts), a path, or all."""
Problem = Literal[
    "", "none", "foreign", "structure", "shape", "orientation", "dtype", "nonfinite", "values"
]


@dataclass(frozen=True)
class Tolerance:
    """`got` agrees with `want` where |got − want| ≤ atol + rtol·|want|, in float64."""

    name: str
    rtol: float
    atol: float


# How far two right programs may lie apart, which is how well the reference itself is known.
FORMULA = Tolerance("formula", 1e-7, 1e-10)  # another order of summation, another stable form
TRAINED = Tolerance("trained", 1e-6, 1e-9)  # the same, carried through many updates
NUMERICAL = Tolerance("numerical", 1e-5, 1e-7)  # central differences with the student's own h
LABEL = Tolerance("label", 1e-7, 1e-10)  # a number that is a name or a place, and no quantity
SINGLE = Tolerance("single", 1e-4, 1e-5)  # results in float32
SHORT_FLOATS = (np.dtype("float16"), np.dtype("float32"))


@dataclass(frozen=True)
class Comparison:
    """How `got` relates to `want`: the first part that is wrong, or that all is right.

    `where` is the path to that part ("[1]", "['add']"), `wrong` of its `total` entries differ,
    `worst` is the index of the largest difference. `orientation`: the right numbers, and only
    axes of length 1 too many or too few.
    """

    agrees: bool
    problem: Problem = ""
    where: str = ""
    got_shape: tuple[int, ...] = ()
    want_shape: tuple[int, ...] = ()
    wrong: int = 0
    total: int = 0
    worst: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()


def compare(got: Tree, want: Tree, tolerance: Tolerance = FORMULA) -> Comparison:
    """Compare a result with the right one, part by part.

    Lists, tuples and arrays stand for each other, and a scalar may have size-1 axes. Results in
    float32 are compared at SINGLE, with a note.
    """
    parts = [
        replace(_compare_leaf(part, right, tolerance), where=where)
        for where, part, right in leaves(got, want)
    ]
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    wrong = [part for part in parts if not part.agrees]
    return replace(wrong[0] if wrong else Comparison(True), notes=notes)


def leaves(got: Any, want: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Pair the leaves of two trees: (path, got, want). A pair whose structures differ is a leaf."""
    keys = _keys(got, want)
    if not keys:
        yield where, got, want
    for key in keys:
        yield from leaves(got[key], want[key], f"{where}[{key!r}]")


def precision_notes(value: Tree) -> tuple[str, ...]:
    """Say which parts of a result have fewer digits than float64; costs nothing."""
    kinds = (getattr(part, "dtype", None) for _, part, _ in leaves(value, value))
    short = dict.fromkeys(str(k) for k in kinds if k is not None and k in SHORT_FLOATS)
    return tuple(f"The result is in {kind}; float64 has more digits." for kind in short)


def has_lists(value: Tree, want: Tree) -> bool:
    """Whether there are lists or tuples where the right result has arrays."""
    return any(
        type(part) in (list, tuple) and isinstance(right, np.ndarray) and right.ndim > 0
        for _, part, right in leaves(value, want)
    )


def widened(value: Any) -> Any:
    """The same result with every float array in float64: judged without kindness."""
    if type(value) in (list, tuple):
        return type(value)(map(widened, value))
    if type(value) is dict:
        return {key: widened(part) for key, part in value.items()}
    short = getattr(value, "dtype", None) in SHORT_FLOATS
    return np.asarray(value, np.float64) if short else value


def part_of(value: Any, part: Part) -> Tree:
    """Follow a check's part into a result; raises LookupError or TypeError where there is none."""
    for step in () if part is None else part if isinstance(part, tuple) else (part,):
        named = isinstance(step, (str, Keys))
        if type(value) not in ((dict,) if named else (list, tuple, np.ndarray)):
            raise TypeError(f"{describe(value)} has no part {step!r}")
        if isinstance(step, Keys):
            value = {name: value[name] for name in step.names}
        else:
            value = value[step]
    return value


def parts_of(values: Sequence[Any], wholes: Sequence[Tree], part: Part) -> list[Tree]:
    """The same part of several results; raises LookupError or TypeError where there is none.

    `wholes` are the right results: one array for several results has no parts.
    """
    if any(map(is_one_for_several, values, wholes)):
        raise TypeError("one array for several results")
    return [part_of(value, part) for value in values]


def is_one_for_several(value: Any, want: Tree) -> bool:
    """Whether one array came for several results: its rows are parts of it, not results."""
    if (
        type(value) is not np.ndarray
        or not isinstance(want, (list, tuple))
        or not _is_sequence(want)
    ):
        return False
    shapes = [np.shape(part) if _is_numeric(part) else None for part in want]  # type: ignore[arg-type]
    return not value.ndim or [row.shape for row in value] != shapes


def is_close(got: Array, want: Array, tolerance: Tolerance) -> NDArray[np.bool_]:
    """Tell, entry by entry, what agrees; nan agrees with nan, inf with the same inf."""
    with np.errstate(all="ignore"):
        near = np.abs(got - want) <= tolerance.atol + tolerance.rtol * np.abs(want)
    same = (got == want) | (np.isnan(got) & np.isnan(want))
    # |x − inf| ≤ rtol·inf is true of every x, so an infinite value is never near another
    return np.asarray(same | (near & np.isfinite(got) & np.isfinite(want)), np.bool_)


def numbers(value: Tree) -> Array | None:
    """Read a value as float64 numbers; None where it is no rectangle of real numbers."""
    array = _as_array(value)
    return None if array is None else array.astype(np.float64)


def conform(got: Any, want: Any) -> Tree:
    """Give the numbers of `got` in the structure and the shapes of `want`, as float64 arrays.

    Raises ValueError where another structure or shape came; a scalar may have size-1 axes.
    """
    if keys := _keys(got, want):
        parts: dict[Any, Tree] = {key: conform(got[key], want[key]) for key in keys}
        return parts if type(want) is dict else type(want)(parts.values())
    several = type(want) is dict or _is_sequence(want)
    array, shape = numbers(_one_by_one(got, want)), () if several else np.shape(want)
    if several or array is None or (array.shape != shape and (shape or array.size != 1)):
        raise ValueError(f"expected {describe(want)}, got {describe(got)}")
    return array.reshape(shape)


def conforms(got: Any, want: Any) -> bool:
    """Whether `conform` can give it the structure and the shapes of `want`."""
    try:
        conform(got, want)
    except ValueError:
        return False
    return True


def _compare_leaf(got: Tree, want: Tree, tolerance: Tolerance) -> Comparison:
    if want is None or isinstance(want, str):  # within a known mistake, or an answer of any form
        alike = type(got) is type(want) and got == want
        return Comparison(alike, "" if alike else "structure")
    if got is None:
        return Comparison(False, "none")
    if type(want) is dict or _is_sequence(want):
        return Comparison(False, "structure")
    array = _as_array(_one_by_one(got, want))
    if array is None:
        return Comparison(False, _no_array(got))
    notes = precision_notes(array)
    if notes:
        loose = max(tolerance.rtol, SINGLE.rtol), max(tolerance.atol, SINGLE.atol)
        tolerance = Tolerance(tolerance.name, *loose)
    found = _compare_numbers(array.astype(np.float64), np.asarray(want, np.float64), tolerance)
    if not found.agrees and type(got) is tuple and not all(map(_is_number, got)):
        return Comparison(False, "structure")  # several results, where one is asked for
    return replace(found, notes=notes)


def _one_by_one(got: Any, want: Any) -> Tree:
    """Recorded losses as numbers: each may have come with axes of length 1."""
    if type(want) is not list or type(got) not in (list, tuple):
        return got
    alone = [isinstance(x, np.ndarray) and x.size == 1 for x in got]
    return [x.reshape(())[()] if one else x for x, one in zip(got, alone)]


def _compare_numbers(got: Array, want: Array, tolerance: Tolerance) -> Comparison:
    shapes = got.shape, want.shape
    if got.shape != want.shape:
        same_numbers = np.squeeze(got).shape == np.squeeze(want).shape
        if not same_numbers or got.ndim == want.ndim:
            return Comparison(False, "shape", "", *shapes)
        got = got.reshape(want.shape)
    close = is_close(got, want, tolerance)
    if close.all():
        # Axes of length 1: free for a scalar, a slip of orientation for a vector.
        agrees = shapes[0] == shapes[1] or not want.ndim
        return Comparison(agrees, "" if agrees else "orientation", "", *shapes, 0, got.size)
    lost = ~np.isfinite(got) & np.isfinite(want)
    with np.errstate(all="ignore"):
        distance = np.where(close, -1, np.nan_to_num(np.abs(got - want), nan=np.inf))
    worst = tuple(int(i) for i in np.unravel_index(np.argmax(distance), got.shape))
    problem: Problem = "nonfinite" if lost.any() else "values"
    if shapes[0] != shapes[1] and want.ndim:
        problem = "shape"
    return Comparison(False, problem, "", *shapes, int((~close).sum()), got.size, worst)


def _as_array(value: Tree) -> np.ndarray | None:
    """Make an array of booleans, integers or floats, or None."""
    if not (type(value) in (bool, int, float, list, tuple, np.ndarray) or np.isscalar(value)):
        return None
    try:
        if type(value) in (list, tuple):
            np.asarray(value, complex)  # raises where it is ragged; below, numpy 1.23 only warns
        array = np.asarray(float(value) if type(value) is int else value)
    except (TypeError, ValueError, OverflowError):  # ragged, or an integer past all floats
        return None
    return array if array.dtype.kind in "biuf" else None


def _no_array(got: Tree) -> Problem:
    """Why a leaf is not an array of real numbers."""
    if type(got) in (tuple, dict):
        return "structure"
    name = got.type_name if isinstance(got, Foreign) else ""
    known = type(got) is np.ndarray or isinstance(got, (list, np.generic, str, complex))
    return "dtype" if known or "complex" in name or name.startswith("array of") else "foreign"


def _is_sequence(want: Tree) -> bool:
    """Tell a tuple of results or a list of arrays from a list of numbers, which is one array."""
    return type(want) is tuple or (type(want) is list and not all(map(_is_number, want)))


def _is_number(part: Tree) -> bool:
    return np.isscalar(part) or (type(part) is np.ndarray and not part.ndim)


def _is_numeric(part: Tree) -> bool:
    return _is_number(part) or isinstance(part, np.ndarray)


def _has_parts(got: Tree) -> bool:
    """Whether a result can be taken apart like a tuple: an array along its first axis."""
    return type(got) in (list, tuple) or (type(got) is np.ndarray and got.ndim > 0)


def _keys(got: Any, want: Any) -> list[str] | range:
    """The keys or places by which both are taken apart; a dict may have more than was asked for.

    None where `want` is a leaf, or where `got` has not its parts.
    """
    if type(want) is dict:
        there = type(got) is dict and got.keys() >= want.keys()
        return list(want) if there else []
    there = _is_sequence(want) and _has_parts(got) and len(got) == len(want)
    return range(len(want) if there else 0)


NEARLY_ZERO = 1e-3
"""A line whose largest value is below this share of the true line's counts as absent."""


def own_lines(got: Any, want: Any) -> Tree:
    """The answer in the structure of the right one, with the true line for each that is absent.

    Absent is what is missing, of another shape, not finite or nearly zero: else zeros, from which
    zeros follow, would make right lines of all that come after.
    """
    if type(want) is dict:
        lines = got if type(got) is dict else {}
        return {name: own_lines(lines.get(name), line) for name, line in want.items()}
    if type(want) is tuple:
        parts = got if type(got) in (list, tuple) and len(got) == len(want) else [None] * len(want)
        return tuple(own_lines(*pair) for pair in zip(parts, want))
    try:
        line = np.asarray(conform(got, want), np.float64)
    except ValueError:
        return want
    size = np.abs(np.asarray(want, np.float64)).max(initial=0)
    present = np.isfinite(line).all() and np.abs(line).max(initial=0) >= NEARLY_ZERO * size
    return line if present else want


def flat(tree: Any) -> np.ndarray:
    """All numbers of a tree of lines in one row, in its own order."""
    if type(tree) is dict:
        return flat(tuple(tree.values()))
    if type(tree) is tuple:
        return np.concatenate([np.empty(0), *map(flat, tree)])
    line = numbers(tree)
    assert line is not None
    return line.ravel()


Row = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """want = base + Σ coefficient · line[place], summed into the entries of want, row by row."""

    base: Tree
    entries: tuple[tuple[int, int, float], ...]
    """(entry of what is wanted, place among all numbers of the answer, coefficient)."""

    def __call__(self, lines: Tree) -> Tree:
        """What is wanted, given these lines (own_lines.py)."""
        base, numbers = np.asarray(self.base, np.float64), flat(lines)
        want = base.ravel().copy()
        for entry, place, coefficient in self.entries:
            want[entry] += coefficient * numbers[place]
        return want.reshape(base.shape)


def linear(function: Callable[[Tree], Any], lines: Tree) -> Linear:
    """Read the coefficients off, one number of the answer at a time; `lines` give its structure."""
    base = np.asarray(function(filled(lines, np.zeros(flat(lines).size))), np.float64)
    return Linear(base, tuple(_entries(function, lines, base)))


def _entries(
    function: Callable[[Tree], Any], lines: Tree, base: Row
) -> Iterator[tuple[int, int, float]]:
    units = np.eye(flat(lines).size)
    for place, unit in enumerate(units):
        column = (np.asarray(function(filled(lines, unit)), np.float64) - base).ravel()
        for entry in np.flatnonzero(column):
            yield int(entry), place, float(column[entry])


def filled(lines: Any, row: Row) -> Any:
    """The structure of an answer, with the numbers of a row."""
    left = iter(row)

    def fill(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {name: fill(line) for name, line in part.items()}
        if isinstance(part, tuple):
            return tuple(map(fill, part))
        shape = np.shape(part)
        return np.array([next(left) for _ in range(int(np.prod(shape)))]).reshape(shape)

    return fill(lines)


FactKind = Literal["none", "structure", "shape", "nonfinite", "values", "told"]


@dataclass(frozen=True)
class Fact:
    """One finding about the part of a result that is called `label`.

    `none`: None came back. `structure`, `shape`: `got` and `want` describe it or are shapes.
    Where the shape is the question, `want` is empty.
    `nonfinite`, `values`: so many entries of all are wrong, the worst at an index.
    `told`: nothing came back to be compared, and `told` says why.
    """

    kind: FactKind
    label: str = ""
    got: str = ""
    want: str = ""
    wrong: int = 0
    total: int = 0
    worst: tuple[int, ...] = ()
    told: str = ""


@dataclass(frozen=True)
class Pair:
    """One part on one case: what came back and what was wanted, as numbers.

    `whole`: the student's array holds integers. `sizes`, `scalars`: those of the case.
    """

    got: Array
    want: Array
    whole: bool
    sizes: Mapping[str, int]
    scalars: Mapping[str, float]
    tolerance: Tolerance

    def would_agree(self, fixed: Array) -> bool:
        """Whether this array, made from the student's, is the right one. Shapes count."""
        same = fixed.shape == self.want.shape
        return same and compare(fixed, self.want, self.tolerance).agrees

    def is_times(self, factor: float) -> bool:
        """Whether the result is the right one times a factor."""
        same = self.got.shape == self.want.shape or self.want.ndim == 0
        with np.errstate(all="ignore"):  # a right value may be infinite
            return same and compare(self.got, factor * self.want, self.tolerance).agrees


Pairs = Sequence[Pair]
Rule = Callable[[Pairs], str]


def _nonfinite(pairs: Pairs) -> str:
    lost = any((~np.isfinite(p.got)).any() and np.isfinite(p.want).all() for p in pairs)
    return "Did something overflow, or was it divided by zero?" if lost else ""


def _truncated(pairs: Pairs) -> str:
    cut = all(p.whole and np.array_equal(p.got, np.trunc(p.want)) for p in pairs)
    return "The decimals are cut off: is it kept in an array of integers?" if cut else ""


def _zeros(pairs: Pairs) -> str:
    words = "All of it is 0: is it ever filled in, or is some factor always 0?"
    return "" if any(p.got.any() for p in pairs) else words


def _constant(pairs: Pairs) -> str:
    first = pairs[0].got
    fixed = all(np.array_equal(p.got, first) for p in pairs)
    varied = any(not np.array_equal(p.want, pairs[0].want) for p in pairs)
    if len({x for p in pairs for x in p.got.flat}) == 1:  # one number, in arrays of any shape
        fixed, varied = True, len({x for p in pairs for x in p.want.flat}) > 1
    words = "It is the same whatever the inputs are: was it typed in as a number?"
    return words if fixed and varied else ""


def _times(factor: float, words: str) -> Rule:
    return lambda pairs: words if all(p.is_times(factor) for p in pairs) else ""


def _batch(power: int, words: str) -> Rule:
    """The batch size N as a factor, or as a divisor; a batch of one fits both."""

    def rule(pairs: Pairs) -> str:
        largest = max(pair.sizes.get("N", 1) for pair in pairs)
        fits = all(pair.is_times(float(pair.sizes.get("N", 1)) ** power) for pair in pairs)
        size = "large" if power > 0 else "small"
        fact = f"It is {largest} times too {size}, and the batch has {largest} examples: "
        return fact + words if fits and largest > 1 else ""

    return rule


def _wrong_count(pairs: Pairs) -> str:
    """Divided by the length of another axis, instead of by N or besides it."""
    for axis in sorted(set(pairs[0].sizes) - {"N"}):
        for batch in ("N", ""):
            ratios = [p.sizes.get(batch, 1) / p.sizes[axis] for p in pairs]
            if all(p.is_times(ratio) for p, ratio in zip(pairs, ratios)):
                divided = f"It is divided by {pairs[0].sizes[axis]}"
                if batch in pairs[0].sizes:
                    return f"{divided} instead of by the number of examples."
                return f"{divided}: is it averaged over the wrong things?"
    return ""


def _rate(power: int, words: str) -> Rule:
    def rule(pairs: Pairs) -> str:
        rates = [pair.scalars.get("learning_rate", 0.0) for pair in pairs]
        known = all(rates) and all(
            p.is_times(rate**power) for p, rate in zip(pairs, rates)
        )
        return words if known else ""

    return rule


def _scaled(pairs: Pairs) -> str:
    """One factor for all. On one case it is told only where it is simple: noise is not."""
    top = max(pairs, key=lambda pair: np.abs(pair.want).max(initial=0))
    seen = sum(np.count_nonzero(p.want) for p in pairs)
    if seen < 2 or top.got.shape != top.want.shape:
        return ""
    largest = np.abs(top.want).argmax()
    factor = float(top.got.flat[largest] / top.want.flat[largest])
    told = f"{factor:.3g}"
    several = sum(bool(p.want.any()) for p in pairs) > 1
    if told == "1" or not (several or _is_simple(factor)):
        return ""
    return _times(factor, f"Everywhere it is {told} times what it should be.")(pairs)


def _is_simple(factor: float) -> bool:
    """A whole number, or one over a whole number, up to 12."""
    size = max(abs(factor), 1 / abs(factor)) if factor else 0.0
    return 1 <= size <= 12 and bool(np.isclose(size, round(size), rtol=1e-6))


def _rounded(pairs: Pairs) -> str:
    if not any((p.got % 1).any() for p in pairs):
        return ""
    for digits in range(1, 7):
        half = 0.5000001 * 10.0**-digits
        if all(
            p.got.shape == p.want.shape
            and np.allclose(p.got, np.round(p.got, digits), rtol=0, atol=1e-12)
            and (np.abs(p.got - p.want) <= half).all()
            for p in pairs
        ):
            decimals = "1 decimal" if digits == 1 else f"{digits} decimals"
            return f"It is rounded to {decimals}: return the number as it was computed."
    return ""


def _transposed(pairs: Pairs) -> str:
    turned = any(p.got.ndim > 1 for p in pairs) and all(p.would_agree(p.got.T) for p in pairs)
    return "It is the transpose of the right one: what does each row stand for?" if turned else ""


def _axis(sign: int, words: str) -> Rule:
    """Right numbers with axes of length 1 too many (sign 1) or too few (sign −1)."""

    def rule(pairs: Pairs) -> str:
        found = [compare(p.got, p.want, p.tolerance).problem for p in pairs]
        side = any((p.got.ndim - p.want.ndim) * sign > 0 for p in pairs)
        return words if set(found) <= {"", "orientation"} and side else ""

    return rule


def _reordered(pairs: Pairs) -> str:
    same = all(
        p.got.size == p.want.size
        and p.would_agree(np.sort(p.got, axis=None)[_ranks(p.want)].reshape(p.want.shape))
        for p in pairs
    )
    return "The numbers are right, but in other places." if same else ""


def _not_summed(pairs: Pairs) -> str:
    one = all(p.want.size == 1 for p in pairs) and any(p.got.size > 1 for p in pairs)
    if one and _same_total(pairs):
        return "It still has several entries, where one number is asked for: sum or average them."
    if not _has_batch(pairs):
        return ""
    for axis in range(pairs[0].got.ndim):
        for keep in (False, True):
            for gather, verb in ((np.sum, "sum"), (np.mean, "average")):
                if all(
                    p.got.ndim > axis and p.would_agree(gather(p.got, axis=axis, keepdims=keep))
                    for p in pairs
                ):
                    return f"It still has an entry for each example: {verb} over the batch."
    return ""


def _summed_all(pairs: Pairs) -> str:
    one = all(p.got.size == 1 for p in pairs) and any(p.want.size > 1 for p in pairs)
    total = one and _same_total(pairs)
    words = "It is summed or averaged over everything"
    if _has_batch(pairs) and not _keeps_examples(pairs):
        words += ": which axis are the examples on?"
    else:
        words += ", and the result has several entries. What does each of them stand for?"
    return words if total else ""


def _wrong_axis(pairs: Pairs) -> str:
    other = any(p.got.shape != p.want.shape for p in pairs)
    several = any(p.want.size > 1 for p in pairs)
    words = "It is summed over the wrong axis: which one are the examples on?"
    if _keeps_examples(pairs):
        words = "It is summed over an axis, and every example has a result of its own."
    return words if _has_batch(pairs) and other and several and _same_total(pairs) else ""


def _keeps_examples(pairs: Pairs) -> bool:
    """Whether the right result has an axis for the examples."""
    return _has_batch(pairs) and all(p.sizes["N"] in p.want.shape for p in pairs)


def _has_batch(pairs: Pairs) -> bool:
    """Whether there are examples to sum over."""
    return any("N" in p.sizes for p in pairs)


def _only(index: int, words: str) -> Rule:
    """All zero, but for the first (0) or last (−1) slice along some axis, which is right."""

    def kept(pair: Pair, axis: int) -> Array:
        at = range(pair.want.shape[axis])[index]
        mask = np.zeros_like(pair.want)
        np.moveaxis(mask, axis, 0)[at] = 1
        return mask * pair.want

    def rule(pairs: Pairs) -> str:
        for axis in range(min(p.want.ndim for p in pairs)):
            if all(
                p.got.shape == p.want.shape
                and p.want.size
                and compare(p.got, kept(p, axis), p.tolerance).agrees
                for p in pairs
            ):
                return words
        return ""

    return rule


def _same_total(pairs: Pairs) -> bool:
    return any(
        all(p.got.size and compare(f(p.got), f(p.want), p.tolerance).agrees for p in pairs)
        for f in (np.sum, np.mean)
    )


def _ranks(array: Array) -> np.ndarray:
    """The place of each entry in the sorted order."""
    return np.argsort(np.argsort(array, axis=None))


# From the most telling to the least: the first that explains every case is said.
RULES: dict[str, Rule] = {
    "nonfinite": _nonfinite,
    "truncated": _truncated,
    "zeros": _zeros,
    "rounded": _rounded,
    "constant": _constant,
    "sign": _times(-1, "The sign is the wrong way round: what is subtracted from what?"),
    "times-2": _times(
        2, "It is twice as large as it should be: where does a factor 2 or ½ belong?"
    ),
    "half": _times(0.5, "It is half of what it should be: where does a 2 or a ½ belong?"),
    "times-n": _batch(1, "is the 1/N missing?"),
    "over-n": _batch(-1, "is it divided by N once too often?"),
    "learning-rate-missing": _rate(-1, "Is the learning rate in it?"),
    "learning-rate-twice": _rate(1, "Is the learning rate in it twice?"),
    "wrong-count": _wrong_count,
    "scaled": _scaled,
    "transposed": _transposed,
    "extra-axis": _axis(1, "The numbers are right, with an axis of length 1 too many."),
    "missing-axis": _axis(-1, "The numbers are right, with an axis of length 1 too few."),
    "reordered": _reordered,
    "not-summed": _not_summed,
    "summed-all": _summed_all,
    "wrong-axis": _wrong_axis,
    "only-last": _only(-1, "Only the last one is filled in: is the rest overwritten?"),
    "only-first": _only(0, "Only the first one is filled in: does the loop end too early?"),
}


Mistaken = Callable[[], Sequence[Mapping[str, Tree]]]
"""What known wrong programs give, by their names, case by case; asked for only where it matters."""


def compare_rights(
    got: Sequence[Tree],
    rights: Sequence[Sequence[Tree]],
    mistaken: Mistaken,
    tolerance: Tolerance,
) -> tuple[Sequence[Tree], list[Comparison]]:
    """Compare a check's results, case by case, with each of the right ones until they agree.

    Returns the right results that the comparisons were made with: where none agree, the first.
    """
    found = [_compare_kindly(got, want, mistaken, tolerance) for want in rights]
    best = next((i for i, comparisons in enumerate(found) if _agree(comparisons)), 0)
    return rights[best], found[best]


def _compare_kindly(
    got: Sequence[Tree],
    want: Sequence[Tree],
    mistaken: Mistaken,
    tolerance: Tolerance,
) -> list[Comparison]:
    found = _compare(got, want, tolerance)
    kind = any(comparison.notes for comparison in found)
    near = all(comparison.problem in ("", "orientation") for comparison in found)
    if kind and near and _is_mistaken(got, want, mistaken(), tolerance):
        return _compare([widened(value) for value in got], want, tolerance)
    return found


def _is_mistaken(
    got: Sequence[Tree],
    want: Sequence[Tree],
    mistakes: Sequence[Mapping[str, Tree]],
    tolerance: Tolerance,
) -> bool:
    """Whether these results lie nearer to those of a mistake, told apart from the right ones."""
    off = _distance(got, want)
    known = [name for name in mistakes[0] if all(name in case for case in mistakes)]
    programs = ([case[name] for case in mistakes] for name in known)
    return any(
        _distance(got, wrong) < off
        for wrong in programs
        if not _agree(_compare(wrong, want, tolerance))
    )


def _compare(got: Sequence[Tree], want: Sequence[Tree], tolerance: Tolerance) -> list[Comparison]:
    return [compare(value, right, tolerance) for value, right in zip(got, want)]


def _agree(comparisons: Iterable[Comparison]) -> bool:
    return all(comparison.agrees for comparison in comparisons)


def _distance(got: Sequence[Tree], want: Sequence[Tree]) -> float:
    """How far results lie apart at most, counted in tolerances of float32."""
    return max(
        _leaf_distance(part, right)
        for value, other in zip(got, want)
        for _, part, right in leaves(value, other)
    )


def _leaf_distance(got: Tree, want: Tree) -> float:
    left, right = numbers(got), numbers(want)
    if left is None or right is None or left.size != right.size:
        return np.inf
    left = left.reshape(right.shape)
    with np.errstate(all="ignore"):
        distance = np.abs(left - right) / (SINGLE.atol + SINGLE.rtol * np.abs(right))
    same = (left == right) | (np.isnan(left) & np.isnan(right))
    return float(np.nan_to_num(np.where(same, 0, distance), nan=np.inf).max(initial=0))


NO_PLACES: Mapping[str, str] = {}
ORIENTATIONS = frozenset({"extra-axis", "missing-axis"})
"""Rules whose words tell the wanted shape."""


@dataclass(frozen=True)
class Seen:
    """What one case showed: `got` is wrong, or right on this case and wrong on another.

    `sizes` are the axis lengths of the case, `scalars` its scalar arguments by parameter name,
    `mistakes` what each known wrong program gives here, `tolerance` how closely it is compared.
    """

    got: Tree
    want: Tree
    comparison: Comparison
    sizes: Mapping[str, int]
    scalars: Mapping[str, float]
    mistakes: Mapping[str, Tree]
    tolerance: Tolerance = FORMULA


@dataclass(frozen=True)
class Diagnosis:
    """The finding: what is wrong and where; the mistake's slug, "a|b" where two fit; its sentence.

    `orientation`: on every case the numbers are right, with an axis of length 1 too many or few.
    """

    fact: Fact
    mistake: str = ""
    nudge: str = ""
    orientation: bool = False


def diagnose(
    label: str,
    seen: Sequence[Seen],
    sentences: Mapping[str, str],
    elsewhere: Sequence[Seen] = (),
    asks_shapes: bool = False,
    places: Mapping[str, str] = NO_PLACES,
) -> Diagnosis:
    """Name the mistake behind a check that failed; `label` is what was checked (`dW`).

    `places` are the names of its parts: they are spoken of by these.

    `elsewhere` are the cases of other checks of the same part: a program with a mistake has it
    there, too, so a name that does not fit there was a coincidence. `asks_shapes`: the shape is
    the question, so nothing tells the wanted one. Of a LABEL no factor and no sign is spoken.
    """
    wrong = next(case for case in seen if not case.comparison.agrees)
    fact = state_fact(place_name(label, wrong.comparison.where, places), wrong)
    if asks_shapes:
        fact = hide_shape(fact, label, wrong)
    names = [
        name for name in sentences if _is_mistake(name, seen) and _is_possible(name, elsewhere)
    ]
    if names:
        words = " Or: ".join(sentences[name] for name in names)
        return Diagnosis(fact, "|".join(names), words, _is_orientation(seen))
    names_only = seen[0].tolerance.name == LABEL.name
    if names_only or (asks_shapes and type(wrong.want) is dict):
        return Diagnosis(fact, orientation=_is_orientation(seen))
    slug, words = _rule(seen, elsewhere, wrong.comparison.where)
    told = "The numbers are right." if asks_shapes and slug in ORIENTATIONS else words
    return Diagnosis(fact, slug, told, _is_orientation(seen))


def place_name(label: str, where: str, places: Mapping[str, str]) -> str:
    """What the part at `where` is called: by its own name, or by its place in what has one."""
    named = max((place for place in places if where.startswith(place)), key=len, default="")
    return places.get(named, label) + where[len(named) :]


def state_fact(label: str, seen: Seen) -> Fact:
    """What is wrong and where, without the right value."""
    found = seen.comparison
    if found.problem == "none":
        return Fact("none", label)
    if found.problem in ("foreign", "structure", "dtype"):
        got, want = next(
            (got, want) for at, got, want in leaves(seen.got, seen.want) if at == found.where
        )
        returned, wanted = contrast(got, want)
        return Fact("structure", label, mask(returned), wanted)
    if found.problem in ("shape", "orientation"):
        return Fact("shape", label, mask(str(found.got_shape)), str(found.want_shape))
    kind: FactKind = "nonfinite" if found.problem == "nonfinite" else "values"
    return Fact(kind, label, wrong=found.wrong, total=found.total, worst=found.worst or ())


def hide_shape(fact: Fact, label: str, seen: Seen) -> Fact:
    """The same finding without what is wanted; of a dict of shapes, the first key that is wrong."""
    if type(seen.got) is dict and type(seen.want) is dict:
        key = next(iter(wrong_keys(seen.got, seen.want)), label)
        shape = seen.got.get(key)
        is_one = isinstance(shape, (tuple, list)) and all(map(np.isscalar, shape))
        told = str(shape) if is_one else describe(shape)
        return Fact("shape" if is_one else "structure", key, mask(told))
    return replace(fact, want="") if fact.kind in ("shape", "structure") else fact


def wrong_keys(got: Mapping[str, Tree], want: Mapping[str, Tree]) -> list[str]:
    """The keys of a dict of shapes under which something else stands."""
    return [key for key in want if not compare(got.get(key), want[key]).agrees]


def _rule(seen: Sequence[Seen], elsewhere: Sequence[Seen], where: str) -> tuple[str, str]:
    """(slug, sentence) of the first rule that fits wherever the part is wrong.

    One that fits here alone is said where several cases show it, or where the rest is right.
    """
    others = [case for case in elsewhere if not case.comparison.agrees]
    for cases in ([*seen, *others], seen if len(seen) > 1 else ()):
        pairs = _pairs(cases, where)
        for slug, rule in RULES.items():
            if pairs and (words := rule(pairs)):
                return slug, words
    return "", ""


def _is_orientation(seen: Sequence[Seen]) -> bool:
    return {case.comparison.problem for case in seen} <= {"", "orientation"}


def _is_mistake(name: str, seen: Sequence[Seen]) -> bool:
    return all(
        name in case.mistakes and compare(case.got, case.mistakes[name], case.tolerance).agrees
        for case in seen
    )


def _is_possible(name: str, elsewhere: Sequence[Seen]) -> bool:
    """Whether other checks contradict no mistake; where it does not show, they are right."""
    return all(
        compare(case.got, case.mistakes[name], case.tolerance).agrees
        if name in case.mistakes
        else case.comparison.agrees
        for case in elsewhere
    )


def _pairs(seen: Sequence[Seen], where: str) -> list[Pair]:
    """The part at `where` in every case, or nothing where one is not an array with numbers in it.

    Of an empty one every rule about all of its numbers would be true.
    """
    pairs = []
    for case in seen:
        for path, got, want in leaves(case.got, case.want):
            left, right = numbers(got), numbers(want)
            if path == where and left is not None and right is not None and left.size:
                whole = isinstance(got, np.ndarray) and got.ndim > 0 and got.dtype.kind in "iu"
                pairs.append(Pair(left, right, whole, case.sizes, case.scalars, case.tolerance))
    return pairs if len(pairs) == len(seen) else []


SHADOWS = 3
"""Projections on fixed random directions: values that differ have other ones."""
HUGE = 1e100
"""What is larger counts as not finite."""


@dataclass(frozen=True)
class Fingerprint:
    """`form`: shapes, and which entries are not finite; `shadows`: projections of those that are.

    `slack`: how far shadows of values that agree with these may lie from them. `constant`: all
    finite entries are the same number.
    """

    form: int
    shadows: Array
    slack: Array
    constant: bool

    def fits(self, forms: NDArray[np.uint64], shadows: Array) -> NDArray[np.bool_]:
        """Which rows, forms (n,) and shadows (n, SHADOWS), agree with these values."""
        kept = shadows.shape[-1]  # the desk keeps fewer shadows, and fewer digits
        mine, slack = self.shadows[:kept], self.slack[:kept]
        slack = slack + np.finfo(shadows.dtype).eps * np.abs(mine)
        near = np.abs(shadows - mine) <= slack
        return np.asarray((forms == self.form) & near.all(axis=1), np.bool_)


def fingerprint(
    values: Sequence[Tree], wants: Sequence[Tree], tolerance: Tolerance
) -> Fingerprint | None:
    """The fingerprint of one part on all cases; None where some of it is not an array of numbers.

    `wants` tell where a number may have axes of length 1, and what is one array.
    """
    arrays: list[Array] = []
    for value, want in zip(values, wants):
        if type(value) is np.ndarray and value.dtype == np.float64 and type(want) is np.ndarray:
            arrays.append(value)
            continue
        for _, got, right in leaves(value, want):
            array = numbers(got)
            if array is None:
                return None
            arrays.append(array.reshape(()) if array.size == 1 and not np.ndim(right) else array)
            if precision_notes(got):
                tolerance = SINGLE
    flat = np.concatenate([array.ravel() for array in arrays]) if arrays else np.empty(0)
    size = np.abs(flat)
    form = _form_of(tuple(array.shape for array in arrays))
    lost = ~(size < HUGE)
    if lost.any():
        form ^= _pattern(flat, lost)
        flat, size = np.where(lost, 0.0, flat), np.where(lost, 0.0, size)
    directions, lengths = _directions(flat.size)
    constant = bool(flat.size == 0 or (flat == flat[0]).all())
    slack = tolerance.atol * lengths.sum(axis=0) + tolerance.rtol * (size @ lengths)
    return Fingerprint(form, flat @ directions, slack, constant)


@lru_cache(maxsize=4096)
def _form_of(shapes: tuple[tuple[int, ...], ...]) -> int:
    """Never 0, and odd."""
    return int.from_bytes(hashlib.sha256(repr(shapes).encode()).digest()[:8], "little") | 1


def _pattern(flat: Array, lost: NDArray[np.bool_]) -> int:
    """Which entries are nan, and which are infinite or huge, of which sign; even."""
    signs = np.where(np.isnan(flat), 2, np.sign(np.nan_to_num(flat)) * lost).astype(np.int8)
    return int.from_bytes(hashlib.sha256(signs.tobytes()).digest()[:8], "little") & ~1


@lru_cache(maxsize=256)
def _directions(size: int) -> tuple[Array, Array]:
    """The directions (size, SHADOWS) for so many entries, and their absolute values."""
    directions = np.random.default_rng(size).standard_normal((size, SHADOWS))
    return directions, np.abs(directions)


MOST_NAMES = 20
"""Where more sentences fit the same values, none is said."""
OTHER, NONE, RIGHT = -2, -1, 0
"""What is known of a slip in a check where it has no row: surely wrong, nothing, surely right."""


@dataclass(frozen=True)
class NamedSlip:
    """A slip by name (the kind of its edit, or a mistake's slug), and the sentence about it."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Rows:
    """The bank's table for one exercise.

    `said` (slips,): (name, sentence, rank). `groups` (slips, checks): RIGHT, OTHER, NONE, or one
    more than the place in `forms` (rows, case sets) and `shadows` (rows, case sets, SHADOWS); slips
    with the same values share a row. `checks` (rows,): the check that a row belongs to.
    """

    said: tuple[tuple[str, str, int], ...]
    groups: NDArray[np.int32]
    checks: NDArray[np.int32]
    forms: NDArray[np.uint64]
    shadows: Array


@dataclass(frozen=True)
class Asked:
    """A check that is compared with the reference: what it looks at, and what is right there."""

    name: str
    part: Part
    tolerance: Tolerance
    wants: Sequence[Tree]


def look_up(
    rows: Rows, case_set: int, checks: Sequence[Asked], wrong: Mapping[str, Sequence[Tree]]
) -> dict[str, NamedSlip]:
    """The slips behind checks that failed: name of the check → slip.

    `checks` are in the order of the rows' columns; `wrong` holds, for each failed check, the part
    that came back on each of its cases. A slip that explains more of them is said before one that
    explains fewer, then one that leaves the other checks right.
    """
    places = {
        place: row
        for place, check in enumerate(checks)
        if check.name in wrong
        and (row := _agreeing_row(rows, case_set, place, check, wrong[check.name])) is not None
    }
    if not places:
        return {}
    fits = np.array([rows.groups[:, place] == row + 1 for place, row in places.items()])
    fits &= _consistent(rows, checks, places, wrong)
    explained = fits.sum(axis=0)
    others = [i for i, check in enumerate(checks) if check.name not in wrong]
    spoiled = (rows.groups[:, others] != RIGHT).sum(axis=1)
    ranks = np.array([rank for _, _, rank in rows.said], int)
    order = np.lexsort((ranks, spoiled, -explained))
    found: dict[str, NamedSlip] = {}
    for place, fit in zip(places, fits):
        said = [rows.said[i][:2] for i in order if fit[i]]
        if said and len(set(said)) <= MOST_NAMES:
            found[checks[place].name] = NamedSlip(*said[0])
    return found


def _consistent(
    rows: Rows, checks: Sequence[Asked], places: Mapping[int, int], wrong: Collection[str]
) -> NDArray[np.bool_]:
    """(failed checks, slips): what a slip gives in other checks of the same part came back, too.

    Where the bank knows no more than that it is wrong, any wrong value will do.
    """
    agrees = rows.groups == NONE
    for place, check in enumerate(checks):
        if place in places:
            agrees[:, place] |= rows.groups[:, place] == places[place] + 1
        agrees[:, place] |= rows.groups[:, place] == (OTHER if check.name in wrong else RIGHT)
    alike = [[i for i, x in enumerate(checks) if x.part == checks[p].part] for p in places]
    return np.array([agrees[:, same].all(axis=1) for same in alike])


def _agreeing_row(
    rows: Rows, case_set: int, place: int, check: Asked, values: Sequence[Tree]
) -> int | None:
    """The row that these values agree with."""
    mark = fingerprint(values, check.wants, check.tolerance)
    if mark is None or mark.constant:
        return None
    near = mark.fits(rows.forms[:, case_set], rows.shadows[:, case_set])
    found = np.flatnonzero(near & (rows.checks == place))
    return int(found[0]) if len(found) == 1 else None


def to_bytes(rows: Rows) -> bytes:
    """The rows as numpy's own file format, compressed."""
    file = io.BytesIO()
    arrays = {name: getattr(rows, name) for name in ("groups", "checks", "forms", "shadows")}
    said = np.frombuffer(json.dumps(rows.said).encode(), np.uint8)
    np.savez_compressed(file, said=said, **arrays)
    return file.getvalue()


def from_bytes(data: bytes) -> Rows:
    """The rows that `to_bytes` wrote; raises ValueError or LookupError for anything else."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        said = json.loads(arrays["said"].tobytes())
        return Rows(
            tuple((name, words, rank) for name, words, rank in said),
            *(arrays[name] for name in ("groups", "checks", "forms", "shadows")),
        )


LONGEST_MESSAGE = 200


class Failed(Protocol):
    """What is known of an exception: its class name, its message, the frames it came through.

    A frame begins with the function's name and a comma.
    """

    @property
    def kind(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def traceback(self) -> tuple[str, ...]: ...


def read_outcome(status: str, failure: Failed | None, function: str) -> str:
    """Say what became of a call that returned nothing to compare."""
    if status == "unstarted":
        inner = failure.traceback[-1].split(",")[0] if failure and failure.traceback else ""
        if inner.isidentifier() and inner != function:
            return f"{function} calls {mask(inner)}, which is not started yet."
        return f"{function} is not started yet."
    if status == "missing":
        return f"There is no function {function} in the notebook: is it defined, and spelled so?"
    if status == "timed_out":
        return f"{function} took too long and was stopped: does every loop end, and soon enough?"
    if status == "ended":
        how = f" ({mask(failure.message)})" if failure and failure.message else ""
        return f"Python ended in the middle of {function}{how}: is there an exit, or too much data?"
    if failure is None:
        return f"{function} stopped with an error."
    if failure.kind == "AssertionError":
        return _read_assertion(failure, function)
    return read_failure(failure.kind, failure.message, function)


def read_structure(function: str, got: Tree, want: Tree, places: Mapping[str, str]) -> str:
    """Say that the result has not the parts that were asked for; `places` are their names."""
    if got is None:
        return f"{function} returned None. Is there a return in the function?"
    where, got, want = _unlike(got, want)
    if where in places:
        return read_part(places[where], got, want)
    (returned, wanted), at = contrast(got, want), where and f" at {where}"
    return f"{function} must return {wanted}{at}; it returned {mask(returned)}{at}."


def read_part(name: str, got: Tree, want: Tree) -> str:
    """Say that one part of a result has not the form that was asked for."""
    where, got, want = _unlike(got, want)
    returned, wanted = contrast(got, want)
    return f"{name}{where} must be {wanted}; it is {mask(returned)}."


def _unlike(got: Tree, want: Tree) -> tuple[str, Tree, Tree]:
    """The first part that has not the form asked for: (path, got, want), or the whole of both.

    Something else in the place of several results goes before numbers of another shape.
    """
    if is_one_for_several(got, want):
        return "", got, want
    other = [pair for pair in leaves(got, want) if not conforms(*pair[1:])]
    several = [pair for pair in other if type(pair[2]) in (dict, list, tuple)]
    return next(iter((*several, *other)), ("", got, want))


def read_notes(function: str, changed: Sequence[str], warnings: Sequence[str]) -> Iterator[str]:
    """Say what costs nothing: arguments changed in place, by their names, and warnings."""
    for name in changed:
        yield f"{function} changes its argument {name}: work on a copy."
    for warning in warnings:
        yield f"{function} caused a warning, {mask(warning)}."


def read_lists(function: str) -> str:
    """Say that lists came where arrays are customary, which costs nothing."""
    return f"{function} returns a list where an array is customary: np.array makes one of it."


def read_changed(function: str, changed: Sequence[str]) -> str:
    """Say that arguments were changed, by their names, which the text asks to leave as they are."""
    return (
        f"The result is right, but {function} changes what it was given ({' and '.join(changed)}), "
        "which should stay as it is. Which line works on the caller's own array?"
    )


def read_lacking(names: Sequence[str]) -> str:
    """Say that a check is not passed for its own sake."""
    return f"This counts only together with {' or '.join(names)}, which is not right yet."


def read_failure(kind: str, message: str, function: str) -> str:
    """Say what an exception means, and where to look."""
    if kind == "NotImplementedError":
        return f"{function} is not started yet."
    for pattern, words in READINGS.items():
        if found := re.search(pattern, f"{kind}: {message}"):
            told = words(found) if callable(words) else found.expand(words)
            return f"{function} stopped: {mask(told)}"
    said = mask(message)
    return f"{function} stopped with {mask(kind)}{': ' if said else '.'}{said}"


def _read_assertion(failure: Failed, function: str) -> str:
    """Say which check of the student's own did not hold."""
    line = failure.traceback[-1].partition(": ")[2] if failure.traceback else ""
    quoted = f", “{mask(line)}”" if line else ""
    said = f": {mask(failure.message)}" if failure.message else ""
    return f"{function} stopped: a check of its own does not hold{quoted}{said or '.'}"


def mask(message: str) -> str:
    """Cut a message short and hide its longer numbers: they may be a hidden input.

    So may characters that cannot be printed: on a page they are spelled, with digits.
    """
    hidden = re.sub(r"-?\d*\.\d+(e[-+]?\d+)?|-?\d+\.?e[-+]?\d+|\d{5,}", "…", message, flags=re.I)
    words = " ".join(hidden.split())
    line = "".join(character if character.isprintable() else "…" for character in words)
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"


def _broadcast(found: re.Match[str]) -> str:
    """Which axes keep two arrays from being combined element by element."""
    first, second = _shape(found[1]), _shape(found[2])
    words = f"shapes {first} and {second} cannot be combined element by element"
    if len(first) == 2 and second == first[::-1]:
        return f"{words}: one looks like the transpose of the other."
    if first and second and first[-1] == second[-2:][0]:
        return f"{words}: is a product with @ meant?"
    return f"{words}: sizes must be equal, or 1. Which axis is which?"


def _unaligned(found: re.Match[str]) -> str:
    """Which inner sizes differ; where the shapes are the same, perhaps nothing is to be summed."""
    words = f"a product of shapes {found[1]} and {found[2]} does not exist"
    if found[1] == found[2]:
        return f"{words}: is an index summed here, or does each entry meet one other entry?"
    return (
        f"{words}, inner sizes must be equal. "
        "Which index is summed, and on which side of each factor does it stand?"
    )


def _shape(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", text))


SHAPE = r"(\([\d, ]*\))"
READINGS: dict[str, str | Callable[[re.Match[str]], str]] = {
    f"shapes {SHAPE} and {SHAPE} not aligned": _unaligned,
    f"not be broadcast together with shapes {SHAPE} {SHAPE}": _broadcast,
    r"matmul: .*core dimension .*size (\d+) is different from (\d+)": (
        r"in a product with @ the inner sizes are \2 and \1, and they must be equal. "
        r"Print both shapes: which index is summed, and on which side of each does it stand?"
    ),
    r"matmul: .*enough dimensions": "@ is for matrices and vectors; for a single number use *.",
    f"output operand with shape {SHAPE} .* shape {SHAPE}": (
        r"an array of shape \1 was to be changed in place by one of shape \2."
    ),
    f"not broadcast input array from shape {SHAPE} into shape {SHAPE}": (
        r"values of shape \1 were to be put into a place of shape \2."
    ),
    rf"array of size (\d+) into shape {SHAPE}": r"\1 numbers cannot be reshaped into \2.",
    "truth value of an array": (
        "an if or while was asked about a whole array: work element by element (np.where, *)."
    ),
    "only .*arrays can be converted": "an array came where a single number is needed.",
    "inhomogeneous shape": "the rows of an array have different lengths.",
    r"out of bounds for axis (\d+) with size (\d+)": (
        r"an index is past the end of axis \1, which has size \2."
    ),
    r"AxisError: axis (-?\d+) .* dimension (\d+)": r"an array of \2 axes has no axis \1.",
    r"too many indices.*is (\d+)-dim.*but (\d+)": r"\2 indices for an array of \1 axes.",
    "IndexError: (list|tuple) index": r"an index is past the end of a \1.",
    r"unpack \(expected (\d+)": (
        r"\1 names stand on the left of an =, and another number of values on its right."
    ),
    r"UnboundLocalError: .*variable '(\w+)'": r"\1 is used before it has a value in the function.",
    r"NameError: name '(\w+)' is not defined": (
        r"\1 is not defined. Run the cell that defines it first, or fix the spelling."
    ),
    r"missing \d+ required .*: (.*)": r"a call leaves out \1.",
    r"takes (?:from )?(\d+).*but (\d+) w": r"a call gives \2 arguments where \1 are expected.",
    r"NoneType|Cannot cast ufunc .*dtype\('O'\)": (
        "something is None: is a line not filled in, or does a function lack its return?"
    ),
    "Cannot cast ufunc .*int": (
        "an array of integers cannot hold decimals: make it an array of floats."
    ),
    "RecursionError": "it calls itself without end.",
    "MemoryError": "it asks for more memory than there is: is an array far too large?",
    "ZeroDivisionError": "a division by zero.",
    r"(Syntax|Indentation|Tab)Error: ([^(]*[^( ])": r"Python cannot read the cell: \2.",
    "KeyError: (.{1,40})$": r"there is no key \1 in the dict.",
}


NO_AXES = "()"
"""The shape of a number."""


def finding(fact: Fact | None, nudge: str) -> str:
    """What is wrong and where, then the nudge."""
    return " ".join(filter(None, [sentence(fact) if fact else "", nudge]))


def sentence(fact: Fact) -> str:
    """Say what is wrong and where, without the right value."""
    if fact.kind == "told":
        return fact.told
    if fact.kind == "none":
        return f"{fact.label}: None came back. Is there a return in the function?"
    if fact.kind in ("structure", "shape") and not fact.want:
        return f"{fact.label}: {'the shape ' * (fact.kind == 'shape')}{fact.got} is not right."
    if fact.kind == "structure":
        return f"{fact.label}: expected {fact.want}, got {fact.got}."
    if fact.kind == "shape":
        return f"{fact.label} must {_have(fact)}; you returned {_of_shape(fact.got)}."
    kind = "nan or infinite" if fact.kind == "nonfinite" else "wrong"
    if fact.total == 1:
        return f"{fact.label} is {kind}."
    verb = "is" if fact.wrong == 1 else "are"
    which = "one at" if fact.kind == "nonfinite" else "the worst at"
    worst = ", ".join(map(str, fact.worst))
    return f"{fact.label}: {fact.wrong} of {fact.total} entries {verb} {kind}, {which} [{worst}]."


def _have(fact: Fact) -> str:
    if fact.want == NO_AXES:
        return f"be {_of_shape(fact.want)}"
    like = re.fullmatch(r"d([A-Z]\w*|[abwxyz](\d+|_\w+)?)", fact.label)
    return f"have the shape {f'of {like[1]}, ' if like else ''}{fact.want}"


def _of_shape(shape: str) -> str:
    return "one number" if shape == NO_AXES else shape


def given_right(names: Sequence[str]) -> str:
    """Say that an answer is right but for the functions that it was built on."""
    *most, last = names
    if not most:
        return f"Right, given a right {last}: fix that one first."
    return f"Right, given right {', '.join(most)} and {last}: fix those first."


def uses_wrong(names: Sequence[str]) -> str:
    """Say that an answer that is not right calls at least one of these, which are wrong."""
    *most, last = names
    if not most:
        return f"It uses {last}, which is not right yet: fix that one first."
    return f"It uses {', '.join(most)} or {last}, which are not right yet: fix those first."


CELL = 16
MOST_CELLS = 900
"""A larger matrix is not drawn: its cells would be too small to see."""


def grid_drawing(pattern: Sequence[str]) -> str:
    """Draw rows of `x` (wrong) and `.` (right): wrong cells are filled, and crossed for print.

    Empty where there is nothing to see: all of it is wrong, or right, or it is too large.
    """
    wrong = sum(row.count("x") for row in pattern)
    total = sum(map(len, pattern))
    if not 0 < wrong < total <= MOST_CELLS:
        return ""
    height, width = len(pattern), max(map(len, pattern))
    cells = "".join(
        grid_cell(i, j, entry == "x")
        for i, row in enumerate(pattern)
        for j, entry in enumerate(row)
    )
    words = f"{wrong} of {total} entries differ: they are crossed"
    return (
        f'<svg class="pattern" role="img" aria-label="{words}" width="{CELL * width + 2}" '
        f'height="{CELL * height + 2}" viewBox="-1 -1 {CELL * width + 2} {CELL * height + 2}" '
        f'fill="none" stroke="#808080"><title>{words}</title>{cells}</svg>'
    )


def grid_cell(i: int, j: int, wrong: bool) -> str:
    """One cell, by row and column."""
    x, y = j * CELL, i * CELL
    square = f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}"'
    if not wrong:
        return f"{square}/>"
    cross = f"M{x + 4} {y + 4}l{CELL - 8} {CELL - 8}m0 {8 - CELL}l{8 - CELL} {CELL - 8}"
    return f'{square} class="off" fill="#e8935a"/><path d="{cross}" stroke="#000"/>'


PICTURE = re.compile(r"<svg.*?</svg>", re.S)


def packed(text: str) -> str:
    """A note as it lies in examples.json; nothing for none."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode() if text else ""


def unpacked(text: str) -> str:
    """The note again; raises ValueError, or zlib.error, where it is damaged."""
    return zlib.decompress(base64.b64decode(text, validate=True)).decode() if text else ""


@dataclass(frozen=True)
class Note:
    """Markdown, between which SVG pictures may stand."""

    text: str

    @property
    def words(self) -> str:
        """The note without its pictures."""
        return re.sub(r"\n{3,}", "\n\n", PICTURE.sub("", self.text)).strip()

    def __repr__(self) -> str:
        return "\n".join(f"  {line}" if line else "" for line in self.words.splitlines())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.words}

    @property
    def pictures(self) -> tuple["Picture", ...]:
        """Its pictures, which only a notebook can show."""
        return tuple(map(Picture, PICTURE.findall(self.text)))


@dataclass(frozen=True)
class Picture:
    """SVG, shown as a part of the page: Markdown would be cleansed of it."""

    svg: str

    def __repr__(self) -> str:
        alt = re.search(r'aria-label="([^"]*)"', self.svg)
        return f"  (a picture: {html.unescape(alt[1])})" if alt else "  (a picture)"

    def _repr_html_(self) -> str:
        return f'<div style="max-width:100%">{self.svg}</div>'


PLAIN = {
    "✓": "OK", "✗": "X", "–": "-", "−": "-", "×": "x", "·": "*", "…": "...", "½": "1/2", "≤": "<=",
    "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "∂": "d", "“": '"', "”": '"', "‘": "'", "’": "'",
}  # fmt: skip
"""What stands for a sign."""


def say(*lines: object) -> None:
    """Print each on a line of its own, in the signs that the screen has."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    for line in lines:
        print(in_signs_of(encoding, str(line)))


def in_signs_of(encoding: str, text: str) -> str:
    """The text, with what the encoding lacks in other words."""
    return "".join(c if _has(encoding, c) else _plain(c) for c in text)


def _has(encoding: str, sign: str) -> bool:
    try:
        return bool(sign.encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _plain(sign: str) -> str:
    """ŷ is y, σ is sigma: the letter without its marks, else the last word of its name."""
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return PLAIN.get(sign) or letters or unicodedata.name(sign, "?").rpartition(" ")[2].lower()


Array = NDArray[np.float64]
ScalarFunction = Callable[[Array], float]


def _weights(x: Array) -> Array:
    """1, 1.25, 1.5, … in the order of the elements, in the shape of x."""
    return np.reshape(1.0 + 0.25 * np.arange(np.size(x), dtype=np.float64), np.shape(x))


def sum_of_squares(x: Array) -> float:
    """Σ wᵢ·xᵢ², with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.square(x)))


def sum_of_cubes(x: Array) -> float:
    """Σ wᵢ·xᵢ³, with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(_weights(x) * np.power(x, 3)))


def sum_of_sines(x: Array) -> float:
    """Σ sin(wᵢ·xᵢ), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.sum(np.sin(_weights(x) * x)))


def product_of_cosines(x: Array) -> float:
    """Π cos(xᵢ/(wᵢ + 1)), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.prod(np.cos(x / (_weights(x) + 1.0))))


def weighted_exponential(x: Array) -> float:
    """exp(mean of wᵢ·xᵢ / 2), with wᵢ = 1, 1.25, 1.5, …"""
    return float(np.exp(np.mean(_weights(x) * x) / 2.0))


SCALARS: tuple[ScalarFunction, ...] = (
    sum_of_squares,
    sum_of_cubes,
    sum_of_sines,
    product_of_cosines,
    weighted_exponential,
)
FUNCTIONS: Mapping[str, ScalarFunction] = MappingProxyType({f.__name__: f for f in SCALARS})
"""Name → function, for `Named(name)`."""


Array = NDArray[np.float64]
Judge = Callable[..., Any]


def are_shares(parts: tuple[Array, Array], arguments: tuple[Array, Array, Array]) -> bool | str:
    """Whether each part lies between 0 and dout at ties, and is all or nothing beside them."""
    (x, y, dout), slack = arguments, 1e-6  # results may come in float32
    for part, wins in zip(parts, (x > y, y > x)):
        if (np.abs(part - wins * dout)[x != y] > slack).any():
            return "Beside a tie the larger of the two gets all of dout: look at each entry alone."
    if (np.abs(sum(parts) - dout) > slack).any():
        return "At a tie beside entries that differ: move both by ε. What do dx + dy say?"
    low, high = np.minimum(0, dout) - slack, np.maximum(0, dout) + slack
    return all(bool(((low <= part) & (part <= high)).all()) for part in parts)


Ranges = tuple[tuple[float, float], ...]
"""The lowest and the highest number that counts, for each number of a blank."""

EDGE = 1e-12
"""The ends of a range count; this is how far rounding may push a number over one."""

SHEET: Mapping[str, Ranges] = MappingProxyType(
    {
        "delta_o": ((0.1215, 0.1225),),
        "delta_h": ((0.0025, 0.0035),),
        "step_out": ((0.0301, 0.03025),),
        "step_W": ((0.000145, 0.000155), (0.000445, 0.000465)),
    }
)
"""Blank → what rounds to its printed digits, by either way of rounding on the way."""


def _printed(*numbers: str) -> Ranges:
    """All that rounds to these numbers, in the digits in which they are written."""
    halves = [0.5 * 10.0 ** -len(number.partition(".")[2]) for number in numbers]
    return tuple(
        (float(n) - half, float(n) + half) for n, half in zip(numbers, halves)
    )


SHEET_SLIPS: Mapping[str, tuple[str, Mapping[str, Ranges]]] = MappingProxyType(
    {
        "sign": (
            "This has the sign of a derivative of L, which the lecture's derivation has too. "
            "Should ŷ grow or fall here?",
            {blank: tuple((-b, -a) for a, b in ranges) for blank, ranges in SHEET.items()},
        ),
        "no-output-slope": (
            "This is the error alone. What lies between ŷ and out?",
            {"delta_o": _printed("0.488")},
        ),
        "no-hidden-slope": (
            "The error has come back over the edge. What lies between a and h?",
            {"delta_h": _printed("0.0122")},
        ),
        "no-weight": (
            "Nothing of the edge between the units is in it. How far does out move when a moves?",
            {"delta_h": _printed("0.0305")},
        ),
        "a-for-slope": (
            "The activation a stands where a slope of σ belongs. At which sum is that slope taken?",
            {"delta_h": _printed("0.0060")},
        ),
        "no-rate": (
            "The learning rate is not in this step yet.",
            {"step_out": _printed("0.0603"), "step_W": _printed("0.000305", "0.000914")},
        ),
        "wrong-delta": (
            "This step is made of the other unit's error term. At which unit does the edge end?",
            {"step_out": _printed("0.00075"), "step_W": _printed("0.0061", "0.0183")},
        ),
        "no-activation": (
            "Nothing of what comes in over the edge is in this step.",
            {"step_out": _printed("0.0609")},
        ),
        "weights-for-inputs": (
            "This step is made of a weight itself. How far does h move when that weight moves?",
            {"step_W": _printed("0.00061", "-0.0003")},
        ),
    }
)
"""Slug → what to say to it, and the numbers that it puts into the blanks."""


def _within(value: Any, ranges: Ranges) -> bool:
    pairs = zip(np.ravel(value), ranges)
    return all(low - EDGE <= number <= high + EDGE for number, (low, high) in pairs)


def _of_sheet(blank: str, value: Any) -> bool | str:
    """Whether a blank holds what rounds to its printed digits; a sentence for a known slip."""
    slips = (
        sentence
        for sentence, blanks in SHEET_SLIPS.values()
        if blank in blanks and _within(value, blanks[blank])
    )
    return _within(value, SHEET[blank]) or next(slips, False)


def _sheet_judge(blank: str) -> Callable[[Any, Any], bool | str]:
    def judge(value: Any, arguments: Any) -> bool | str:
        return _of_sheet(blank, value)

    judge.__name__ = f"sheet_{blank}"
    return judge


SHEET_JUDGES: tuple[Judge, ...] = tuple(map(_sheet_judge, SHEET))
sheet_delta_o, sheet_delta_h, sheet_step_out, sheet_step_W = SHEET_JUDGES


KNOWN_NETWORKS: Mapping[tuple[float, ...], str] = MappingProxyType(
    {
        (1.5, -0.7, 0.8, -1.1, 2.0): "These are the numbers of the example. Which are yours?",
        (0.1, 0.3, 0.4, -0.2, 0.1): (
            "These are the lecture's numbers, where h is too near to 0. Which are yours?"
        ),
    }
)
"""x₁, x₂, W₁, W₂ and w_out of the networks that ps2 works out itself; what to say to them."""

OWN_NUMBERS = ("x1", "x2", "W1", "W2", "w_out", "y", "eta")
MISTAKABLE = (("x1", "x2"), ("x1", "W1"), ("x2", "W2"))
"""Pairs of which one is easily taken for the other."""
FACTORS = ("x1", "x2", "w_out", "eta")
"""What is easily forgotten in a product."""
APART = 0.05
"""Numbers nearer than this, relative to the larger, would hide a mistake within the tolerance."""


def own_network(answer: Any) -> tuple[float, ...] | str:
    """Read x₁, x₂, W₁, W₂, w_out, y and η out of an answer; a sentence where they cannot be."""
    typed = np.array([float(answer[name]) for name in OWN_NUMBERS])
    rounded = np.round(typed, 2)
    if not np.isfinite(typed).all():
        return "One of your own numbers is nan or infinite."
    if np.any(np.abs(typed - rounded) > 1e-6 * np.abs(rounded)):  # what float32 leaves of 0.07
        return "Your own numbers have at most two decimals, and so has eta."
    *sizes, y, eta = rounded.tolist()
    if not all(0.1 <= abs(number) <= 9.99 for number in sizes):
        return "x1, x2, W1, W2 and w_out lie between 0.1 and 9.99 in size."
    if y not in (0.0, 1.0):
        return "y is 0 or 1."
    if not 0.05 <= eta <= 2:
        return "eta lies between 0.05 and 2."
    own = dict(zip(OWN_NUMBERS, (*sizes, y, eta)))
    if refused := KNOWN_NETWORKS.get(tuple(sizes)) or _hides_a_mistake(own):
        return refused
    h = sizes[0] * sizes[2] + sizes[1] * sizes[3]
    out = sizes[4] * (a := 1 / (1 + np.exp(-h)))
    for name, value, how in (("h", h, ""), ("out", out, ": change w_out")):
        if not 1 <= abs(value) <= 3.5:
            return f"Your {name} is {value:.4g}. It should lie between 1 and 3.5 in size{how}."
    if _near(out * (1 - a), 1.0):  # w_out·a(1 − a), which is what δ_h is of δ_o
        return "With these numbers both error terms are nearly equal. Change w_out a little."
    return (*sizes, y, eta)


def _hides_a_mistake(own: Mapping[str, float]) -> str:
    """Return what to say where a mistake would not show in these numbers."""
    for name in FACTORS:
        if _near(own[name], 1.0):
            return f"Your {name} is nearly 1, so it would not show if it were left out. Change it."
    for one, other in MISTAKABLE:
        if _near(own[one], own[other]):
            return f"Your {one} and {other} are nearly equal, and hide a swap. Change one."
    return ""


def _near(one: float, other: float) -> bool:
    return abs(one - other) < APART * max(abs(one), abs(other))


def _row(value: Any) -> list[float] | None:
    """The numbers of a list; None where something else came."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return [float(number) for number in array] if array.ndim == 1 else None


FORWARD_ORDER = "This order runs forward: what is read comes first. Which node starts the way back?"
BY_NUMBER = "The nodes are sorted by number. Here numbers carry no order: what does?"
NEAREST_FIRST = "The nearest nodes come first. Can a near node still be read by one further away?"
LEADING_NOWHERE = "The list holds nodes that do not lead to output. Who asks for their gradients?"


def is_backward_order(order: Any, arguments: Any) -> bool | str:
    """Whether, of (parents, output), each node that leads to output stands after its readers."""
    parents, output = arguments
    steps, nodes = _steps_from(int(output), parents), _row(order)
    if nodes is None:
        return "A list of node numbers is asked for."
    if not steps.keys() >= set(nodes):
        return LEADING_NOWHERE
    if not len(nodes) == len(set(nodes)) == len(steps):
        return "Each node that leads to output belongs in the list once, and output as well."
    place = {node: at for at, node in enumerate(nodes)}
    pairs = [(int(node), parent) for node in nodes for parent in parents[int(node)]]
    wrong = [(node, parent) for node, parent in pairs if place[parent] < place[node]]
    if not wrong:
        return True
    far, (node, parent) = [steps[int(node)] for node in nodes], wrong[0]
    if len(wrong) == len(pairs):
        return FORWARD_ORDER
    if sorted(nodes) in (nodes, nodes[::-1]):
        return BY_NUMBER
    pair = f"Node {parent} stands before node {node}, which reads it."
    return NEAREST_FIRST if far == sorted(far) else pair


def _steps_from(output: int, parents: Any) -> dict[int, int]:
    """Every node that leads to output, and how many steps it is away at least."""
    steps, nearest = {output: 0}, [output]
    while nearest:
        found = {p for node in nearest for p in parents[node] if p not in steps}
        steps |= dict.fromkeys(found, steps[nearest[0]] + 1)
        nearest = list(found)
    return steps


MOST_PARAMETERS = 40
OVER_BUDGET = "All W and b together hold more than 40 numbers. How many does one more unit cost?"
TURNED = "Some W is (outputs, inputs). Rows are examples here: W has a row for each input."
LINEAR = "There is no hidden layer: straight lines divide the classes. Can they divide spiral arms?"
ONE_CLASS = "Every point gets the same class. Has the training begun to tell them apart?"
ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = MappingProxyType(
    {"sigmoid": lambda Z: (1 + np.tanh(Z / 2)) / 2, "tanh": np.tanh, "relu": lambda Z: Z * (Z > 0)}
)


def layers_of(answer: Any) -> list[tuple[Array, Array]] | str:
    """The layers (W, b) of an answer (activation, layers); a sentence where it has another form."""
    if type(answer) not in (list, tuple) or len(answer) != 2:
        return "Two things are asked for: the name of the activation, and the list of the layers."
    activation, given = answer
    if type(activation) is not str or activation not in ACTIVATIONS:
        return "The activation is one of the texts sigmoid, tanh and relu."
    if type(given) not in (list, tuple) or not 0 < len(given) <= MOST_PARAMETERS:
        return "The layers are a list of pairs (W, b)."
    layers, width = [], 2
    for number, layer in enumerate(given, 1):
        try:
            W, b = (np.asarray(part, dtype=np.float64) for part in layer)
        except (TypeError, ValueError):
            return f"Layer {number} is not a pair of arrays of numbers (W, b)."
        if W.ndim != 2 or len(W) != width:
            rows = f"The W of layer {number} should have {width} rows."
            return TURNED if W.ndim == 2 and W.shape[1] == width else rows
        if b.shape != W.shape[1:]:
            return f"The b of layer {number} should have one number for each column of its W."
        layers.append((W, b))
        width = W.shape[1]
    if width != 3:
        return "The last layer should give three scores."
    if not all(np.isfinite(part).all() for layer in layers for part in layer):
        return "Some number in the layers is nan or infinite. Did the training run away?"
    return OVER_BUDGET if sum(W.size + b.size for W, b in layers) > MOST_PARAMETERS else layers


def classes_of(activation: str, layers: list[tuple[Array, Array]], X: Array) -> Any:
    """The class of each point X (N, 2): that of its largest score."""
    A = X
    for W, b in layers[:-1]:
        A = ACTIVATIONS[activation](A @ W + b)
    W, b = layers[-1]
    return (A @ W + b).argmax(axis=1)


def knows_its_points(answer: Any, arguments: Any) -> bool | str:
    """Whether an answer is a network within the budget that has learned from the points given."""
    X, y = arguments
    layers = layers_of(answer)
    if isinstance(layers, str):
        return layers
    found = classes_of(answer[0], layers, X)
    if (share := float(np.mean(found == y))) >= 0.65:  # the first mark
        return True
    words = f"Of the points that it is given, the network gets {share:.0%} right."
    return ONE_CLASS if (found == found[0]).all() else LINEAR if len(layers) == 1 else words


OTHERS: tuple[Judge, ...] = (own_network, are_shares, is_backward_order, knows_its_points)
JUDGES: Mapping[str, Judge] = MappingProxyType({j.__name__: j for j in (*SHEET_JUDGES, *OTHERS)})
"""Name → judge."""


SIGNS = {"passed": "✓", "wrong": "✗", "unstarted": "–", "waiting": "…"}
PAPERS = {"passed": "#17744a", "wrong": "#b3372f", "unstarted": "#566174", "waiting": "#8f5f00"}
"""A sign stands on paper of its own: no ink stands out enough from light and dark notebooks."""
LEFT = ' style="text-align:left;vertical-align:top"'
TABLE_HEAD = "".join(
    f"<th{LEFT}>{head}</th>" for head in ("", "part", "your shape", "what to know")
)


@dataclass(frozen=True)
class Row:
    """One check, or one exercise: `state` is passed, wrong, unstarted or waiting.

    `wrong` marks the entries of a matrix that differ. Words about what passed are a note.
    """

    label: str
    state: str
    words: str = ""
    shape: str = ""
    wrong: NDArray[np.bool_] | None = None
    parts: tuple["Row", ...] = ()
    """A row for each part, where a check looks at several; they are shown in its place."""

    @property
    def fault(self) -> str:
        """What is wrong, in words."""
        return "" if self.state == "passed" else self.words


@dataclass(frozen=True)
class Card:
    """What is shown for one function, or for a whole set."""

    title: str
    state: str
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    reveal: Note | None = None
    """What is shown below ✓."""
    waits: tuple[str, ...] = ()
    """Earlier functions that it uses, and that must be right first."""
    is_trap: bool = False
    """It may mislead what calls it, right as it is: it changes its arguments, or returns lists."""

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows that are shown: none of what passed, and the same words only once."""
        found: dict[str, Row] = {}
        rows = [part for row in self.rows for part in row.parts or (row,)]
        for row in rows if self.state != "passed" else ():
            found.setdefault(row.fault or row.label, row)
        return tuple(found.values())

    def __repr__(self) -> str:
        lines = [f"{SIGNS[row.state]} {row.fault or row.label}" for row in self.told]
        if len(lines) != 1:  # the words of a single check name its function
            lines = [f"{SIGNS[self.state]} {self.title}", *(f"  {line}" for line in lines)]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        rows = self.told
        body = _table(rows) if len(rows) > 1 else "".join(f"<div>{_words(r)}</div>" for r in rows)
        notes = "".join(f"<div><i>{html.escape(note)}</i></div>" for note in self.notes)
        return f"<div><b>{_sign(self.state)} {html.escape(self.title)}</b>{body}{notes}</div>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def show(card: Card) -> None:
    """Display a card once, then its note: through IPython where it runs, else by printing."""
    note = card.reveal
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display  # only where it runs already

        display(card, *((note, *note.pictures) if note else ()))
    else:
        say(card, *([note] if note else ()))


def _table(rows: tuple[Row, ...]) -> str:
    head = TABLE_HEAD if any(row.shape for row in rows) else ""
    return f'<table style="margin-left:0"><tr>{head}</tr>{"".join(map(_table_row, rows))}</table>'


def _table_row(row: Row) -> str:
    cells = [_sign(row.state), html.escape(row.label), html.escape(row.shape), _words(row)]
    return "<tr>" + "".join(f"<td{LEFT}>{cell}</td>" for cell in cells) + "</tr>"


def _sign(state: str) -> str:
    badge = f"background:{PAPERS[state]};color:#fff;padding:0 .3em;border-radius:.2em"
    return f'<span style="{badge}">{SIGNS[state]}</span>'


def _words(row: Row) -> str:
    return html.escape(row.fault) + ("" if row.wrong is None else _picture(row.wrong))


def _picture(wrong: NDArray[np.bool_]) -> str:
    """Where a matrix differs, if some of it is right."""
    grid = np.atleast_2d(wrong)
    if grid.ndim > 2 or grid.size > MOST_CELLS:
        return ""
    drawing = grid_drawing(["".join("x" if bad else "." for bad in row) for row in grid])
    return f"<br>{drawing}" if drawing else ""


@dataclass(frozen=True)
class HandedOut:
    """The public examples of one set, by the names of its functions."""

    set: str
    functions: Mapping[str, Any]


class NothingHandedOut(Exception):
    """Why there are no examples, and what to do, in words for a student."""


def handed_out() -> HandedOut:
    """The examples beside check.py, as they are now; raises NothingHandedOut."""
    path = Path(__file__).with_name("examples.json")
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        problem = "is missing"
    except Exception:  # whatever a cut or edited file holds in the places of numbers
        problem = "is damaged"
    raise NothingHandedOut(
        f"The file {path.name} {problem} in {path.parent}: copy it there from the course's "
        "folder of this set, and run this cell again."
    )


@lru_cache(maxsize=1)
def _read(path: Path, _when: int) -> HandedOut:
    """Read the file once; every value in it is tried, so that a later one cannot fail."""
    found = json.loads(path.read_text("utf-8-sig"))  # some editors set a mark in front
    given = HandedOut(found["set"], found["functions"])
    if not given.functions or not isinstance(given.set, str):
        raise ValueError("no examples")
    for example in given.functions.values():
        _try(example)
    return given


def _try(example: Any) -> None:
    """Raise what a damaged example raises."""
    values = [case[part] for case in example["cases"] for part in ("arguments", "want")]
    values += [value for check in example["checks"] for value in check["mistakes"].values()]
    for value in values:
        value_of(value)
    unpacked(example["reveal"])


def value_of(node: Any) -> Any:
    """Read a value of examples.json: plain, or an object with one key that says its kind."""
    if not isinstance(node, dict):
        return node
    ((kind, content),) = node.items()
    if kind == "array":
        dtype, shape, entries = content
        return np.array(entries, dtype=dtype).reshape(shape)
    if kind == "dict":
        return {key: value_of(part) for key, part in content.items()}
    if kind in ("list", "tuple"):
        parts = map(value_of, content)
        return list(parts) if kind == "list" else tuple(parts)
    return Named(content) if kind == "named" else float(content)


def seen_of(record: Any, exercise: Any, results: Sequence[Tree]) -> list[Seen]:
    """What each case of a check showed; nothing where the part is not there.

    `results` are those of all cases of the exercise.
    """
    cases = [exercise["cases"][i] for i in record["cases"]]
    values = [results[i] for i in record["cases"]]
    whole = [value_of(case["want"]) for case in cases]
    try:
        got = parts_of(values, whole, steps_of(record))
        if record["inputs"]:
            conform(values[0], whole[0])
        lines = [own_lines(*pair) for pair in zip(values, whole)]
    except (LookupError, TypeError, ValueError):
        return []
    wrong = _mistaken(record, lines)
    rights = [[part_of(want, steps_of(record)) for want in whole], *map(value_of, record["also"])]
    if record["given"]:
        rights = [_on_lines(record["given"], lines)]
    tolerance = Tolerance(*record["tolerance"])
    chosen, found = compare_rights(got, rights, lambda: wrong, tolerance)
    return [
        Seen(got[i], chosen[i], found[i], case["sizes"], case["scalars"], wrong[i], tolerance)
        for i, case in enumerate(cases)
    ]


def _mistaken(record: Any, lines: Sequence[Tree]) -> list[dict[str, Tree]]:
    """What known mistakes give on each case, also those that go on from the student's own lines."""
    found = {slug: value_of(values) for slug, values in record["mistakes"].items()}
    on_lines = {slug: values for slug, values in record["mistaken"].items() if values}
    found |= {slug: _on_lines(values, lines) for slug, values in on_lines.items()}
    return [{slug: found[slug][i] for slug in found} for i in range(len(lines))]


def _on_lines(given: Any, lines: Sequence[Tree]) -> list[Tree]:
    maps = [Linear(value_of(one["base"]), tuple(map(tuple, one["entries"]))) for one in given]
    return [wanted(own) for wanted, own in zip(maps, lines)]


def seen_elsewhere(record: Any, exercise: Any, results: Sequence[Tree]) -> list[Seen]:
    """What other checks of the same part showed."""
    return [
        case
        for other in exercise["checks"]
        if other is not record and _is_compared(other) and other["part"] == record["part"]
        for case in seen_of(other, exercise, results)
    ]


def slip_of(record: Any, exercise: Any, results: Sequence[Tree]) -> str:
    """The sentence about the slip that gives the values of a failed check; empty without one.

    What was handed out holds fingerprints of the slips' values; damaged, it names nothing.
    """
    seen = {
        other["name"]: seen_of(other, exercise, results)
        for other in exercise["checks"]
        if _is_compared(other)
    }
    wrong = {name: [case.got for case in cases] for name, cases in seen.items() if _tells(cases)}
    try:
        handed = exercise["slips"]
        names, rows = handed["checks"], from_bytes(b64decode(handed["rows"]))
    except Exception:  # whatever a cut or edited file holds there
        return ""
    known = {other["name"]: other for other in exercise["checks"]}
    found = look_up(rows, 0, [_asked(name, known, seen) for name in names], wrong)
    return found[record["name"]].sentence if record["name"] in found else ""


def steps_of(record: Any) -> tuple[Step, ...]:
    """The path to the part that a check looks at."""
    return tuple(map(_step, record["part"]))


def _step(step: Any) -> Step:
    if isinstance(step, dict):
        return Keys(*step["keys"])
    return slice(*step) if isinstance(step, list) else step


def _is_compared(record: Any) -> bool:
    """Whether a check is compared with the reference's values on the public inputs."""
    return not (record["expects"] or record["accept"] or record["inputs"] or record["given"])


def _tells(cases: Sequence[Seen]) -> bool:
    """Whether a check failed by its values."""
    wrong = next((case for case in cases if not case.comparison.agrees), None)
    return wrong is not None and state_fact("", wrong).kind in ("values", "nonfinite", "shape")


def _asked(name: str, records: Mapping[str, Any], seen: Mapping[str, Sequence[Seen]]) -> Asked:
    """A check as the rows know it; one that the desk leaves to the grader is never asked for."""
    if not seen.get(name):
        return Asked(name, (name, "at the grader"), FORMULA, ())
    record = records[name]
    wants = [case.want for case in seen[name]]
    return Asked(name, steps_of(record), Tolerance(*record["tolerance"]), wants)


ADMISSIBLE = "These inputs are allowed. What follows from them, only the grader works out."


def judge_check(name: str, record: Any, exercise: Any, given: Sequence[Tree]) -> Row:
    """The row of one check of the function `name`; `given` are the results on all public cases."""
    cases = [exercise["cases"][i] for i in record["cases"]]
    first, whole = given[record["cases"][0]], value_of(cases[0]["want"])
    seen = seen_of(record, exercise, given)
    if not seen:
        return Row(record["name"], "wrong", read_structure(name, first, whole, exercise["places"]))
    if misshapen := _misshapen(name, record, exercise, seen):
        return Row(record["name"], "wrong", misshapen)
    if record["inputs"]:
        return _with_own_inputs(record, conform(first, whole))
    if record["accept"]:
        return _accepted(record, seen, [value_of(case["arguments"]) for case in cases])
    return _told(record, seen, exercise, given)


def _misshapen(name: str, record: Any, exercise: Any, seen: Sequence[Seen]) -> str:
    """What is wrong with the form of an answer that the author's own judge is asked about."""
    if record["any_form"] or not (record["accept"] or record["expects"]):
        return ""
    odd = next((case for case in seen if not conforms(case.got, case.want)), None)
    if odd is None:
        return ""
    if record["part"]:
        return read_part(record["label"], odd.got, odd.want)
    return read_structure(name, odd.got, odd.want, exercise["places"])


def _with_own_inputs(record: Any, answer: Tree) -> Row:
    """Whether the inputs that a student chose can be; no more is known here."""
    said = JUDGES[record["inputs"]](answer)
    refused = isinstance(said, str)
    return Row(record["name"], "wrong" if refused else "passed", said if refused else ADMISSIBLE)


def _accepted(record: Any, seen: Sequence[Seen], arguments: Sequence[Any]) -> Row:
    """Ask the author's judge, where the course shares it (exercises/judges.py)."""
    accept, said = JUDGES[record["accept"]], []
    for case, given in zip(seen, arguments):
        known = [FUNCTIONS[x.name] if isinstance(x, Named) else x for x in given]
        with np.errstate(all="ignore"):
            got = case.got if record["any_form"] else conform(case.got, case.want)
            said.append(accept(got, tuple(known)))
    wrong = [words for words in said if isinstance(words, str) or not words]
    words = next((words for words in wrong if words), record["expects"])
    return Row(record["name"], "wrong" if wrong else "passed", words if wrong else "")


def _told(record: Any, seen: list[Seen], exercise: Any, given: Sequence[Tree]) -> Row:
    """The row of a check: passed, or what is wrong with it."""
    label, tolerance = record["name"], Tolerance(*record["tolerance"])
    agreed = all(case.comparison.agrees for case in seen)
    if agreed or (record["expects"] and _is_open(record, seen, tolerance)):
        notes = dict.fromkeys(note for case in seen for note in case.comparison.notes)
        parts = _parts(seen[0], "") if not record["expects"] else ()
        return Row(label, "passed", " ".join(notes), _shape_of(seen[0].got), parts=parts)
    first = next((case for case in seen if not case.comparison.agrees), seen[0])
    if record["expects"]:
        return Row(label, "wrong", _expected(record, seen, tolerance), _shape_of(first.got))
    elsewhere = seen_elsewhere(record, exercise, given)
    found = diagnose(
        record["label"],
        seen,
        exercise["sentences"],
        elsewhere,
        exercise["shapes"],
        NO_PLACES if record["part"] else exercise["places"],
    )
    words = finding(found.fact, found.nudge or slip_of(record, exercise, given))
    cells = _wrong_cells(first, tolerance)
    return Row(label, "wrong", words, _shape_of(first.got), cells, _parts(first, words))


def _parts(seen: Seen, words: str) -> tuple[Row, ...]:
    """A row for each key that is looked at; the words stand beside the first that is wrong."""
    if type(seen.got) is not dict or type(seen.want) is not dict:
        return ()
    wrong = wrong_keys(seen.got, seen.want)
    return tuple(
        Row(
            key,
            "wrong" if key in wrong else "passed",
            words if key in wrong[:1] else "",
            _shape_of(seen.got.get(key)),
        )
        for key in seen.want
    )


def _shape_of(got: Tree) -> str:
    """The shape of an array, a shape itself, or what else came."""
    array = numbers(got)
    if type(got) is tuple and array is not None and array.ndim == 1:
        return str(got)
    return describe(got) if array is None or not array.ndim else str(array.shape)


def _expected(record: Any, seen: Sequence[Seen], tolerance: Tolerance) -> str:
    """What the grader's own judge says of the known mistake that came; else what is expected."""
    slugs = _known(seen, tolerance)
    return next((record["said"][slug] for slug in slugs), record["expects"])


def _is_open(record: Any, seen: list[Seen], tolerance: Tolerance) -> bool:
    """Whether only the grader can judge an answer that the text leaves open.

    Unless any form will do, it has the right structure and shapes here, is finite where the
    reference's is, and is not what a known mistake gives on every case.
    """
    if record["any_form"]:
        return not _known(seen, tolerance)
    got = [conform(case.got, case.want) for case in seen]
    pairs = [pair for x, case in zip(got, seen) for pair in leaves(x, case.want)]
    if any(np.isfinite(x).all() != np.isfinite(want).all() for _, x, want in pairs):
        return False
    return not _known(seen, tolerance)


def _known(seen: Sequence[Seen], tolerance: Tolerance) -> list[str]:
    """The mistakes that give these values on every case."""
    return [
        slug
        for slug in seen[0].mistakes
        if all(compare(case.got, case.mistakes[slug], tolerance).agrees for case in seen)
    ]


def _wrong_cells(seen: Seen, tolerance: Tolerance) -> NDArray[np.bool_] | None:
    got, want = numbers(seen.got), numbers(seen.want)
    if got is None or want is None or got.shape != want.shape:
        return None
    return ~is_close(got, want, tolerance)


Stand = Callable[..., Any]


class NotLent(Exception):
    """The function asked a wrong one for something that is not handed out."""


class Borrowed:
    """What was asked of wrong functions: which of them, and whether all of it could be lent."""

    def __init__(self, calls: Sequence[Any]) -> None:
        self._calls = [(name, value_of(given), value) for name, given, value in calls]
        self.used: set[str] = set()
        self.all_lent = True

    def stand_in(self, name: str) -> Stand:
        """A function that knows the right values, and nothing between them."""

        def lent(*arguments: Any, **named: Any) -> Tree:
            self.used.add(name)
            asked = plain_tree((*arguments, *named.values()))
            for known, given, value in self._calls:
                if known == name and compare(asked, given, FORMULA).agrees:
                    return value_of(value)  # a fresh one each time
            self.all_lent = False
            raise NotLent(name)

        return lent


@contextmanager
def in_place_of(stands: Mapping[str, Stand], notebook: MutableMapping[str, Any]) -> Iterator[None]:
    """Let the names of the notebook mean the stand-ins, for as long as the block runs."""
    own = {name: notebook[name] for name in stands if name in notebook}
    notebook.update(stands)
    try:
        yield
    finally:
        for name in stands:
            notebook.pop(name, None)
        notebook.update(own)


Function = Callable[..., Any]
Notebook = Mapping[str, Any]
"""The names of a student's notebook."""
Examples = Mapping[str, Any]
"""The public examples of a set, by the names of its functions."""
Known = dict[tuple[str, int], Card]
"""What was judged before: each function once, however many others use it."""


def judge_function(name: str, function: Function, examples: Examples, known: Known) -> Card:
    """Compare a function's results on the public example with the right ones."""
    key = name, id(function)
    if key not in known:
        known[key] = _judged_fairly(name, function, examples, known)
    return known[key]


def _judged_fairly(name: str, function: Function, examples: Examples, known: Known) -> Card:
    """Judged as it stands, and once more where it uses what is wrong."""
    card = _judged(name, function, examples[name])
    notebook = getattr(function, "__globals__", None)
    if card.state != "wrong" or notebook is None:
        return card
    states = {one: _state(one, notebook, examples, known) for one in examples[name]["calls"]}
    misleading = {one: state for one, state in states.items() if state != "passed"}
    if not misleading:
        return card
    return _with_others_right(card, name, function, examples[name], misleading)


def _state(name: str, notebook: Notebook, examples: Examples, known: Known) -> str:
    """How an earlier function does by itself: passed, trap, wrong or unstarted."""
    function = notebook.get(name)
    if not callable(function):
        return "unstarted"
    card = judge_function(name, function, examples, known)
    if card.state in ("wrong", "unstarted"):
        return card.state
    return "trap" if card.is_trap else "passed"


def _with_others_right(
    card: Card, name: str, function: Any, example: Any, misleading: Mapping[str, str]
) -> Card:
    """Judge it again, with values lent in the place of what misleads it."""
    borrowed = Borrowed(example["lent"])
    stands = {one: borrowed.stand_in(one) for one in misleading}
    with in_place_of(stands, function.__globals__):
        again = _judged(name, function, example)
    used = tuple(one for one in misleading if one in borrowed.used)
    if not used:
        return card
    if again.state == "passed":
        return replace(again, notes=(*again.notes, given_right(used)), waits=used)
    if borrowed.all_lent:
        wrong = tuple(one for one in used if misleading[one] != "trap")
        below = (uses_wrong(wrong),) if wrong else ()
        return replace(again, notes=(*again.notes, *below), waits=used)
    return Card(f"{name} waits for {' and '.join(used)}: fix that first.", "waiting", waits=used)


def _judged(name: str, function: Function, exercise: Any) -> Card:
    """What the example says of the function as it stands."""
    answers = [call(function, value_of(case["arguments"])) for case in exercise["cases"]]
    changed = _changed(exercise, answers)
    pairs = zip(answers, exercise["cases"])
    lists = any(has_lists(answer.value, value_of(case["want"])) for answer, case in pairs)
    texts = sorted({text for answer in answers for text in answer.warnings})
    notes = tuple(read_notes(name, () if exercise["keeps"] else changed, texts))
    notes += (read_lists(name),) if lists else ()
    for answer in answers:
        if answer.status != "returned":
            state = "unstarted" if answer.status == "unstarted" else "wrong"
            return Card(read_outcome(answer.status, answer, name), state, (), notes)
    rows = tuple(_rows(name, exercise, answers))
    wrong = [row for row in rows if row.state != "passed"]
    told = dict.fromkeys(row.words for row in rows if row.words and not row.fault)
    note = Note(unpacked(exercise["reveal"])) if exercise["reveal"] and not wrong else None
    state = "wrong" if wrong else "passed"
    return Card(name, state, rows, (*notes, *told), note, is_trap=bool(changed) or lists)


@dataclass(frozen=True)
class Answer:
    """What became of one call; read_outcome puts it into words."""

    status: str
    value: Tree = None
    kind: str = ""
    message: str = ""
    traceback: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def call(function: Function, arguments: tuple[Tree, ...]) -> Answer:
    """Call it with fresh copies; whatever happens is an answer."""
    given = copy.deepcopy(arguments)
    known = [FUNCTIONS[x.name] if isinstance(x, Named) else x for x in given]
    value, problem = None, None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = plain_tree(function(*known))
        except (Exception, SystemExit) as error:
            problem = error
    pairs = enumerate(zip(given, arguments))
    changed = tuple(place for place, (now, then) in pairs if not _same(now, then))
    texts = tuple(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
    if problem is None:
        return Answer("returned", value, changed=changed, warnings=texts)
    status = "unstarted" if isinstance(problem, NotImplementedError) else "raised"
    frames = tuple(_frames(problem.__traceback__, function))
    return Answer(status, None, type(problem).__name__, str(problem), frames, changed, texts)


def _frames(trace: TracebackType | None, function: Function) -> Iterator[str]:
    """The lines of the notebook that an exception came through: `sigmoid, line 3: return z`."""
    notebook = getattr(function, "__globals__", None)
    for frame, number in traceback.walk_tb(trace):
        if notebook is None or frame.f_globals is notebook:
            text = linecache.getline(frame.f_code.co_filename, number).strip()
            yield f"{frame.f_code.co_name}, line {number}: {text}"


def _changed(exercise: Any, answers: list[Answer]) -> list[str]:
    """The names of the arguments that were changed in any of the calls."""
    places = sorted({place for answer in answers for place in answer.changed})
    return [exercise["names"][place] for place in places]


def _same(now: Any, then: Any) -> bool:
    """Whether an argument is still what it was; numbers and texts cannot change in place."""
    if type(now) is not type(then):
        return False
    if isinstance(then, (list, tuple)):
        return len(now) == len(then) and all(map(_same, now, then))
    if isinstance(then, dict):
        return now.keys() == then.keys() and all(_same(now[key], then[key]) for key in then)
    if isinstance(then, np.ndarray):
        return np.array_equal(now, then, equal_nan=then.dtype.kind == "f")
    return now is then or bool(now == then)


def _rows(name: str, exercise: Any, answers: list[Answer]) -> Iterator[Row]:
    """Judge every check; what a constant can pass counts with a check that it cannot pass."""
    passed: set[str] = set()
    for record in exercise["checks"]:
        row = judge_check(name, record, exercise, [answer.value for answer in answers])
        changed = _changed(exercise, [answers[case] for case in record["cases"]])
        if row.state == "passed" and exercise["keeps"] and changed:
            row = replace(row, state="wrong", words=read_changed(name, changed))
        if row.state == "passed" and record["needs"] and not passed.intersection(record["needs"]):
            row = replace(row, state="wrong", words=read_lacking(record["needs"]))
        passed |= {row.label} if row.state == "passed" else set()
        yield row


Function = Callable[..., Any]
NOTHING: Mapping[str, Any] = {}
VALIDATION_WIDTH = 80
"""`nbgrader validate` cuts lines that are longer than 82 characters off."""


def check(function: Function | None = None) -> None:
    """Show ✓ and its note, or what is wrong, for one function; without one, the progress.

    Never raises, except NotYet where nbgrader validates (NBGRADER_VALIDATING is set).
    """
    notebook = sys._getframe(1).f_globals
    try:
        given = handed_out()
        card = _progress(given, notebook) if function is None else judge(function, notebook)
    except NothingHandedOut as problem:
        card = Card(str(problem), "unstarted")
    if function is not None and os.environ.get("NBGRADER_VALIDATING") and card.state != "passed":
        raise NotYet(repr(card))
    show(card)


class NotYet(AssertionError):
    """A cell that validation must not pass. It is read as words, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        lines = str(self).splitlines()
        return [
            part
            for line in lines
            for part in wrap(line, VALIDATION_WIDTH, subsequent_indent="    ")
        ]


def ready(*functions: Function) -> bool:
    """Tell whether each function passes its example; if not, say which one the cell waits for."""
    notebook = sys._getframe(1).f_globals
    try:
        given = handed_out()
        named = [(_name_of(function, given, notebook), function) for function in functions]
        waiting = [*dict.fromkeys(_lacking(named, notebook))]
    except NothingHandedOut as problem:
        say(problem)
        return False
    if waiting:
        *first, last = waiting
        say(f"This cell waits for {', '.join(first)}{' and ' if first else ''}{last}.")
    return not waiting


def _lacking(named: Sequence[tuple[str, Function]], notebook: Mapping[str, Any]) -> Iterator[str]:
    """What must be right first: of a function that only uses a wrong one, that one."""
    for name, function in named:
        card = judge(function, notebook)
        if card.state != "passed" or card.waits:
            yield from card.waits or (name,)


def tried(function: Function) -> None:
    """Print the number that a trial of the student's own gives; nobody judges it."""
    answer, name = call(function, ()), str(getattr(function, "__name__", "This cell"))
    number = numbers(answer.value)
    if answer.status != "returned":
        say(read_outcome(answer.status, answer, name))
    elif number is None or number.size != 1:
        say(f"{name} returns {describe(answer.value)}; a single number is meant.")
    else:
        say(f"{name} gives {number.item():.3g}.")


def grade(name: str) -> None:
    """Only the grader can do this: the hidden inputs are not here."""
    raise RuntimeError(
        f"{name} is graded on inputs that are not in this notebook, so only the grader can do it. "
        "Run `nbgrader autograde` with the course's own nbgrader_config.py."
    )


def judge(function: Function, notebook: Mapping[str, Any] = NOTHING) -> Card:
    """Say how a function does on the public example.

    `notebook` holds the names of the notebook: one of them says which exercise is meant.
    Raises NothingHandedOut.
    """
    given = handed_out()
    if not callable(function):
        return Card("check takes a function: check(f), without quotes or brackets.", "unstarted")
    name = _name_of(function, given, notebook)
    if name not in given.functions:
        known = ", ".join(given.functions)
        return Card(
            f"{name} is not a function of {given.set}. Its functions: {known}.", "unstarted"
        )
    return judge_function(name, function, given.functions, {})


def _progress(given: HandedOut, notebook: Mapping[str, Any]) -> Card:
    """One row per graded exercise of the set."""
    graded = [name for name, example in given.functions.items() if example["graded"]]
    found, known = {name: notebook.get(name) for name in graded}, Known()
    states = {
        name: judge_function(name, function, given.functions, known).state
        if callable(function)
        else "unstarted"
        for name, function in found.items()
    }
    done = sum(state == "passed" for state in states.values())
    rows = tuple(Row(name, state) for name, state in states.items())
    pass_their = "passes its" if done == 1 else "pass their"
    title = f"{done} of {len(states)} functions {pass_their} example."
    if done == len(states):
        return Card(f"{title} Well done!", "passed", rows)
    first = next(name for name, state in states.items() if state != "passed")
    return Card(f"{title} Go on with {first}.", "unstarted", rows)


def _name_of(function: Any, given: HandedOut, notebook: Mapping[str, Any]) -> str:
    """The function of the set that is meant: the name under which it stands in the notebook.

    What it calls itself counts only where it stands under none, or under several.
    """
    names = [name for name in given.functions if notebook.get(name) is function]
    own = str(getattr(function, "__name__", type(function).__name__))
    return own if own in names or not names else names[0]
