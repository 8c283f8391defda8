"""Which functions of its own module a function calls, found in its compiled code."""

from collections.abc import Iterator
from types import CodeType, FunctionType

from autograder.exercise.spec import Function


def called_by(function: Function) -> frozenset[str]:
    """The names of the module's functions that `function` reaches, also through one another."""
    found: dict[str, FunctionType] = {}
    waiting = [function]
    while waiting:
        fresh = {name: f for name, f in _callees(waiting.pop()) if name not in found}
        found |= fresh
        waiting += fresh.values()
    return frozenset(found)


def _callees(function: Function) -> Iterator[tuple[str, FunctionType]]:
    """The functions of the same module that the code of one function names."""
    if isinstance(function, FunctionType):
        for name in _names(function.__code__):
            other = function.__globals__.get(name)
            if isinstance(other, FunctionType) and other.__module__ == function.__module__:
                yield name, other


def _names(code: CodeType) -> Iterator[str]:
    """All global names in a function's code and in the comprehensions and functions within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
