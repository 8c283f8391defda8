"""No page has a serious violation of the rules that axe-core knows, in light and in dark."""

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_output

from autograder.course import release_notebook
from autograder.exercise.load import assignment_names
from autograder.records import Graded
from autograder.report.feedback import render
from autograder.report.sections import sections
from autograder.report.summary import write_class_report
from autograder.student.show import Card, Row
from tests.browser.results import class_of, hostile, hostile_outputs, sample
from tests.notebooks import submission

SET = "ps2_worked_example"
SERIOUS = {"serious", "critical"}
NBCONVERTS_OWN = [".jp-InputPrompt", ".jp-OutputPrompt", ".highlight"]
"""Its prompts and its colours of code."""
SCHEMES = ["light", "dark"]
CARDS = (
    Card("f", "passed", notes=("A note.",)),
    Card("f", "unstarted", (Row("f", "unstarted", "f is not started yet."),)),
    Card(
        "f",
        "wrong",
        (
            Row("dW", "wrong", "The sign is turned.", "(2, 2)", np.eye(2, dtype=bool)),
            Row("db", "passed"),
            Row("dX", "unstarted", "It waits."),
        ),
    ),
)


def violations(page, without=()) -> list[str]:
    """The serious ones, each with the first element that it was found at."""
    context = {"exclude": [[place] for place in without]} if without else None
    found = Axe().run(page, context).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("student", ["ada_all_right", "eli_common_mistakes", "kim_endless_loop"])
def test_a_feedback_page_is_accessible(watched, tmp_path, student, scheme):
    path = tmp_path / "page.html"
    path.write_text(render(Graded(sample(SET, student)), sections(submission(SET))))
    assert violations(watched(color_scheme=scheme).open(path).page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_with_outputs_and_strange_words_is_accessible(watched, tmp_path, scheme):
    path = tmp_path / "page.html"
    path.write_text(render(Graded(hostile(), hostile_outputs())))
    assert violations(watched(color_scheme=scheme).open(path).page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_class_report_is_accessible(watched, tmp_path, scheme):
    path = write_class_report(class_of(30), tmp_path)
    assert violations(watched(color_scheme=scheme).open(path).page) == []


@pytest.mark.parametrize(
    ("name", "theme"), [(SET, "dark"), *((name, "light") for name in assignment_names())]
)
def test_a_notebook_with_answers_of_check_is_accessible(watched, tmp_path, name, theme):
    notebook = nbformat.read(release_notebook(name), as_version=4)
    outputs = [new_output("display_data", card._repr_mimebundle_()) for card in CARDS]
    notebook.cells.append(new_code_cell("check()", outputs=outputs, id="answers"))
    exporter = HTMLExporter(theme=theme, mathjax_url="", require_js_url="", embed_images=True)
    resources = {"metadata": {"path": str(release_notebook(name).parent), "name": name}}
    html, _ = exporter.from_notebook_node(notebook, resources)
    path = tmp_path / "notebook.html"
    path.write_text(html)
    assert violations(watched().open(path).page, NBCONVERTS_OWN) == []


def test_what_is_not_accessible_is_found(watched, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html lang=en><title>t</title><p style='color:#999'>pale</p><img src=x.png>")
    found = violations(watched().open(path).page)
    assert [one.partition(":")[0] for one in found] == ["color-contrast", "image-alt"]
