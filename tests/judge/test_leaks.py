"""What a report says can be steered by the code that it is about: how far, and how far not.

Student code sees hidden inputs, so whatever it chooses in a report may spell them. Words lose
their long numbers and are cut; everything else is a choice among few.
"""

import re
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.exercise.answers import answer
from autograder.exercise.plain_data import Foreign
from autograder.judge.patterns import MOST_POINTS, MOST_ROWS, TOP
from autograder.judge.score import score_exercise
from autograder.records import CallOutcome, Failure
from autograder.report.words import exercise_lines
from autograder.settings import Marking
from tests.conftest import SECRET

NUMBER = "3141592653"
LONG = re.compile(r"\d{5,}")
SPELLED = re.compile(r"\\U[0-9a-f]{8}")
"""How a character that is not printable is told."""
MOST_WORDS = 500
"""Characters that one sentence about a call may have, all told."""


def texts(value):
    """All texts of a record."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)


def judged(affine, outcome):
    """The report about an exercise whose every call ended so."""
    answers = answer(affine, SECRET, 0)
    return score_exercise(answers, {call.key: outcome for call in answers.calls}, Marking())


def told(affine, outcome):
    report = judged(affine, outcome)
    return [*texts(report), *exercise_lines(report)]


CHANNELS = {
    "message": CallOutcome("raised", failure=Failure("ValueError", NUMBER)),
    "exception class": CallOutcome("raised", failure=Failure(f"V{NUMBER}", "")),
    "name that is not defined": CallOutcome(
        "raised", failure=Failure("NameError", f"name 'v{NUMBER}' is not defined")
    ),
    "name of an inner stub": CallOutcome(
        "unstarted", failure=Failure("NotImplementedError", "", (f"v{NUMBER}, line 1: raise",))
    ),
    "end of the process": CallOutcome("ended", failure=Failure("ProcessEnded", NUMBER)),
    "warning": CallOutcome("returned", 1.0, warnings=(f"V{NUMBER}: {NUMBER}",)),
    "character that cannot be printed": CallOutcome("returned", 1.0, warnings=("\U00011747",)),
    "such a character before digits": CallOutcome(
        "raised", failure=Failure("ValueError", "\u2029\u20281234\u20281234")
    ),
    "key of a dict": CallOutcome("returned", {f"v{NUMBER}": 1}),
    "name of a class": CallOutcome("returned", Foreign(f"V{NUMBER}")),
    "name of a part's class": CallOutcome("returned", (Foreign(f"V{NUMBER}"),) * 3),
    "key in a part": CallOutcome("returned", ({f"v{NUMBER}": 1},) * 3),
    "shape": CallOutcome("returned", (np.empty((0, int(NUMBER))),) * 3),
    "length": CallOutcome("returned", [0] * 314159),
}


@pytest.mark.parametrize("outcome", CHANNELS.values(), ids=CHANNELS)
def test_no_long_number_of_a_student_is_told(affine, outcome):
    """Wherever the code puts it."""
    assert [text for text in told(affine, outcome) if LONG.search(text)] == []


WORDS = st.text(st.characters(codec="utf-8"), max_size=500) | st.from_regex(r"[a-z0-9.e-]{,500}")
VALUES = st.recursive(
    st.none() | st.floats() | st.integers() | WORDS | st.builds(Foreign, WORDS),
    lambda parts: st.lists(parts, max_size=3) | st.tuples(parts, parts, parts)
    | st.dictionaries(WORDS, parts, max_size=3),
    max_leaves=5,
)  # fmt: skip
FRAMES = st.lists(WORDS, max_size=3).map(tuple)
FAILURES = st.none() | st.builds(Failure, WORDS, WORDS, FRAMES)
ENDS = st.sampled_from(("returned", "raised", "timed_out", "missing", "unstarted", "ended"))
OUTCOMES = st.builds(CallOutcome, ENDS, VALUES, FAILURES, st.just(()), FRAMES)


@given(outcome=OUTCOMES)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_comes_back_words_are_short_and_without_long_numbers(affine, outcome):
    """For any outcome that can come out of the sandbox."""
    for text in told(affine, outcome):
        assert not LONG.search(SPELLED.sub("", text))
        assert len(text) <= MOST_WORDS


def test_pictures_are_coarse():
    """What a picture of a result can carry: a matrix of bits, and heights in whole steps."""
    assert MOST_ROWS**2 <= 144
    assert MOST_POINTS * np.log2(TOP + 1) < 400
