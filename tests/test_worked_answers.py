"""The lecture's worked answers count on its sheet; typed into a function they are worth nothing."""

import re

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.course import course_root
from autograder.exercise.answers import answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import load_assignment
from tests.conftest import SECRET

ASSIGNMENT = load_assignment("ps2_worked_example")
PRINTED = {
    "forward": (-0.02, 0.495, 0.0495, 0.512),
    "output_error_term": 0.122,
    "hidden_error_term": 0.003,
    "output_weight_step": 0.0302,
    "input_weight_steps": np.array([0.00015, 0.00045]),
}
HELD_BACK = ("0.122", "0.003", "0.0302", "0.00015", "0.00045")
"""The blanks of the lecture's sheet: they stand in the note for after ✓, and nowhere else."""
EXACT = {"delta_o": 0.1218322, "delta_h": 0.003045501, "step_out": 0.03015349}
EXACT["step_W"] = (0.00015227507, 0.0004568252)


def report_of(name, function, case_set=0):
    """Grade a function as one exercise of ps2."""
    return judge(answer(ASSIGNMENT.exercise(name), SECRET, case_set), function)


def worked(report):
    """The check at the lecture's numbers."""
    return next(check for check in report.checks if check.name == "worked")


def rounding(function, decimals):
    """The function, with its results rounded."""

    def rounded(*arguments):
        result = function(*arguments)
        if isinstance(result, tuple):
            return tuple(round(part, decimals) for part in result)
        return np.round(result, decimals)

    return rounded


@pytest.mark.parametrize("name", PRINTED)
def test_printed_answers_typed_in_meet_the_worked_check_and_earn_nothing(name):
    """A constant agrees with the lecture and with no hidden input, and the feedback says so."""
    for case_set in range(CASE_SETS):
        report = report_of(name, lambda *_: PRINTED[name], case_set)
        assert worked(report).status == "passed"
        assert report.score == 0
        lost = [check for check in report.checks if check.points]
        assert {check.mistake for check in lost} == {"constant"}
        assert all("typed in" in check.nudge for check in lost)


@pytest.mark.parametrize("name", PRINTED)
def test_answers_rounded_to_three_decimals_lose_points_and_are_told_why(name):
    """Three decimals are the lecture's printing, not an answer."""
    reference = ASSIGNMENT.exercise(name).reference
    for case_set in range(CASE_SETS):
        report = report_of(name, rounding(reference, 3), case_set)
        assert report.score < report.points
        lost = [check for check in report.checks if check.score < check.points]
        assert {check.mistake for check in lost} == {"rounded"}
        assert all("It is rounded to" in check.nudge for check in lost)


@pytest.mark.parametrize("second", [0.00045, 0.00046])
def test_both_roundings_of_the_second_step_are_accepted(second):
    """0.00045 comes of rounding δ_h first, 0.00046 of the exact value."""
    report = report_of("input_weight_steps", lambda *_: np.array([0.00015, second]))
    assert worked(report).status == "passed"


@pytest.mark.parametrize("steps", [(0.00015, 0.00044), (0.00017, 0.00045), (0.00045, 0.00015)])
def test_other_steps_are_not_the_printed_ones(steps):
    """The tolerance is that of the printing, no wider."""
    report = report_of("input_weight_steps", lambda *_: np.array(steps))
    assert worked(report).status == "wrong"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("forward", (-0.02, 0.495, 0.0495, 0.513)),
        ("output_error_term", 0.121),
        ("hidden_error_term", 0.004),
        ("output_weight_step", 0.0301),
    ],
)
def test_a_neighbour_of_a_printed_answer_is_wrong(name, near):
    """One unit in the last printed digit is too far."""
    assert worked(report_of(name, lambda *_: near)).status == "wrong"


