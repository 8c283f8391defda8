"""A release notebook in JupyterLab: what a student sees while working."""

import shutil

import pytest

from autograder.course import release_notebook
from tests.browser.jupyter import cell_with, jupyter_lab, run_notebook
from tests.browser.pages import Watched
from tests.notebooks import answers_to, hand_in, submission

SET = "ps4_batch_mlp"
LAST_LOST = """def linear_backward(dZ, A_prev, W):
    dA_prev = np.zeros_like(A_prev)
    for n in range(dZ.shape[1] - 1):
        dA_prev[:, n] = W.T @ dZ[:, n]
    return dA_prev, dZ @ A_prev.T, bias_gradient(dZ)"""


def lay_out(folder):
    """A student's folder: three functions right, one wrong, the rest not started."""
    shutil.copytree(release_notebook(SET).parent, folder)
    right = ("weight_gradient_entry", "weight_gradient", "bias_gradient")
    given = {name: answers_to(SET)[name] for name in right}
    notebook = submission(SET, {**given, "linear_backward": LAST_LOST})
    hand_in(notebook, folder / f"{SET}.ipynb")
    return folder


@pytest.fixture(scope="module")
def opened(chromium, tmp_path_factory):
    """The notebook after *Run All*."""
    folder = lay_out(tmp_path_factory.mktemp("student") / SET)
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    with jupyter_lab(folder, tmp_path_factory.mktemp("home")) as address:
        page = Watched(context).page
        run_notebook(page, address, f"{SET}.ipynb")
        yield page
    context.close()


def shown(page, source: str):
    return cell_with(page, source).locator(".jp-OutputArea-output")


def test_a_notebook_full_of_stubs_runs_without_an_error(opened):
    assert opened.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert opened.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert shown(opened, "check(backward)").inner_text() == "– backward is not started yet."
    assert "This cell waits for" in opened.inner_text(".jp-Notebook")


def test_a_right_answer_gets_a_tick_and_its_formula(opened):
    words = shown(opened, "check(weight_gradient_entry)").all_inner_texts()
    assert words[0] == "✓ weight_gradient_entry"
    assert "All examples use the same weight" in words[1]


def test_a_wrong_answer_gets_a_table_and_a_picture_of_where(opened):
    answer = shown(opened, "check(linear_backward)")
    assert answer.locator("tr").count() == 5
    assert "Of which loss is it asked for?" in answer.inner_text()
    picture = answer.get_by_role("img", name="2 of 12 entries differ: they are crossed")
    assert picture.is_visible()
    pictures = answer.locator("svg").count()
    assert pictures == 2, "of dA_prev on two layers; that all of dW is wrong needs no picture"


def test_without_a_function_the_progress_over_the_set_is_shown(opened):
    words = shown(opened, "check()").inner_text()
    assert words.startswith("– 3 of 11 functions pass their example. Go on with shapes.")


def test_the_validate_button_says_which_cells_fail_and_why(opened):
    opened.get_by_role("button", name="Validate").click()
    dialog = opened.locator(".jp-Dialog-content")
    dialog.get_by_text("derivative of the sum of the").wait_for()
    assert "forward is not started yet" in dialog.inner_text()
    assert "Traceback" not in dialog.inner_text()
