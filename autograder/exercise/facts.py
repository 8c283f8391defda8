"""What is wrong with a result, and where, as data: report/sentences.py puts it into words."""

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["none", "structure", "shape", "nonfinite", "values", "told"]


@dataclass(frozen=True)
class Fact:
    """One finding about the part of a result that is called `label`.

    `none`: None came back. `structure`, `shape`: `got` and `want` describe it or are shapes.
    Where the shape is the question, `want` is empty.
    `nonfinite`, `values`: so many entries of all are wrong, the worst at an index.
    `told`: nothing came back to be compared, and `told` says why.
    """

    kind: FactKind
    label: str = ""
    got: str = ""
    want: str = ""
    wrong: int = 0
    total: int = 0
    worst: tuple[int, ...] = ()
    told: str = ""
