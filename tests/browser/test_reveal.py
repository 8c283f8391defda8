"""ps1 in JupyterLab: what stands below a stub, a wrong line, and a right answer."""

import shutil

import pytest

from autograder.course import release_notebook
from tests.browser.jupyter import cell_with, jupyter_lab, run_notebook
from tests.browser.pages import Watched
from tests.notebooks import answers_to, hand_in, submission

SET = "ps1_derivatives"
WRONG_LINE = 'g["m"] = -g["r"] * v["r"] ** 2'
TRIED = """def try_neuron_backward():
    w, x = np.array([0.5, 1.0, -2.0]), np.array([1.5, 0.75])
    claim, _ = neuron_backward(w, x)
    return np.abs(claim - numerical_gradient(lambda w: sigmoid(w[0] + w[1:] @ x), w)).max()"""


def lay_out(folder):
    """Everything right, but for a wrong line in the graph and a stub at the end."""
    shutil.copytree(release_notebook(SET).parent, folder)
    right = answers_to(SET)
    right["graph_gradients"] = right["graph_gradients"].replace(
        WRONG_LINE, WRONG_LINE.replace("-", "")
    )
    del right["linear_unit_update"]
    hand_in(submission(SET, {**right, "try_neuron_backward": TRIED}), folder / f"{SET}.ipynb")
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


def outputs(page, source):
    return cell_with(page, source).locator(".jp-OutputArea-output")


def test_nothing_stops_and_nothing_warns(opened):
    assert opened.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert opened.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_a_right_answer_shows_its_formula_as_a_formula(opened):
    tick, note = outputs(opened, "check(sigmoid_prime_from_u)").all()
    assert tick.inner_text() == "✓ sigmoid_prime_from_u"
    assert note.locator("mjx-container").count() >= 1
    assert "$" not in note.inner_text()


def test_the_picture_of_the_way_back_appears_with_the_note(opened):
    *_, picture = outputs(opened, "check(neuron_backward)").all()
    drawn = picture.locator("svg[role=img]")
    assert "derivative" in drawn.get_attribute("aria-label")
    box = drawn.bounding_box()
    assert 300 < box["width"] < 900
    assert box["height"] > 100


def test_a_wrong_line_is_the_only_one_with_a_cross_and_nothing_is_revealed(opened):
    (answer,) = outputs(opened, "check(graph_gradients)").all()
    rows = [row.inner_text().split("\t") for row in answer.locator("tr").all()[1:]]
    assert {row[1]: row[0] for row in rows} == {**dict.fromkeys("fnrqtpsxy", "✓"), "m": "✗"}
    assert "If m grows, does 1/m grow or shrink?" in answer.inner_text()


def test_a_stub_is_not_started_and_a_trial_prints_its_number(opened):
    assert outputs(opened, "check(linear_unit_update)").inner_text() == (
        "– linear_unit_update is not started yet."
    )
    assert (
        outputs(opened, "tried(try_neuron_backward)")
        .inner_text()
        .startswith("try_neuron_backward gives ")
    )
    assert outputs(opened, "tried(try_graph_gradients)").inner_text().strip() == (
        "try_graph_gradients is not started yet."
    )
