"""What each program of the lecture notes claims, beside the loss that it claims it of.

A notebook gives the program as the notes have it, under `noted`; students fix it as `fixed`.
"""

import contextlib
import io
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
import numpy as np
import pytest

from tests.course import ROOT
from tests.notebooks import cell_of

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
    """Run a solved notebook: what is given and what is answered, without checks and pictures."""
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
            if cell.cell_type == "code" and not is_left_out(cell):
                exec(compile(cell.source, f"{assignment} {cell.id}", "exec"), names)
        patch.delitem(sys.modules, "data", raising=False)
    return names


def printed(names: Names, assignment: str, grade_id: str) -> str:
    """What a cell of a solved notebook prints, where all that it waits for is ready."""
    notebook = nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    source = cell_of(notebook, grade_id).source
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        exec(
            compile(source, f"{assignment} {grade_id}", "exec"), {**names, "ready": lambda *_: True}
        )
    return shown.getvalue()


def is_left_out(cell) -> bool:
    """A check, or the cell that looks for the files of the set; pictures wait for `ready`."""
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade")) or marks.get("grade_id") == "start"


def one_by_one(loss, arrays, claimed) -> Iterator[Claim]:
    """Each gradient with the loss as a function of its own array, the others fixed."""
    for place, claim in enumerate(claimed):

        def of_one(array, place=place):
            return loss(*arrays[:place], array, *arrays[place + 1 :])

        yield of_one, claim, arrays[place]


def of_the_max_gate(names, backward, rng) -> Iterator[Claim]:
    """1.8: x and y move together, some of them tied; t says how far."""
    x, dout = rng.normal(size=6), rng.normal(size=6)
    y = np.where(np.arange(6) % 2, x, rng.normal(size=6))
    dx, dy = backward(x, y, dout)

    def end(t):
        return float(np.sum(dout * np.maximum(x + t, y + t)))

    yield end, np.array([np.sum(dx) + np.sum(dy)]), np.zeros(1)


def of_an_epoch(names, epoch, rng) -> Iterator[Claim]:
    """3.8: one step claims a gradient, (before − after)/η."""
    features, targets = rng.normal(size=(7, 6)), rng.integers(0, 2, 7).astype(float)
    arrays, rate = [rng.normal(size=(6, 2)), rng.normal(size=2)], 2.5

    def loss(W_ih, W_ho):
        outputs = np.array([names["forward"](x, W_ih, W_ho)[1] for x in features])
        return names["mse_loss"](targets, outputs)

    after = epoch(features, targets, *arrays, rate)
    claimed = [(old - new) / rate for old, new in zip(arrays, after, strict=True)]
    return one_by_one(loss, arrays, claimed)


def of_a_layer(names, backward, rng) -> Iterator[Claim]:
    """4.9: a square layer, on which the slides' line runs; the mean is in dW and db alone."""
    dZ, A_prev, W, b = (rng.normal(size=shape) for shape in ((3, 4), (3, 4), (3, 3), (3, 1)))
    dA_prev, dW, db = backward(dZ, A_prev, W)
    N, probe = dZ.shape[1], names["probe"]
    yield lambda A: probe(dZ, A, W, b), dA_prev, A_prev
    yield lambda W: probe(dZ, A_prev, W, b) / N, dW, W
    yield lambda b: probe(dZ, A_prev, W, b) / N, db, b


def of_rows(names, backward, rng) -> Iterator[Claim]:
    """5.5: the targets are a vector."""
    X, y = rng.normal(size=(7, 3)), rng.normal(size=7)
    arrays = [rng.normal(size=(3, 4)), rng.normal(size=(4, 1))]

    def loss(W_ih, W_ho):
        return names["mse_loss"](y[:, None], names["forward"](X, W_ih, W_ho)[1])

    return one_by_one(loss, arrays, backward(X, y, *arrays))


def of_the_testnet(names, backward, rng) -> Iterator[Claim]:
    """6.10: one example of the 2-3-2 network."""
    x, label = rng.normal(size=(2, 1)), 1
    arrays = [rng.normal(size=shape) for shape in ((3, 2), (3, 1), (2, 3), (2, 1))]

    def loss(*parameters):
        return names["testnet_loss"](x, np.array([label]), *parameters, 0.0)

    return one_by_one(loss, arrays, backward(x, label, *arrays))


def of_the_penalty(names, differential, rng) -> Iterator[Claim]:
    """7.2: W moves along dW; t says how far."""
    W, dW, reg = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), 0.3

    def penalty(t):
        return reg / 2 * float(np.sum((W + t * dW) ** 2))

    yield penalty, np.array([differential(W, dW, reg)]), np.zeros(1)


def of_the_batch(names, backward, rng) -> Iterator[Claim]:
    """7.16: the network of ps4 with its mean cross-entropy."""
    X, Y = rng.normal(size=(5, 7)), rng.integers(0, 2, (1, 7)).astype(float)
    arrays = [rng.normal(size=shape) for shape in ((4, 5), (4, 1), (1, 4), (1, 1))]

    def loss(W1, b1, W2, b2):
        Z2 = W2 @ (1 / (1 + np.exp(-(W1 @ X + b1)))) + b2
        return float(np.mean(np.logaddexp(0, Z2) - Y * Z2))

    return one_by_one(loss, arrays, backward(X, Y, *arrays))


SLIPS = (
    Slip("ps1_derivatives", "max_backward_as_noted", "fixed_max_backward", of_the_max_gate),
    Slip("ps3_gre_admissions", "epoch_as_noted", "fixed_epoch", of_an_epoch),
    Slip("ps4_batch_mlp", "linear_backward_as_noted", "linear_backward", of_a_layer),
    Slip("ps5_bike_sharing", "backward_as_found", "fixed_backward_rows", of_rows),
    Slip("ps6_softmax_networks", "testnet_backward_as_noted", "testnet_backward", of_the_testnet),
)
