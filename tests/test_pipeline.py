"""From a notebook to a report: what is run, and what is said of it."""

import pytest

from autograder.extract.extract import read_submission
from autograder.pipeline import Grader
from autograder.report.words import told
from autograder.settings import Limits
from tests.notebooks import cell_of, hand_in, insert_after, solved, submission

PS2 = "ps2_worked_example"
ENDLESS = "def hidden_error_term(w_out, delta_o, a):\n    while True:\n        pass"
HELPER = "def hidden_error_term(w_out, delta_o, a):\n    return w_out * delta_o * slope(a)"


@pytest.fixture(scope="module")
def graders():
    limits = Limits(call_seconds=1.0)
    with (
        Grader(PS2, workers=1, limits=limits) as plain,
        Grader(PS2, workers=1, limits=limits, outputs=True) as showing,
    ):
        yield plain, showing


def grade(grader, notebook, folder):
    return graded(grader, notebook, folder).report


def graded(grader, notebook, folder):
    return grader.graded(handed_in(grader, notebook, folder))


def handed_in(grader, notebook, folder):
    path = hand_in(notebook, folder / f"{PS2}.ipynb")
    return read_submission(path, student="ada", release=grader.release)


def test_pictures_cannot_disturb_the_grading(graders, tmp_path):
    """A helper named like a variable of a picture works when it is graded, with outputs or not."""
    notebook = solved(PS2, hidden_error_term=HELPER)
    insert_after(notebook, "output_error_term", "def slope(a):\n    return a * (1 - a)")
    for cell in notebook.cells:
        if "illustration" in cell.metadata.get("tags", []):
            cell.source += "\nslope = 3"
    plain, shown = (graded(grader, notebook, tmp_path) for grader in graders)
    assert plain.report.score == shown.report.score == shown.report.max_score
    assert any(cell.outputs for cell in shown.shown.cells)
    assert not any(cell.outputs for cell in plain.shown.cells)


def test_cells_that_check_are_not_run_where_nobody_sees_what_they_say(graders, tmp_path):
    """Under nbgrader a score takes that place; scores and other outputs are the same."""
    notebook = solved(PS2)
    insert_after(notebook, "forward", "print('mine')")
    whole = graded(graders[1], notebook, tmp_path)
    with Grader(PS2, workers=1, outputs=True, checks=False) as grader:
        submission = handed_in(grader, notebook, tmp_path)
        found = grader.graded(submission)
    assert found.report.exercises == whole.report.exercises
    pairs = zip(submission.cells, found.shown.cells, whole.shown.cells, strict=True)
    others = [(ours, theirs) for cell, ours, theirs in pairs if cell.role != "grade"]
    assert all(ours == theirs for ours, theirs in others)
    assert any(ours.outputs for ours, _ in others)
    statuses = {
        cell.role: shown.status
        for cell, shown in zip(submission.cells, found.shown.cells, strict=True)
    }
    assert statuses["grade"] == "not_run"
    assert statuses["extra"] == "ran"


def test_what_ran_too_long_is_not_run_again_for_its_outputs(graders, tmp_path):
    submission = handed_in(graders[1], solved(PS2, hidden_error_term=ENDLESS), tmp_path)
    found = graders[1].graded(submission)
    for cell, shown in zip(submission.cells, found.shown.cells, strict=True):
        source = cell.source
        if source.startswith("check(hidden_error_term)"):
            assert "Not run again" in shown.outputs[0]["text"]
        if source.startswith("check(forward)"):
            assert shown.status == "ran"


def test_a_function_lost_to_a_syntax_error_is_explained(graders, tmp_path):
    wrong = "def output_error_term(y, y_hat)\n    return y"
    report = grade(graders[0], solved(PS2, output_error_term=wrong), tmp_path)
    exercise = next(e for e in report.exercises if e.name == "output_error_term")
    assert exercise.status == "raised"
    assert "cannot read the cell" in told(exercise.checks[0])


def test_float32_is_accepted_with_a_note(graders, tmp_path):
    single = (
        "def input_weight_steps(learning_rate, delta_h, x):\n"
        "    return (learning_rate * delta_h * x).astype(np.float32)"
    )
    report = grade(graders[0], solved(PS2, input_weight_steps=single), tmp_path)
    exercise = next(e for e in report.exercises if e.name == "input_weight_steps")
    assert exercise.score == exercise.points
    assert any("float32" in note for note in exercise.notes)


def test_the_right_numbers_lying_down_earn_part_of_the_points(graders, tmp_path):
    row = (
        "def input_weight_steps(learning_rate, delta_h, x):\n"
        "    return (learning_rate * delta_h * x)[None, :]"
    )
    report = grade(graders[0], solved(PS2, input_weight_steps=row), tmp_path)
    exercise = next(e for e in report.exercises if e.name == "input_weight_steps")
    assert exercise.score == exercise.points / 2
    assert "axis of length 1 too many" in told(exercise.checks[0])


def test_a_file_that_is_no_notebook_gets_a_row_a_zero_and_a_reason(graders, tmp_path):
    path = tmp_path / "letter.ipynb"
    path.write_text("Dear professor")
    release = graders[0].release
    report = graders[0].grade(read_submission(path, student="lou", release=release))
    assert (report.status, report.score) == ("not_graded", 0.0)
    assert "letter.ipynb is not JSON" in report.reason
    assert [exercise.score for exercise in report.exercises] == [0.0] * len(report.exercises)


def test_a_blank_notebook_earns_nothing_and_is_told_so_kindly(graders, tmp_path):
    notebook = submission(PS2)
    assert "NotImplementedError" in cell_of(notebook, "forward").source
    report = grade(graders[0], notebook, tmp_path)
    assert report.score == 0
    assert {exercise.status for exercise in report.exercises} == {"missing"}
    assert told(report.exercises[0].checks[0]) == "forward is not started yet."
