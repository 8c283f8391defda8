"""The desk says what the grader says also of lines that are judged from a student's own lines."""

import dataclasses
import json

import numpy as np
import pytest

from autograder.authoring.laws import judge
from autograder.exercise import Check, Keys
from autograder.exercise.answers import answer
from autograder.exercise.spec import Assignment
from autograder.student.generate import write
from autograder.student.note import Note, packed, unpacked
from exercises import judges
from tests.conftest import SECRET, affine_backward
from tests.judge.test_given import chain, chain_exercise, line_by_line, sheet_exercise, wrong_b
from tests.judge.test_shapes import EXERCISE as SHAPES
from tests.judge.test_shapes import as_array, shapes
from tests.student.test_check import handed_in, load, said

NOTE = "$dX = dZ\\,W^T$: each input feeds every unit.\n\n<svg aria-label='two boxes'>…</svg>\n"


def desk(tmp_path, *exercises):
    write(Assignment("ps0_small", "Small", exercises), tmp_path)
    return load(tmp_path)


def cards(helper, exercise, function):
    return {row.label: row for row in helper.judge(handed_in(function, exercise.name)).rows}


LINES = {
    "right": chain,
    "first wrong": lambda x: line_by_line(x, c=lambda g: np.sin(x) + 3),
    "second wrong": lambda x: line_by_line(x, b=lambda g: g["c"] + 1),
    "known mistake after a wrong line": lambda x: line_by_line(
        x, c=lambda g: np.sin(x) + 3, b=lambda g: wrong_b(g, (x,))["b"]
    ),
    "zeros": lambda x: {name: np.zeros(len(x)) for name in "abc"},
    "a line missing": lambda x: {"c": 1 + x**2, "a": x},
    "lists": lambda x: {name: line.tolist() for name, line in chain(x).items()},
    "nan in one": lambda x: {**chain(x), "b": np.full(len(x), np.nan)},
}


@pytest.mark.parametrize("function", LINES.values(), ids=LINES)
def test_each_line_has_the_graders_verdict_and_its_words(tmp_path, function):
    exercise = chain_exercise()
    rows = cards(desk(tmp_path, exercise), exercise, function)
    report = judge(answer(exercise, SECRET, 0), function)
    for check in report.checks:
        assert rows[check.name].state == check.status, check
        if check.mistake != "as-given":  # how values lie to the right ones only the grader says
            assert check.nudge in rows[check.name].words


def test_what_lines_are_judged_with_are_numbers(tmp_path):
    desk(tmp_path, chain_exercise())
    held = json.loads((tmp_path / "examples.json").read_text())["functions"]["chain"]["checks"][1]
    assert {len(entry) for entry in held["given"][0]["entries"]} == {3}
    assert held["mistaken"].keys() == {"squared"}
    assert not held["mistakes"]


def test_a_table_has_a_row_for_each_key_and_shows_no_wanted_shape(tmp_path):
    helper = desk(tmp_path, SHAPES)
    wrong = handed_in(lambda D, H: {**shapes(D, H), "h": (H, 1), "dW": (1,)}, "shapes")
    words = said(helper.check, wrong).splitlines()
    assert words[:2] == ["✗ shapes", "  ✓ W"]
    assert words[2].startswith("  ✗ h: the shape (")
    assert words[2].endswith("is not right. Why two?")
    assert words[3] == "  ✗ dW: the shape (1,) is not right."
    case = json.loads((tmp_path / "examples.json").read_text())["functions"]["shapes"]["cases"][0]
    page = helper.judge(wrong)._repr_html_()
    assert str(shapes(*case["arguments"]["tuple"])["W"]) in page  # the student's own, ticked
    assert str(shapes(*case["arguments"]["tuple"])["h"]) not in page
    assert said(helper.check, shapes) == "✓ shapes"


def test_an_array_whose_shape_is_the_question_is_judged_as_the_grader_does(tmp_path):
    helper = desk(tmp_path, as_array(asks_shapes=True))
    words = said(helper.check, handed_in(lambda dZ: dZ.mean(axis=1), "bias"))
    assert words.endswith("is not right. The numbers are right.")
    assert "must have" not in words


def test_several_keys_may_be_looked_at_where_shapes_are_no_secret(tmp_path):
    exercise = dataclasses.replace(
        chain_exercise(), checks=(Check("both", 1, part=Keys("b", "a")),), mistakes=()
    )
    helper = desk(tmp_path, exercise)
    words = said(helper.check, handed_in(lambda x: {**chain(x), "a": x}, "chain"))
    assert words.startswith("✗ chain\n  ✓ b\n  ✗ both['a']: ")


def test_the_inputs_of_ones_own_are_judged_and_no_more(tmp_path, monkeypatch):
    """Where the course shares the reading of them; what follows from them only the grader knows."""
    exercise = sheet_exercise()
    shared = exercise.checks[0].own_inputs
    monkeypatch.setattr(shared, "__module__", "exercises.judges")
    helper = desk(tmp_path, exercise)
    monkeypatch.setitem(helper.__dict__, "JUDGES", {"own_numbers": shared})
    right = {"x": 2.0, "w": 3.0, "y": 0.0, "z": 0.0}
    card = helper.judge(handed_in(lambda: right, "example_sheet"))
    assert (card.state, card.notes) == ("passed", (helper.ADMISSIBLE,))
    card = helper.judge(handed_in(lambda: {**right, "x": 0.5}, "example_sheet"))
    assert repr(card) == "✗ x must lie between 1 and 9 in size."
    card = helper.judge(handed_in(lambda: {"x": 1}, "example_sheet"))
    assert "must return a dict" in repr(card)


