"""Is what came back what was asked for? One tolerance table, one comparison."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.describe import describe
from autograder.exercise.plain_data import Foreign, Tree

Array = NDArray[np.float64]


@dataclass(frozen=True, init=False)
class Keys:
    """Several keys of a dict, looked at together: `Keys("W", "b")`."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)


Step = int | str | slice | Keys
Part = Step | tuple[Step, ...] | None
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
        named = isinstance(step, str | Keys)
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
        or not isinstance(want, list | tuple)
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
    return [x.reshape(())[()] if one else x for x, one in zip(got, alone, strict=True)]


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
    known = type(got) is np.ndarray or isinstance(got, list | np.generic | str | complex)
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
