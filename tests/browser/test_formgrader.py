"""nbgrader's own pages, in a browser, from the source notebook to the exported grades."""

import csv
import json
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.browser.jupyter import jupyter_lab
from tests.browser.pages import Watched
from tests.nbgrader_course import NAME, ROOT, make_course, nbgrader

PLUGIN = "autograder.nbgrader_plugin.rows.ExerciseExportPlugin"
SAMPLE = ROOT / "tests" / "submissions" / NAME / "eli_common_mistakes" / f"{NAME}.ipynb"
AUTOMATIC, BY_HAND = 13.0, 1.5
ACTIVE = {
    "derivation.html": "<!doctype html><script>{}</script>",
    "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>{}</script></svg>",
    "page.xhtml": "<html xmlns='http://www.w3.org/1999/xhtml'><script>{}</script></html>",
    "notes.txt": "<!doctype html><script>{}</script>",
    "data.json": "<!doctype html><script>{}</script>",
    "steps.py": "<!doctype html><script>{}</script>",
    f"{NAME}.html/inner.txt": "<script>{}</script>",
}
"""Handed in beside the notebook; each tries to run where staff are signed in."""
RUNS = "console.log('student-script', document.cookie)"
SCRIPT = "<img src=x onerror=console.log('student-script')>"


def hand_in(course: Path, change=None) -> None:
    """Submit the sample with a derivation, which is for a person to read."""
    notebook = json.loads(SAMPLE.read_text())
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade_id") == "derivation":
            cell["source"] = f"The chain has five links: $x_1$ is the last. {SCRIPT}"
        if change and marks.get("grade_id") in change:
            cell["source"] = change[marks["grade_id"]]
    folder = course / "submitted" / "eli" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    for name, content in ACTIVE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content.format(RUNS))


def press(page, button: str) -> str:
    """Press a button of one of formgrader's tables; what its dialog says."""
    page.locator(button).click()
    page.locator(".modal-dialog").wait_for()
    words = page.locator(".modal-title").inner_text()
    page.locator(".modal-dialog .close").first.click()
    page.locator(".modal-dialog").wait_for(state="hidden")
    return words


def open_submission(page, address: str):
    """Open the student's notebook for grading by hand."""
    answer = page.request.get(f"{address}/formgrader/api/submitted_notebooks/{NAME}/{NAME}")
    (entry,) = answer.json()
    page.goto(f"{address}/formgrader/submissions/{entry['id']}")
    field = page.locator("input#derivation")
    field.wait_for()
    page.wait_for_function("document.querySelector('#test_forward').placeholder == '1'")
    return entry


def visit(page, submission: str):
    """Open each file handed in beside the notebook, also round by `..`, as a link could."""
    for name in ACTIVE:
        for place in ("", f"..%2f..%2f..%2fsubmitted%2feli%2f{NAME}%2f"):
            answer = page.request.get(f"{submission}/{place}{name}")
            with suppress(Error):  # what is not shown is downloaded
                page.goto(f"{submission}/{place}{name}")
            yield place[:2] + name, (answer.status, answer.headers)


@pytest.fixture(scope="module")
def flow(chromium, tmp_path_factory):
    """The whole way, once: what was seen at each station."""
    course = make_course(tmp_path_factory.mktemp("course"))
    hand_in(course)
    seen: dict[str, object] = {"course": course}
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    with jupyter_lab(course, tmp_path_factory.mktemp("home")) as address:
        watched = Watched(context)
        page = watched.page
        page.goto(f"{address}/formgrader/manage_assignments")
        seen["generated"] = press(page, "td.assign a")
        page.goto(f"{address}/formgrader/manage_submissions/{NAME}")
        seen["autograded"] = press(page, "td.autograde a")
        seen["first"] = open_submission(page, address)
        with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
            page.locator("input#derivation").fill(str(BY_HAND))
            page.locator("input#derivation").press("Tab")
        seen["page"] = page.inner_text("body")
        seen["served"] = dict(
            visit(page, f"{address}/formgrader/submissions/{seen['first']['id']}")
        )
        hand_in(course, {"output_weight_step": RIGHT})
        page.goto(f"{address}/formgrader/manage_submissions/{NAME}")
        seen["regraded"] = press(page, "td.autograde a")
        seen["second"] = open_submission(page, address)
        seen["by_hand"] = page.locator("input#derivation").input_value()
        seen["said"] = list(watched.said)
    context.close()
    return seen


