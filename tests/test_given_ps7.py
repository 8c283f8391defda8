"""The programs and the pictures that ps7 gives are those of its answers and of its script."""

import nbformat
import pytest

from tests.course import ROOT
from tests.notebooks import cell_of, functions_in

NOTEBOOK = nbformat.read(
    ROOT / "source" / "ps7_deep_networks" / "ps7_deep_networks.ipynb", as_version=4
)


@pytest.mark.parametrize("cell", ["given_reg_differentials", "given_broken_backward"])
def test_the_notebook_gives_the_programs_that_were_tried(cell):
    written = functions_in((ROOT / "solutions" / "deep_networks.py").read_text())
    given = functions_in(cell_of(NOTEBOOK, cell).source)
    assert given
    assert given.items() <= written.items()


def test_the_pictures_are_those_that_their_script_draws():
    from exercises.ps7_deep_networks import pictures

    folder = ROOT / "source" / "ps7_deep_networks"
    assert (folder / "residual.svg").read_text() == pictures.residual()
    assert (folder / "recursion.svg").read_text() == pictures.recursion(answers=False)
    assert pictures.recursion(answers=True).isascii()
