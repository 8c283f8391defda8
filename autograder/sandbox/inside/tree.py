"""Plain data: all that crosses the trust line, and all that exercises are made of.

Everything else that a student may return crosses as `Foreign`: only the name of its type, cut
short. The grader's own rooms import these names from autograder/exercise/plain_data.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

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


Tree: TypeAlias = Union[
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
