"""What was handed in beside the notebook: which files are taken along, and how they are shown.

The formgrader serves them from the address at which staff are signed in, so a page among them
could do there whatever they can. Only types that no browser runs are taken; and whatever the
formgrader serves of a student's is served as a sandboxed page.
"""

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from autograder.extract.collect import student_name
from autograder.extract.folders import files_below

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".pdf"}
TABLES = {".csv", ".tsv", ".json", ".npy", ".npz", ".dat"}
HARMLESS = PICTURES | TABLES | {".txt", ".py"}
"""No HTML, no XML in any of its forms (SVG), and nothing that a browser would have to guess."""
MOST_FILES, MOST_BYTES = 100, 64 * 2**20
"""Taken along of one submission: the time of nbgrader's own walks grows as the square."""
MOST_SEEN = 100_000
"""Of more files and folders than these, the rest is not even looked at."""
MOST_NAMED = 5
HANDLERS = "nbgrader.server_extensions.formgrader.handlers"
POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Beside:
    """Relative paths of what is taken, and of what is left out, sorted."""

    taken: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def note(self) -> str:
        """What was left out, as a sentence; empty where nothing was."""
        if not self.left_out:
            return ""
        names = [student_name(name) for name in self.left_out[:MOST_NAMED]]
        rest = len(self.left_out) - len(names)
        more = [f"{rest} more"] if rest else []
        return (
            f"Left out of what was handed in beside the notebook: {', '.join([*names, *more])}. "
            "Pictures, tables and plain text are taken along."
        )


def beside(
    folder: Path, assignment: str, course: Collection[str], ignored: Collection[str] = ()
) -> Beside:
    """Look through a submission's folder once; `course` are the names of the course's own files.

    Those, the notebook and what nbgrader ignores are neither taken nor left out. A folder that is
    called like the page that nbgrader will write is left out.
    """
    pages = {f"{assignment}.html", f"{assignment}_files"}
    own = {name.casefold() for name in course}
    taken: list[str] = []
    left_out: list[str] = []
    room = MOST_BYTES
    for name, entry in files_below(folder, MOST_SEEN, partial(_ignored, ignored)):
        size = _size(entry)
        first = Path(name).parts[0].casefold()
        if first in own or name.casefold().endswith(".ipynb"):
            continue
        fits = 0 <= size <= room and len(taken) < MOST_FILES
        if fits and first not in pages and os.path.splitext(name)[1].casefold() in HARMLESS:
            taken.append(name)
            room -= size
        else:
            left_out.append(name)
    return Beside(tuple(sorted(taken)), tuple(sorted(left_out)))


def _ignored(patterns: Collection[str], name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _size(entry: "os.DirEntry[str]") -> int:
    """In bytes; -1 where it is not an ordinary file."""
    if not entry.is_file(follow_symlinks=False):
        return -1
    return entry.stat(follow_symlinks=False).st_size


def serve_sandboxed() -> None:
    """Have the formgrader, where it runs in this process, serve students' files as strangers.

    Without a policy a page among them could act for whoever looks at it.
    """
    handlers = sys.modules.get(HANDLERS)
    if handlers is not None:
        handlers.SubmissionFilesHandler.set_extra_headers = _as_a_stranger


def _as_a_stranger(handler: Any, _: str) -> None:
    handler.set_header("Content-Security-Policy", POLICY)
    handler.set_header("X-Content-Type-Options", "nosniff")
