"""Code on nbgrader's pages, in colours where working them out takes no time.

Pygments reads some lines in time that grows with the square of their length: 8,000 dots take most
of a second, a megabyte of them hours, in the process that shows the formgrader. So a cell with a
very long line, or a very long cell, is shown in one colour.
"""

import html
from functools import wraps
from typing import Any

from nbconvert.filters.highlight import Highlight2HTML

LONGEST_LINE = 1_000
LONGEST_CELL = 50_000


def guard_colours() -> None:
    """Let nbconvert colour what is quick to colour; doing it twice is doing it once."""
    own = Highlight2HTML.__call__
    if hasattr(own, "__wrapped__"):
        return

    @wraps(own)
    def guarded(self: Any, source: str, language: str | None = None, metadata: Any = None) -> str:
        if is_slow(source):
            return one_colour(source, language or self.pygments_lexer)
        return str(own(self, source, language, metadata))

    Highlight2HTML.__call__ = guarded


def one_colour(source: str, lexer: str) -> str:
    """A cell's code as HTML, in the frame that nbconvert gives it."""
    frame = f'<div class=" highlight hl-{html.escape(lexer)}">'
    return f"{frame}<pre>{html.escape(source)}\n</pre></div>\n"


def is_slow(source: str) -> bool:
    """Whether its colours might take seconds."""
    longest = max(map(len, source.split("\n")))
    return longest > LONGEST_LINE or len(source) > LONGEST_CELL
