"""What students get, opened as a new one does: START, ps1 from a stub to ✓, and the hand-in."""

import json
import shutil
from urllib.parse import urlsplit

import pytest

from autograder.cli.main import main as autograder
from tests.browser.jupyter import (
    ALL_RAN,
    cell_with,
    choose,
    jupyter_lab,
    kernel_ready,
    retype,
    run_cell,
)
from tests.browser.pages import Watched

SET = "ps1_derivatives"
FUNCTION = "sigmoid_prime_from_u"
STUB, CHECK = f"def {FUNCTION}(", f"check({FUNCTION})"
WRONG, RIGHT = (f"{STUB}u):\n    return {slope}" for slope in ("-1 / u**2", "(u - 1) / u**2"))
SENTENCE = "This is the slope with respect to u, the first link alone."


def words_below(cell):
    """The words of each output of a cell."""
    return cell.locator(".jp-OutputArea-output").all_inner_texts()


def answer(page, source):
    """Write an answer over what stands in the cell, run it, and ask `check`."""
    retype(page, cell_with(page, STUB), source)
    run_cell(page, STUB)
    return words_below(run_cell(page, CHECK))


def begin(page, address):
    """Open the start page, look at the installation, and go to the first set by its link."""
    page.goto(f"{address}/lab/tree/START.ipynb")
    kernel_ready(page)
    words = page.locator(".jp-RenderedMarkdown").all_inner_texts()
    installed = words_below(run_cell(page, "is everything there?"))
    page.get_by_role("link", name="1 · Derivatives and the chain rule").click()
    cell_with(page, f'SET, FILES = "{SET}"').wait_for()
    return {"start": "\n".join(words), "installed": "".join(installed)}


def work(page):
    """The first section that asks for one line: stub, a wrong line, the right one."""
    kernel_ready(page)
    for source in ("SET, FILES =", "from check import check"):
        run_cell(page, source)
    run_cell(page, STUB)
    return {
        "stub": words_below(run_cell(page, CHECK)),
        "wrong": answer(page, WRONG),
        "right": answer(page, RIGHT),
    }


def hand_in(page):
    """What the last cell of the notebook says, in its order, up to the file."""
    choose(page, "Kernel", "Restart Kernel and Run All Cells")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_function(ALL_RAN)
    kernel_ready(page)
    (progress,) = words_below(page.locator(".jp-CodeCell:visible").last)
    with page.expect_response(_saves) as saved:
        choose(page, "File", "Save Notebook")
    return {"progress": progress, "saved": saved.value.ok}


def _saves(response):
    """Whether a response is the server's to a notebook that it was sent."""
    asked = response.request
    return asked.method == "PUT" and urlsplit(asked.url).path.endswith(f"{SET}.ipynb")


@pytest.fixture(scope="module")
def minute(chromium, tmp_path_factory):
    """The whole way, once: what was seen at each station, and the grader's report."""
    out, home = tmp_path_factory.mktemp("published"), tmp_path_factory.mktemp("home")
    submitted = tmp_path_factory.mktemp("submitted")
    assert autograder(["publish", "--out", str(out)]) == 0
    with jupyter_lab(out, home) as address:
        watched = Watched(chromium.new_context(viewport={"width": 1200, "height": 900}))
        page = watched.page
        seen = {**begin(page, address), **work(page), **hand_in(page)}
        page.context.close()
    shutil.copy(out / SET / f"{SET}.ipynb", submitted / "ada.ipynb")
    results = submitted / "results"
    given = ["--assignment", SET, "--out", str(results), "--quiet"]
    assert autograder(["grade", str(submitted), *given]) == 0
    return {**seen, "report": json.loads((results / "ada.json").read_text())}


def test_the_start_page_says_how_to_begin_and_what_is_installed(minute):
    assert "pip install -r requirements.txt" in minute["start"]
    assert "Hand in the one notebook" in minute["start"]
    said = [line.split() for line in minute["installed"].splitlines()]
    assert [name for name, *_ in said] == ["Python", "numpy", "matplotlib"]
    assert all(len(line) == 2 for line in said), "a version each, and nothing to do"


def test_a_stub_is_not_started(minute):
    assert minute["stub"] == [f"– {FUNCTION} is not started yet."]


def test_a_wrong_line_gets_its_sentence_and_no_formula(minute):
    (words,) = minute["wrong"]
    assert words.startswith("✗")
    assert SENTENCE in words


def test_a_right_line_gets_a_tick_and_the_note_with_the_reason(minute):
    tick, note = minute["right"]
    assert tick == f"✓ {FUNCTION}"
    assert "The two links are multiplied, their minus signs cancel" in note


def test_the_last_cell_says_how_far_one_is(minute):
    assert minute["progress"].startswith("– 1 of 13 functions passes its example.")


def test_what_jupyterlab_saved_earns_the_points_of_what_was_written(minute):
    report = minute["report"]
    assert minute["saved"]
    earned = {one["name"]: one["score"] for one in report["exercises"] if one["score"]}
    assert report["status"] == "graded"
    assert earned == {FUNCTION: 1.0}
