"""What passes through the grader's own process takes time in proportion, or is cut before.

Two megabytes of whatever makes a parser look for an end that never comes. The limit is in seconds
of computing: a pass whose time grows as the square takes minutes or hours.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbconvert.preprocessors.sanitize import SanitizeHTML

from autograder.extract.extract import submission_of
from autograder.extract.forms import UnreadableError, notebook_in
from autograder.extract.release import read_release
from autograder.judge.cells import cell_failures, explained
from autograder.judge.reading import mask, read_failure
from autograder.nbgrader_plugin.student_outputs import output_nodes
from autograder.records import Call, CallOutcome, Cell, CellOutcome, Job, Outcome
from autograder.report.names import file_name, harmless, printable
from autograder.report.sanitise import MOST_STEPS, MarkdownBudget, harmless_markdown, plain
from autograder.settings import Limits
from tests.notebooks import submission

NAME = "ps1_derivatives"
SIZE = 2 * 2**20
SECONDS = 10.0
MARKDOWN_SECONDS = 20.0
"""For the renderer, at the edge of what it is given."""
KNOWN = ("\n", "\\(", "<b></p>", "\x1b[m", "\x1b[", "sigmoid\n", "javascript ", "; ", "\x1b")
"""What took minutes in one pass or another."""
OTHERS = (
    " ", "\t\n", "x", "\\[", "\\begin{a}", "$", "$$a", "[", "![", "[a](", "[a]: ", "[^a]", "*",
    "**a ", "_a", "`", "``x", "> ", "- ", "1. ", "# ", "|a", "~~", "<", "<a href='", "<!--",
    "</p>", "&", "&#1;", "&a", "javascript", "java\n", "script:", "\x1b[0;", "def ",
    "\x0b", "\x7f", "\x85", "\ufdd0", "\U0001fffe",
    "def f", "async ", "async\n", "sigmoid ", "1.", ".1e", "-", "9", "=", ";", ",", "; =", "'",
    '"', "\\", "(", "{", "\u0300", "\u202e", "漢", "\U0001f600", "ß",
    '\\"', '"\\', "# In[1", "[],",
)  # fmt: skip
PIECES = [*KNOWN, *(pytest.param(piece, marks=pytest.mark.nightly) for piece in OTHERS)]


def spent(action: Callable[[], object]) -> float:
    """Seconds of computing, which other work on the machine does not change."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


def megabytes(piece: str, size: int = SIZE) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def read(text: str) -> None:
    """A notebook in which the text stands in a cell of every kind."""
    notebook = submission(NAME, {"sigmoid": text})
    for kind in ("code", "markdown", "raw"):
        notebook.cells.append({"cell_type": kind, "metadata": {}, "source": text})
    content = json.dumps(notebook).encode("utf-8", "surrogatepass")
    submission_of((content, ""), "x.ipynb", student="ada", release=read_release(NAME))


def read_as(form: str, text: str) -> None:
    """The text is the file itself."""
    with suppress(UnreadableError):
        notebook_in(text.encode(), f"x{form}", NAME, Limits())


def judge_cells(text: str) -> None:
    cells = (Cell(text, "solution"),) * 2
    calls = tuple(Call(f"f{number}", ()) for number in range(20))
    ended = Outcome((CellOutcome("raised"),) * 2, (CallOutcome("missing"),) * 20, "none")
    explained(Job(cells, calls), ended)
    cell_failures(Job(cells, calls), ended)


def show(text: str) -> None:
    data = {"text/plain": text, "text/html": text, "image/png": text, "image/jpeg": text}
    output_nodes([
        {"output_type": "stream", "text": text},
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]},
        {"output_type": "display_data", "data": data},
        {"output_type": "display_data", "data": {"text/html": text}},
    ])  # fmt: skip


PASSES: dict[str, Callable[[str], object]] = {
    "extract": read,
    "JSON": lambda text: read_as(".ipynb", '[{"' + text),
    "script": lambda text: read_as(".py", "\n# %%" + text),
    "cells": judge_cells,
    "outputs": show,
    "plain": plain,
    "markdown": harmless_markdown,
    "budget": lambda text: MarkdownBudget().harmless(text),
    "printable": printable,
    "table": harmless,
    "file name": file_name,
    "message": lambda text: (mask(text[:500]), read_failure(text[:80], text[:500], "f")),
}


@pytest.mark.parametrize("piece", PIECES)
def test_two_megabytes_take_no_time(piece):
    """Of any sign that somewhere begins something."""
    text = megabytes(piece)
    took = {name: spent(lambda name=name: PASSES[name](text)) for name in PASSES}
    assert max(took.values()) < SECONDS, took


@pytest.mark.parametrize("piece", PIECES)
def test_a_renderer_of_markdown_gets_what_it_can_manage(piece):
    """Two megabytes, shown as typed; and as much as is just let through, with what renders it."""
    step = len(piece)
    for size in (SIZE, int((MOST_STEPS * step) ** 0.5) - step):
        text = MarkdownBudget().harmless(megabytes(piece, size))

        def render(text=text):
            markdown2html_mistune(text)
            SanitizeHTML().sanitize_html_tags(text)

        assert spent(render) < MARKDOWN_SECONDS


def test_honest_derivations_stay_markdown():
    """Long ones, too, and all of a notebook together."""
    formula = "$\\frac{\\partial E}{\\partial w} = -(y - \\hat{y}) f'(h) x_i$"
    line = f"The chain rule gives {formula}, so *w* grows.\n\n"
    budget = MarkdownBudget()
    for text in [line * 40] * 12:
        assert not budget.harmless(text).startswith("```")


def test_what_is_too_much_is_shown_as_typed_and_stays_inside_its_fence():
    text = "`" * 50 + "\n" + "\\(" * SIZE
    shown = MarkdownBudget().harmless(text)
    fence = "`" * 53
    assert shown.startswith(f"{fence}\n{text[:100]}")
    assert shown.endswith(f"\n{fence}")
    assert "<script" not in markdown2html_mistune(MarkdownBudget().harmless("<script>" * SIZE))
