"""Code on nbgrader's pages never takes long to colour, and looks as nbconvert shows it."""

import re
import time

import pytest
from nbconvert.filters.highlight import Highlight2HTML

from autograder.nbgrader_plugin.colours import (
    LONGEST_CELL,
    LONGEST_LINE,
    guard_colours,
    is_slow,
    one_colour,
)

SIGNS = [
    ".",
    "?",
    "!",
    "%",
    '"',
    "'",
    "(",
    "[",
    "{",
    "\\",
    "@a.",
    "0x",
    "1e",
    "1_",
    "a ",
    "a=",
    " ",
    "\t",
    "f'{",
    'f"{a!r:',
    'u"\\N{',
    "rb'''\\",
    "'''",
    "import a,",
    "from a ",
    "class ",
    "def ",
    "?a",
]
"""Whatever begins something in Python, and may be looked for to the end of the line."""
SECONDS_PER_MB = 60
"""Far more than the 2 to 25 that a busy machine takes, far less than the hours it was."""


@pytest.fixture(autouse=True)
def guarded():
    guard_colours()


@pytest.mark.parametrize("lexer", ["ipython3", "python"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_full_cell_of_full_lines_takes_no_time(sign, lexer):
    line = (sign * LONGEST_LINE)[:LONGEST_LINE]
    cell = "\n".join([line] * 10)
    begin = time.process_time()
    Highlight2HTML(pygments_lexer=lexer)(cell)
    assert time.process_time() - begin < SECONDS_PER_MB * len(cell) / 1e6 + 0.5


@pytest.mark.parametrize("source", ["." * 1_000_000, "x = 1\n" * 200_000])
def test_what_is_longer_is_shown_at_once_in_one_colour(source):
    begin = time.process_time()
    page = Highlight2HTML()(source)
    assert time.process_time() - begin < 1
    assert re.sub(r"<[^>]*>", "", page).strip() == source.strip()


def test_one_colour_has_the_frame_of_many_and_runs_nothing():
    """The same elements around the code, and no markup of the student's."""
    code = "<script>alert(1)</script> & x"
    shown = Highlight2HTML(pygments_lexer="python")(code)
    plain = one_colour(code, "python")
    frame = r'<div class=" highlight hl-python"><pre>(<span></span>)?'
    assert re.match(frame, shown)
    assert re.match(frame, plain)
    assert "<script>" not in plain
    assert one_colour("x", '"><script>').count("<script>") == 0


def test_guarding_twice_is_guarding_once():
    own = Highlight2HTML.__call__
    guard_colours()
    assert Highlight2HTML.__call__ is own


def test_what_anybody_types_is_in_colours():
    assert not is_slow("x = 1\n" * (LONGEST_CELL // 6))
    assert is_slow("x" * (LONGEST_LINE + 1))
    assert "<span" in Highlight2HTML()("x = 1")[40:]
