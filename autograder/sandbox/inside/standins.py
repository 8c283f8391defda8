"""Right functions in the places of a student's wrong ones, for the length of one call.

A stand-in holds no code of the answer: it sends its arguments to the grader and hands back what
comes. The student may forge or flood these frames; the grader grants, counts and measures them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import numpy as np

from . import wire
from .tree import Tree

MAX_QUESTION_BYTES = 2**20
"""More is not sent; the grader's own limit is lower."""
Ask = Callable[[str, tuple[Any, ...], dict[str, Any]], Tree]


@contextmanager
def lent(namespace: dict[str, Any], names: tuple[str, ...], ask: Ask) -> Iterator[None]:
    """Put a stand-in under each of the names, and the student's own functions back afterwards."""
    own = {name: namespace[name] for name in names if name in namespace}
    namespace.update({name: stand_in(name, ask) for name in names})
    try:
        yield
    finally:
        for name in names:
            namespace.pop(name, None)
        namespace.update(own)


def stand_in(name: str, ask: Ask) -> Callable[..., Tree]:
    """A function of that name which lets the grader answer."""

    def standing_in(*arguments: Any, **named: Any) -> Tree:
        return ask(name, arguments, named)

    standing_in.__name__ = standing_in.__qualname__ = name
    return standing_in


def asker(read: wire.Reader, write: Callable[[Tree, int], None]) -> Ask:
    """Ask over the pipes that calls and answers go through; raises RuntimeError where refused."""
    turn = RLock()

    def ask(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Tree:
        with turn:
            try:
                write(("ask", name, arguments, named), MAX_QUESTION_BYTES)
            except wire.FrameError as problem:
                raise RuntimeError(f"{name} cannot take these arguments: {problem}") from None
            kind, value = wire.read_frame(read)
        if kind != "value":
            raise RuntimeError(f"{name} has no value for these arguments")
        return scalars(value)

    return ask


def scalars(tree: Any) -> Any:
    """Turn arrays without axes into numpy's numbers, which they were before they crossed."""
    if isinstance(tree, np.ndarray):
        return tree[()] if tree.ndim == 0 else tree
    if isinstance(tree, list | tuple):
        return type(tree)(map(scalars, tree))
    if isinstance(tree, dict):
        return {key: scalars(part) for key, part in tree.items()}
    return tree
