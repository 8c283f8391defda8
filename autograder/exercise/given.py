"""What `given` and `own_inputs` of a record are asked with, and whose fault their failure is."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from autograder.errors import GraderFault
from autograder.exercise.compare import conform
from autograder.exercise.own_lines import own_lines
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Arguments, Check, Given

Value = TypeVar("Value")
Asked = tuple[Tree, Arguments]
"""(the student's lines, the arguments)."""


class Refused(Exception):
    """The inputs that a student chose cannot be; its text is the sentence about it."""


class NotConforming(Exception):
    """The answer has another structure than the reference's."""


def asked(check: Check, got: Tree, want: Tree, arguments: Arguments) -> Asked:
    """What `given` is asked with; with `own_inputs`, raises NotConforming or Refused."""
    read = check.own_inputs
    if read is None:
        return own_lines(got, want), arguments
    try:
        answer = conform(got, want)
    except ValueError:
        raise NotConforming from None
    chosen = _asking(f"`own_inputs` of {check.name!r}", lambda: read(answer))
    if isinstance(chosen, str):
        raise Refused(chosen)
    return answer, chosen


def wanted(given: Given, one: Asked) -> Tree:
    """What is wanted, given these lines and arguments."""
    value: Tree = _asking(f"`given` ({given.__qualname__})", lambda: given(*one))
    return value


def _asking(what: str, call: Callable[[], Value]) -> Value:
    """What the author's function says. Where it fails, the author is at fault, not the student."""
    try:
        with np.errstate(all="ignore"):  # nan and infinities are answers, too
            return call()
    except Exception as problem:
        raise GraderFault(
            f"{what} raised {type(problem).__name__}. Let it answer for any numbers, nan included."
        ) from problem