def test_the_authors_judge_is_asked_where_the_course_shares_it(tmp_path, affine, monkeypatch):
    def is_small(value, arguments):
        return True if np.abs(value).max() < 1e3 else "Is that so large?"

    is_small.__module__ = judges.__name__
    check = Check("open", 1, part=1, accept=is_small, expects="It must be small.")
    exercise = dataclasses.replace(affine, checks=(check,), mistakes=())
    helper = desk(tmp_path, exercise)
    monkeypatch.setitem(helper.__dict__, "JUDGES", {"is_small": is_small})
    assert said(helper.check, affine_backward) == "✓ affine_backward"
    large = handed_in(lambda dZ, X, W: (dZ, 1e6 * W, dZ), "affine_backward")
    assert said(helper.check, large) == "✗ Is that so large?"
    other = handed_in(lambda dZ, X, W: (dZ, "no", dZ), "affine_backward")
    assert said(helper.check, other) == "✗ open must be an array of shape (5, 2); it is text."


def test_an_answer_of_any_form_is_left_to_the_grader_unless_it_is_a_known_mistake(tmp_path, affine):
    """Whatever its structure; where the course shares the judge, the judge is given it."""
    check = Check("open", 1, accept=lambda *a: True, any_form=True, expects="Another form.")
    mistakes = tuple(dataclasses.replace(mistake, loses=()) for mistake in affine.mistakes)
    exercise = dataclasses.replace(affine, checks=(check,), mistakes=mistakes)
    helper = desk(tmp_path, exercise)
    other = handed_in(lambda dZ, X, W: ("relu", [(W, None)]), "affine_backward")
    assert said(helper.check, other) == "✓ affine_backward"
    known = handed_in(mistakes[0].function, "affine_backward")
    assert said(helper.check, known) == "✗ Another form."


def test_a_known_mistake_gets_the_sentence_of_the_judge_whom_only_the_grader_has(tmp_path, affine):
    sentence = affine.mistakes[0].sentence

    def uses_the_weights(value, arguments):
        wrong = affine.mistakes[0].function(*arguments)[0]
        return sentence if np.allclose(value, wrong) else True

    check = Check("dX", 1, part=0, accept=uses_the_weights, expects="It must be open.")
    helper = desk(tmp_path, dataclasses.replace(affine, checks=(check,)))
    wrong = handed_in(affine.mistakes[0].function, "affine_backward")
    assert said(helper.check, wrong) == f"✗ {sentence}"


def test_a_note_appears_below_the_tick_and_nowhere_before(tmp_path, affine):
    helper = desk(tmp_path, dataclasses.replace(affine, reveal=NOTE))
    assert "feeds every unit" not in (tmp_path / "examples.json").read_text()
    wrong = handed_in(lambda dZ, X, W: (X, X, X), "affine_backward")
    assert "feeds every unit" not in said(helper.check, wrong)
    assert said(helper.check, affine_backward) == (
        "✓ affine_backward\n  $dX = dZ\\,W^T$: each input feeds every unit."
    )


def test_a_note_is_markdown_and_its_pictures_are_html_of_their_own():
    note = Note(NOTE)
    bundle = note._repr_mimebundle_()
    assert bundle["text/markdown"] == "$dX = dZ\\,W^T$: each input feeds every unit."
    (picture,) = note.pictures
    assert picture._repr_html_().count("<svg aria-label='two boxes'>…</svg>") == 1
    assert unpacked(packed(NOTE)) == NOTE
    assert packed("") == unpacked("") == ""


def test_arguments_that_are_trees_reach_the_function_as_they_are(tmp_path):
    """Tuples as tuples, texts, dicts and lists; only what was changed is said to be changed."""
    program = [("leaf", (), {}), ("sum", (0, 0), {"shape": (2, 3)})]
    taken = []

    def run(program, shape, number):
        taken.append((program, shape, number))
        return float(number)

    exercise = dataclasses.replace(
        as_array(),
        reference=run,
        draw=lambda rng, n: (program, (4, 1), np.array(rng.uniform())),
        oracle=run,
        axes="",
    )
    helper = desk(tmp_path, exercise)
    taken.clear()
    assert said(helper.check, run) == "✓ run"
    assert taken[0][:2] == (program, (4, 1))
    assert taken[0][2].shape == ()

    def careless(program, shape, number):
        program.append("more")
        return float(number)

    assert "changes its argument program" in said(helper.check, handed_in(careless, "run"))


def test_a_mistake_that_agrees_with_the_reference_in_a_line_is_named_there_as_well(tmp_path):
    """Its value is right after the reference's lines, and wrong after its own."""
    exercise = chain_exercise()
    whole = dataclasses.replace(
        exercise.mistakes[0],
        function=lambda x: {**chain(x), "c": 2 * chain(x)["c"]},
        loses=("c", "b"),
        given=None,
    )
    exercise = dataclasses.replace(exercise, mistakes=(whole,))
    words = said(desk(tmp_path, exercise).check, handed_in(whole.function, "chain"))
    assert words.count(whole.sentence) == 2
