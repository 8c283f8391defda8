"""An exception in student code, told in few words and with the student's own frames only."""

import linecache
import os
from collections.abc import Callable, Iterator
from types import TracebackType

MAX_MESSAGE = 500
MAX_LINE = 200
MAX_FRAMES = 6
CELL_FILE = "<ipython-input-"

Told = tuple[str, str, list[str]]
"""Kind, message, frames: `ValueError`, `shapes differ`, [`sigmoid, line 3: return z`]."""
Owns = Callable[[str], bool]
"""Does the file of this name hold the student's code?"""


def tell(problem: BaseException, owns: Owns) -> Told:
    """Describe an exception; never raises, whatever the exception's own methods do."""
    kind = str(type(problem).__name__)[:80]
    try:
        message = str(problem)[:MAX_MESSAGE]
        frames = _syntax_frame(problem) or list(_frames(problem.__traceback__, owns))[-MAX_FRAMES:]
    except BaseException:  # student code may define __str__
        return kind, "", []
    return kind, message, frames


def owner_of(folder: str, given: frozenset[str]) -> Owns:
    """The student's code: all cells, and the files in `folder` that were not laid there."""

    def owns(name: str) -> bool:
        if name.startswith(CELL_FILE):
            return True
        inside = name.startswith(folder + os.sep)
        return inside and os.path.relpath(name, folder) not in given

    return owns


def _frames(traceback: TracebackType | None, owns: Owns) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if owns(code.co_filename):
            text = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
            where = "" if code.co_name == "<module>" else f"{code.co_name}, "
            yield f"{where}line {traceback.tb_lineno}: {text}"[:MAX_LINE]
        traceback = traceback.tb_next


def _syntax_frame(problem: BaseException) -> list[str]:
    if not isinstance(problem, SyntaxError) or not isinstance(problem.text, str):
        return []
    return [f"line {problem.lineno}: {problem.text.strip()}"[:MAX_LINE]]
