"""What was handed in beside the notebook: which files are taken along, and how they are shown.

The formgrader serves them from the address at which staff are signed in, so a page among them
could do there whatever they can. Only types that no browser runs are taken; and whatever the
formgrader serves of a student's is served as a sandboxed page.
"""

import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from autograder.extract.collect import student_name

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
    for name, size in _walk(folder, ignored):
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


def _walk(folder: Path, ignored: Collection[str]) -> Iterator[tuple[str, int]]:
    """Path and size of all that is no folder: -1 where it is not an ordinary file either."""
    waiting, seen = [""], 0
    while waiting:
        place = waiting.pop()
        for entry in _entries(folder / place):
            seen += 1
            if seen > MOST_SEEN:
                return
            name = os.path.join(place, entry.name)
            if any(fnmatch(entry.name, pattern) for pattern in ignored):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            else:
                yield name, _size(entry)


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:  # closed, or deeper than a path can say
        return []


def _size(entry: "os.DirEntry[str]") -> int:
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