def test_exact_values_round_to_the_printed_ones():
    """All but the second step, whose exact value rounds to 0.00046."""
    reference = {e.name: e.reference for e in ASSIGNMENT.exercises}
    x, W = np.array([0.1, 0.3]), np.array([0.4, -0.2])
    h, a, out, y_hat = reference["forward"](x, W, 0.1)
    delta_o = reference["output_error_term"](1.0, y_hat)
    delta_h = reference["hidden_error_term"](0.1, delta_o, a)
    assert (round(h, 2), round(a, 3), round(out, 4), round(y_hat, 3)) == PRINTED["forward"]
    assert (round(delta_o, 3), round(delta_h, 3)) == (0.122, 0.003)
    assert delta_o == pytest.approx(0.121832, abs=5e-7)
    assert delta_h == pytest.approx(0.00304550, abs=5e-9)
    assert reference["output_weight_step"](0.5, delta_o, a) == pytest.approx(0.0301535, abs=5e-8)
    steps = reference["input_weight_steps"](0.5, delta_h, x)
    np.testing.assert_allclose(steps, [0.00015228, 0.00045683], rtol=0, atol=5e-9)


def test_worked_answers_earn_no_points_in_a_function():
    """They tell a student something; the functions' points are earned on other inputs."""
    checks = [c for e in ASSIGNMENT.exercises for c in e.checks if c.name == "worked"]
    assert len(checks) == len(PRINTED)
    assert sum(check.points for check in checks) == 0


def readable(notebook):
    """What a student can read in a release notebook and beside it, but for the packed notes."""
    folder = course_root() / "release" / ASSIGNMENT.name
    texts = [(folder / notebook).read_text(encoding="utf-8")]
    return "".join([*texts, *(picture.read_text() for picture in folder.glob("*.svg"))])


@pytest.mark.parametrize("printed", HELD_BACK)
def test_no_blank_of_the_sheet_stands_in_the_notebook(printed):
    """The numbers that are asked for are in no text, picture or given code before ✓."""
    assert not re.search(
        rf"(?<!\d){re.escape(printed)}(?!\d)", readable(f"{ASSIGNMENT.name}.ipynb")
    )
    assert printed in ASSIGNMENT.exercise("worked_example").reveal


def sheet(**typed):
    """What the sheet earns with these blanks, the others being exact: check → (score, slug)."""
    report = report_of("worked_example", lambda: EXACT | typed)
    return {check.name: (check.score, check.mistake) for check in report.checks}


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"delta_o": 0.122, "delta_h": 0.003, "step_out": 0.0302, "step_W": [0.00015, 0.00045]},
        {"step_W": np.array([0.00015, 0.00046]), "step_out": 0.03015},
        {"delta_o": 0.1218, "step_out": 0.0301},
        {"delta_o": 0.1225, "delta_h": 0.0025, "step_W": (0.000145, 0.000465)},
    ],
)
def test_the_sheet_counts_by_either_way_of_rounding(typed):
    """Exact, as printed, with the lecture's rounding on the way, and the ends of the ranges."""
    assert sheet(**typed) == {
        "delta_o": (1.0, ""),
        "delta_h": (1.0, ""),
        "step_out": (0.5, ""),
        "step_W": (0.5, ""),
    }


@pytest.mark.parametrize(
    ("blank", "typed", "slug"),
    [
        ("delta_o", 0.12, "delta_o"),
        ("delta_o", -0.122, "sign"),
        ("delta_o", 0.4875, "no-output-slope"),
        ("delta_h", 0.0122, "no-hidden-slope"),
        ("delta_h", 0.00603, "a-for-slope"),
        ("step_out", 0.0603, "no-rate"),
        ("step_out", 0.0609, "no-activation"),
        ("step_W", (0.0061, 0.0183), "wrong-delta"),
        ("step_W", (0.00061, -0.0003), "weights-for-inputs"),
        ("step_W", (0.00045, 0.00015), "step_W"),
        ("delta_h", np.nan, "delta_h"),
    ],
)
def test_a_wrong_blank_costs_itself_alone_and_is_named_where_it_is_known(blank, typed, slug):
    """Two digits are too few; a slip is named by its own number."""
    found = sheet(**{blank: typed})
    assert found.pop(blank) == (0.0, slug)
    assert {mistake for _, mistake in found.values()} == {""}
