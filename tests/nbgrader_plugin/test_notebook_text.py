"""Notebooks are written as nbformat writes them, to the byte."""

import copy
import json
from pathlib import Path

import nbformat
import nbformat.v4
import pytest

from autograder.nbgrader_plugin.notebook_text import notebook_text

ROOT = Path(__file__).parents[2]
VALUES = ["", 'é\u2028\x7f\x00"\\/\ud800', "a\nb\n", 0, -1, 1.0, 1e-05, 1e22, True, False, None]


def same(notebook):
    """Both texts, from copies: writing may change what is written."""
    return notebook_text(copy.deepcopy(notebook)), nbformat.v4.writes_json(notebook)


@pytest.mark.parametrize("path", sorted(ROOT.glob("release/*/*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_of_the_course_is_written_as_it_was(path):
    """From its own text and back."""
    ours, theirs = same(nbformat.read(path, as_version=4))
    assert ours == theirs


def test_whatever_a_notebook_may_hold_is_written_as_nbformat_does():
    """Every kind of value, at every depth, empty and not, and what is left out."""
    tree = {
        "z": VALUES,
        "a": {"b": [], "c": {}, "e": ["x", ["y", {}]]},
        "1": dict(zip("abc", VALUES, strict=False)),
    }
    data = {"text/plain": "a\nb", "image/png": "iVBO\n", "application/json": tree}
    outputs = [
        nbformat.v4.new_output("display_data", data, metadata=tree),
        nbformat.v4.new_output("stream", text="one\ntwo"),
        nbformat.v4.new_output("error", ename="E", evalue="é", traceback=["a\nb", ""]),
    ]
    cells = [
        nbformat.v4.new_code_cell("a\n\nb", outputs=outputs, metadata=tree),
        nbformat.v4.new_markdown_cell("", attachments={"a": {"image/png": "x\ny"}}),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={**tree, "orig_nbformat": 3})
    notebook.metadata["signature"] = "gone"
    ours, theirs = same(notebook)
    assert ours == theirs
    assert json.loads(ours)["cells"][0]["source"] == ["a\n", "\n", "b"]
