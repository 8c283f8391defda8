"""Which lines of a function run on which inputs: an edit of others leaves the result as it is.

A function of many branches is so evaluated on a few of its inputs for each slip, and not on all.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

Tracer = Callable[[FrameType, str, Any], Any]


def changed_lines(before: str, after: str) -> frozenset[int]:
    """The lines (from 1) of a source that an edit changes; where it only adds, those beside."""
    old, new = before.splitlines(), after.splitlines()
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    left = shorter - start
    end = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    last = len(old) - end
    if start == last:
        return frozenset({start, start + 1})
    return frozenset(range(start + 1, last + 1))


def lines_run(filename: str, run: Callable[[], object]) -> frozenset[int]:
    """The lines of one file's code that a call runs, whatever calls them."""
    seen: set[int] = set()

    def of_function(frame: FrameType, event: str, _: Any) -> Tracer | None:
        return of_line if frame.f_code.co_filename == filename else None

    def of_line(frame: FrameType, event: str, _: Any) -> Tracer:
        seen.add(frame.f_lineno)
        return of_line

    before = sys.gettrace()
    sys.settrace(of_function)
    try:
        run()
    finally:
        sys.settrace(before)
    return frozenset(seen)
