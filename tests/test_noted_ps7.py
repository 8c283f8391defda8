"""What the notes write runs as they have it, is exposed by a gradient check, and is fixed."""

import nbformat
import numpy as np
import pytest

from solutions import deep_networks, worked_example
from tests.course import ROOT
from tests.notebooks import cell_of, functions_in

NOTEBOOK = nbformat.read(
    ROOT / "source" / "ps7_deep_networks" / "ps7_deep_networks.ipynb", as_version=4
)
FOUND, RIGHT = 1e-2, 1e-6
"""What a gradient check gives for a wrong and for a right gradient, at the least and the most."""


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def check_along(f, claim):
    """gradient_check's number for a differential, as the notebook asks for it."""
    return worked_example.gradient_check(lambda t: f(t[0]), np.array([claim]), np.zeros(1))


def test_the_penaltys_differential_is_exposed_and_fixed(rng):
    W, dW, reg = rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), 0.4

    def penalty(t):
        return reg / 2 * np.sum((W + t * dW) ** 2)

    assert deep_networks.reg_differential_as_noted(W, dW, reg).shape == (4, 4)
    assert check_along(penalty, deep_networks.reg_differential_traced(W, dW, reg)) > FOUND
    assert check_along(penalty, deep_networks.fixed_reg_differential(W, dW, reg)) < RIGHT


def test_the_broken_backward_pass_is_exposed_and_fixed(rng):
    X, Y = rng.normal(size=(3, 5)), np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
    parameters = [rng.normal(size=shape) for shape in ((4, 3), (4, 1), (1, 4), (1, 1))]

    def errors(backward):
        claims = backward(X, Y, *parameters)
        for i, claim in enumerate(claims):

            def loss(moved, i=i):
                W1, b1, W2, b2 = [*parameters[:i], moved, *parameters[i + 1 :]]
                Z2 = W2 @ deep_networks.sigmoid(W1 @ X + b1) + b2
                return np.mean(np.logaddexp(0, Z2) - Y * Z2)

            yield worked_example.gradient_check(loss, claim, parameters[i])

    assert min(errors(deep_networks.broken_backward)) > FOUND
    assert max(errors(deep_networks.fixed_backward)) < RIGHT


def test_the_division_of_the_notes_is_found_in_its_second_line(capsys):
    """The notebook's own sheet: lines 2 and 3 are wrong, and line 4 is right again."""
    names = {"np": np, "ready": lambda *_: True, "first_wrong_line": deep_networks.first_wrong_line}
    exec(cell_of(NOTEBOOK, "sheet_of_the_notes").source, names)
    said = capsys.readouterr().out
    assert "The first wrong line is 2; lines [1, 4] are right." in said


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
