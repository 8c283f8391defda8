"""Python's own errors, read out for a beginner; and what became of a call, in words.

Whatever a student's code chose (messages, names, keys, shapes) may hold a hidden input, so long
numbers in it are masked, and all of it is cut.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from autograder.exercise.compare import conforms, is_one_for_several, leaves
from autograder.exercise.describe import contrast
from autograder.exercise.plain_data import Tree

LONGEST_MESSAGE = 200


class Failed(Protocol):
    """What is known of an exception: its class name, its message, the frames it came through.

    A frame begins with the function's name and a comma.
    """

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def traceback(self) -> tuple[str, ...]: ...  # noqa: D102


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
