"""A course's sets are found in its own folders, and one that contradicts itself is named."""

import pytest

from autograder.course import MARKER
from autograder.errors import Misuse, SpecError
from autograder.exercise.load import assignment_names, load_assignment

ANSWERS = """
def inner(x):
    return x + 1


def outer(x):
    return [inner(part) for part in x]


def outermost(x):
    return outer(x)
"""
RECORD = """
from autograder.exercise import Check, Exercise
from solutions import tiny

EXERCISE = Exercise(
    reference=tiny.{name},
    draw=lambda rng, sizes: ([1.0, 2.0],),
    oracle=tiny.{name},
    checks=(Check("value", 1),),
    calls={calls},
)
"""


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Write a course of one set, `tiny`, with these records: name → `calls`."""

    def write(**records):
        for folder in ("solutions", "exercises/tiny"):
            (tmp_path / folder).mkdir(parents=True)
        (tmp_path / MARKER).touch()
        (tmp_path / "solutions" / "tiny.py").write_text(ANSWERS)
        for name, calls in records.items():
            text = RECORD.format(name=name, calls=calls)
            (tmp_path / "exercises" / "tiny" / f"{name}.py").write_text(text)
        text = f"TITLE = 'Tiny'\nEXERCISES = {tuple(records)}\n"
        (tmp_path / "exercises" / "tiny" / "__init__.py").write_text(text)
        monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
        return tmp_path

    return write


def test_what_a_reference_calls_may_be_called_however_deep(tiny):
    tiny(inner=(), outer=(), outermost=())
    assert assignment_names() == ("tiny",)
    calls = {exercise.name: exercise.calls for exercise in load_assignment("tiny").exercises}
    assert calls == {"inner": (), "outer": ("inner",), "outermost": ("inner", "outer")}


def test_a_record_may_allow_more(tiny):
    tiny(inner=(), outer=(), outermost=("inner",))
    assert load_assignment("tiny").exercises[2].calls == ("inner", "outer")


def test_a_call_of_a_later_exercise_is_refused(tiny):
    tiny(inner=("outer",), outer=())
    with pytest.raises(SpecError, match=r"inner: `calls` names \['outer'\]"):
        load_assignment("tiny")


def test_a_module_is_named_like_its_reference(tiny):
    folder = tiny(inner=(), outer=()) / "exercises" / "tiny"
    (folder / "outer.py").write_text(RECORD.format(name="outermost", calls=()))
    with pytest.raises(SpecError, match="holds the exercise 'outermost'"):
        load_assignment("tiny")


def test_an_unknown_set_is_refused_with_those_that_there_are(tiny):
    tiny(inner=())
    with pytest.raises(Misuse, match=r"no assignment .ps9.\. Known are: tiny"):
        load_assignment("ps9")


def test_one_course_never_meets_the_modules_of_another(tiny, course, monkeypatch):
    tiny(inner=())
    assert load_assignment("tiny").title == "Tiny"
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    assert "tiny" not in assignment_names()
    assert load_assignment("ps1_derivatives").points > 0
