"""Plain data: all that crosses the trust line, and all that exercises are made of.

Everything else that a student may return crosses as `Foreign`: only the name of its type, cut
short. The grader's own rooms import these names from autograder/exercise/tree.py.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Named:
    """A function that both sides know by name, for arguments such as `f`."""

    name: str


@dataclass(frozen=True)
class Foreign:
    """Stands for a value that is not plain data: only the name of its type crosses."""

    type_name: str


Tree: TypeAlias = Any
