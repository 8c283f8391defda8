"""What an edit may use besides the node: the names, counts and rates of one exercise."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from autograder.exercise.answers import BATCH, evaluate, lengths_of
from autograder.exercise.cases import Case
from autograder.exercise.spec import Assignment, Exercise, Function
from autograder.judge.slips.expressions import RATES

MOST_PAIRS = 6


@dataclass(frozen=True)
class Scope:
    """The material of a function's slips.

    `numeric` are the parameters and locals that hold numbers, `inputs` the parameters among them;
    `batch` maps each parameter that holds examples to their axis; `counts` are expressions for the
    number of examples, `lengths` for the lengths of all axes; `rates` are the scalar parameters;
    `lists` the parameters that hold a list of arrays. `gates` are the comparisons (the ids of their
    nodes) that are factors: a slope of 0 or 1. `arrays` are the numeric names with axes, `entries`
    what is read under a string (`v["s"]`), `indices` those made of names (`i, j`), and `places` the
    parameters among these.
    `functions` can be called by name. `notebook` are the names that students know: only these may
    be quoted.
    """

    parameters: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    batch: tuple[tuple[str, int], ...] = ()
    counts: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    gates: frozenset[int] = frozenset()
    arrays: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    notebook: frozenset[str] = frozenset()


def notebook_names(assignment: Assignment) -> frozenset[str]:
    """The names that a set's notebook gives: functions, parameters, and parts of results."""
    exercises = assignment.exercises
    functions = {name for exercise in exercises for name in _functions(exercise.reference)}
    parameters = {name for e in exercises for name in inspect.signature(e.reference).parameters}
    parts = {check.name for e in exercises for check in e.checks if check.name.isidentifier()}
    return frozenset(functions | parameters | parts)


def scope_of(
    tree: ast.FunctionDef,
    function: Function,
    exercise: Exercise,
    case: Case,
    known: frozenset[str],
    whole: Function | None = None,
) -> Scope:
    """What an edit of `function`, read as `tree`, may use, as seen while the reference runs.

    `whole` is run in the place of the reference where that is written otherwise.
    """
    parameters = tuple(inspect.signature(function).parameters)
    run = whole or exercise.reference
    found = locals_of(function, lambda: evaluate(run, case.arguments))
    indices = tuple(_indices(tree))
    seen = {name: value for name, value in found.items() if _is_numeric(value)}
    arrays = {n: np.shape(seen[n]) for n in parameters if n in seen and np.ndim(seen[n])}
    examples = lengths_of(exercise, case).get(BATCH, 0)
    batch = tuple((n, shape.index(examples)) for n, shape in arrays.items() if examples in shape)
    return Scope(
        parameters=parameters,
        inputs=tuple(name for name in parameters if name in seen),
        numeric=tuple(seen),
        batch=batch,
        counts=tuple(f"{name}.shape[{axis}]" for name, axis in batch[:1]),
        lengths=tuple(_lengths(arrays)),
        rates=tuple(n for n in parameters if n in RATES),
        lists=tuple(n for n in parameters if _is_list(found.get(n))),
        gates=frozenset(_gates(tree)),
        arrays=tuple(name for name, value in seen.items() if np.ndim(value)),
        entries=tuple(dict.fromkeys(_entries(tree))),
        indices=indices,
        places=tuple(n for n in parameters if n in {x for i in indices for x in i.split(", ")}),
        functions=tuple(_functions(function)),
        notebook=known,
    )


def locals_of(function: Function, run: Callable[[], object]) -> dict[str, Any]:
    """The function's parameters and locals by name, as its last call left them."""
    found: dict[str, Any] = {}
    code = function.__code__

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is code:
            found.update(frame.f_locals)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(before)
    return found


def _is_numeric(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return (
        isinstance(value, int | float | np.number | np.ndarray)
        and np.asarray(value).dtype.kind in "iuf"
    )


def _is_list(value: Any) -> bool:
    several = isinstance(value, list | tuple) and len(value) > 0
    return several and all(isinstance(part, np.ndarray) for part in value)


def _gates(tree: ast.FunctionDef) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            yield from (id(x) for x in (node.left, node.right) if isinstance(x, ast.Compare))


def _entries(tree: ast.FunctionDef) -> Iterator[str]:
    """What is read under a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str()), ctx=ast.Load()):
                yield ast.unparse(node)


def _indices(tree: ast.FunctionDef) -> Iterator[str]:
    """The indices that are names, or several of them, each once."""
    found = (n.slice for n in ast.walk(tree) if isinstance(n, ast.Subscript))
    parts = (index.elts if isinstance(index, ast.Tuple) else [index] for index in found)
    names = [[x.id for x in part if isinstance(x, ast.Name)] for part in parts if _named(part)]
    alone = [name for several in names for name in several]
    pairs = [f"{a}, {b}" for a in dict.fromkeys(alone) for b in dict.fromkeys(alone) if a != b]
    yield from dict.fromkeys([*alone, *(pairs if len(pairs) <= MOST_PAIRS else ())])


def _named(parts: Sequence[ast.expr]) -> bool:
    return all(isinstance(part, ast.Name) for part in parts)


def _lengths(arrays: dict[str, tuple[int, ...]]) -> Iterator[str]:
    for name, shape in arrays.items():
        yield from (f"{name}.shape[{axis}]" for axis in range(len(shape)))


def _functions(function: Function) -> Iterator[str]:
    """The public functions of the function's own module."""
    scope = function.__globals__
    for name, value in scope.items():
        own = isinstance(value, FunctionType) and value.__module__ == function.__module__
        if own and not name.startswith("_"):
            yield name
