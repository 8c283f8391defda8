"""At the desk: run a function once more with right values in the place of wrong earlier functions.

What may be lent lies in examples.json. Where a function asks for something else, it must wait.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.exercise.compare import FORMULA, compare
from autograder.exercise.plain_data import Tree, plain_tree
from autograder.student.handed_out import value_of

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