RIGHT = "def output_weight_step(learning_rate, delta_o, a):\n    return learning_rate * delta_o * a"


def test_the_buttons_generate_and_grade(flow):
    assert flow["generated"] == flow["autograded"] == flow["regraded"] == "Success"
    assert (flow["course"] / "release" / NAME / "check.py").is_file()


def test_the_page_shows_the_scores_and_the_sentences(flow):
    assert flow["first"]["code_score"] == AUTOMATIC
    assert flow["first"]["needs_manual_grade"]
    assert "It still has to go back through the output's sigmoid." in flow["page"]
    assert "✗ output_error_term: 0 of 1" in flow["page"].splitlines(), "a line of its own, no tags"


def test_a_grade_given_by_hand_outlives_a_new_grading(flow):
    assert flow["second"]["code_score"] == AUTOMATIC + 1
    assert float(flow["by_hand"]) == BY_HAND
    assert flow["second"]["written_score"] == BY_HAND
    assert flow["second"]["needs_manual_grade"], "nbgrader asks to look again: the file is another"


def test_nothing_of_a_student_runs_in_the_formgrader(flow):
    assert not [words for words in flow["said"] if "student-script" in words]


def test_no_page_beside_the_notebook_is_served(flow):
    """What a browser may run is not there; what is there is text, or for a stranger."""
    served = flow["served"]
    assert [name for name, (status, _) in served.items() if status == 200 and name[:2] != ".."] == [
        "notes.txt",
        "data.json",
        "steps.py",
    ]
    for status, headers in served.values():
        if status == 200:
            assert headers["content-security-policy"].startswith("sandbox;")
            assert headers["x-content-type-options"] == "nosniff"
    assert any(status == 200 for name, (status, _) in served.items() if name[:2] == "..")


def test_what_was_left_out_is_named(flow):
    for name in ("derivation.html", "drawing.svg", "page.xhtml", f"{NAME}.html/inner.txt"):
        assert name in flow["page"]


def test_the_feedback_page_of_nbgrader_shows_the_same_sentences(flow):
    nbgrader(flow["course"], "generate_feedback", NAME)
    beside = {path.name for path in (flow["course"] / "feedback" / "eli" / NAME).iterdir()}
    assert not beside & {"derivation.html", "drawing.svg", "page.xhtml"}
    page = (flow["course"] / "feedback" / "eli" / NAME / f"{NAME}.html").read_text()
    assert "<li>output_error_term is wrong. Only the error is here. It still has to go" in page
    assert "&lt;li&gt;" not in page


def test_the_exported_table_has_a_row_per_exercise(flow):
    nbgrader(flow["course"], "export", "--exporter", PLUGIN, "--to", "rows.csv")
    nbgrader(flow["course"], "export")
    rows = list(csv.DictReader((flow["course"] / "rows.csv").read_text().splitlines()))
    scores = {row["exercise"]: float(row["score"]) for row in rows}
    assert scores["derivation"] == BY_HAND
    assert scores["output_weight_step"] == 1
    assert sum(scores.values()) == AUTOMATIC + 1 + BY_HAND
    assert {row["graded_by"] for row in rows if row["exercise"] != "derivation"} == {"autograder"}
    (total,) = csv.DictReader((flow["course"] / "grades.csv").read_text().splitlines())
    assert float(total["score"]) == sum(scores.values())
