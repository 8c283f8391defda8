"""What each program of the lecture notes claims, beside the loss that it claims it of.

A notebook gives the program as the notes have it, under `noted`; students fix it as `fixed`.
"""

import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
import numpy as np
import pytest

from autograder.extract.release import ILLUSTRATION
from tests.course import ROOT

Names = dict[str, Any]
"""What a notebook defines."""
Claim = tuple[Callable[[np.ndarray], float], np.ndarray, np.ndarray]
"""A loss as a function of one array, the gradient that is claimed of it, and where."""
Claims = Callable[[Names, Callable[..., Any], np.random.Generator], Iterator[Claim]]


@dataclass(frozen=True)
class Slip:
    """A running program of the notes: its set, its name there, its fixed name, what it claims."""

    assignment: str
    noted: str
    fixed: str
    claims: Claims


def names_of(assignment: str) -> Names:
    """Run a solved notebook's own code: what is given and what is answered, no checks, no plots."""
    folder = ROOT / "source" / assignment
    notebook = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
    quiet = types.ModuleType("check")
    vars(quiet).update(dict.fromkeys(("check", "ready", "tried"), lambda *_: False))
    names: Names = {"__name__": assignment}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "check", quiet)
        patch.delitem(sys.modules, "data", raising=False)
        patch.syspath_prepend(folder)
        patch.chdir(folder)
        for cell in notebook.cells:
            if cell.cell_type == "code" and not is_shown(cell):
                exec(compile(cell.source, f"{assignment} {cell.id}", "exec"), names)
        patch.delitem(sys.modules, "data", raising=False)
    return names


def is_shown(cell) -> bool:
    """A check or a picture, or the cell that looks for the files of the set."""
    marks = cell.metadata.get("nbgrader", {})
    drawn = ILLUSTRATION in cell.metadata.get("tags", ())
    return bool(marks.get("grade")) or drawn or marks.get("grade_id") == "start"


def one_by_one(loss, arrays, claimed) -> Iterator[Claim]:
    """Each gradient with the loss as a function of its own array, the others fixed."""
    for place, claim in enumerate(claimed):

        def of_one(array, place=place):
            return loss(*arrays[:place], array, *arrays[place + 1 :])

        yield of_one, claim, arrays[place]


def of_the_testnet(names, backward, rng) -> Iterator[Claim]:
    """6.10: one example of the 2-3-2 network."""
    x, label = rng.normal(size=(2, 1)), 1
    arrays = [rng.normal(size=shape) for shape in ((3, 2), (3, 1), (2, 3), (2, 1))]

    def loss(*parameters):
        return names["testnet_loss"](x, np.array([label]), *parameters, 0.0)

    return one_by_one(loss, arrays, backward(x, label, *arrays))


SLIPS = (
    Slip(
        "ps6_softmax_networks",
        "testnet_backward_as_noted",
        "testnet_backward",
        of_the_testnet,
    ),
)
