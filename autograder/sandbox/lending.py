"""Answering for functions that are lent to a submission: granted, counted and measured.

A student chooses the arguments, and may forge the questions.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from autograder.records import Call
from autograder.sandbox import claims
from autograder.sandbox.clock import Left
from autograder.sandbox.endings import Ended
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import Tree
from autograder.sandbox.pipes import Pipes
from autograder.settings import AskLimits

Question = tuple[str, tuple[Tree, ...], dict[str, Tree]]
"""Name, arguments, named arguments."""
Source = Callable[[str, tuple[Tree, ...], dict[str, Tree], Left], Tree]
"""What knows the answers: given a question and its time, a value; raises Refused."""
Aside = Callable[[], AbstractContextManager[None]]
"""What is done within is not charged to the submission."""
REFUSAL = wire.encode(("refused", None))
MAX_UNREAD_BYTES = 2**21


class Refused(Exception):
    """There is no value for this question."""


class Broken(Refused):
    """The question brought the answering process down."""


class Lender:
    """The right functions as one submission may use them."""

    def __init__(self, source: Source, limits: AskLimits = AskLimits()) -> None:
        self._source, self._limits = source, limits
        self._asks = 0
        self._failures = 0

    def hear(
        self, pipes: Pipes, call: Call, left: Left, most: int, aside: Aside = nullcontext
    ) -> tuple[Tree, tuple[str, ...]]:
        """Answer questions until something else comes: (the claim, which functions were used).

        Answering is done within `aside`. Raises TimedOut and Ended, as `Pipes.receive` does.
        """
        used: dict[str, None] = {}
        for _ in range(self._limits.per_call + 1):
            claim = pipes.receive(left, most)
            question = claims.question(claim)
            if question is None:
                return claim, tuple(used)
            self._count(pipes)
            with aside():
                frame = self._frame(question, call.lent, left)
            if frame is not None:
                used[question[0]] = None
            pipes.send(frame or REFUSAL)
        raise Ended("it asked too often in one call")

    def _count(self, pipes: Pipes) -> None:
        self._asks += 1
        if self._asks > self._limits.per_submission:
            raise Ended("it asked too often")
        if pipes.unread > MAX_UNREAD_BYTES:
            raise Ended("it asked and did not listen")

    def _frame(self, question: Question, granted: tuple[str, ...], left: Left) -> bytes | None:
        """The answer as it travels; None where there is none, or none that can travel."""
        try:
            return wire.encode(("value", self._answer(question, granted, left)))
        except (Refused, wire.FrameError):
            return None

    def _answer(self, question: Question, granted: tuple[str, ...], left: Left) -> Tree:
        name, arguments, named = question
        if name not in granted or self._failures >= self._limits.failures:
            raise Refused
        self._measure((arguments, named))
        try:
            return self._source(name, arguments, named, left)
        except Broken:
            self._failures += 1
            raise

    def _measure(self, arguments: Tree) -> None:
        """Refuse what is too large for any exercise."""
        arrays = list(_arrays(arguments))
        elements = sum(array.size for array in arrays)
        longest = max((length for array in arrays for length in array.shape), default=0)
        if max(elements, longest) > self._limits.argument_elements:
            raise Refused
        if len(wire.encode(arguments)) > self._limits.argument_bytes:
            raise Refused


def _arrays(tree: Tree) -> Iterator["np.ndarray[Any, Any]"]:
    if isinstance(tree, np.ndarray):
        yield tree
    elif isinstance(tree, list | tuple):
        for part in tree:
            yield from _arrays(part)
    elif isinstance(tree, dict):
        yield from _arrays(list(tree.values()))
