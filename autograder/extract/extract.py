"""Read one submitted file. Whatever it holds, the answer is a Submission, never an exception."""

import logging
import os
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.extract.forms import UnreadableError, notebook_in, too_large
from autograder.extract.merge import merge
from autograder.extract.release import Release, read_release, released_assignments
from autograder.extract.student_cells import code_size, names_of
from autograder.records import Submission
from autograder.settings import Limits

__all__ = ["Release", "read_content", "read_release", "read_submission", "submission_of"]


def read_submission(
    path: Path, *, student: str, release: Release, limits: Limits = Limits()
) -> Submission:
    """Read and merge a student's notebook; where that fails, `problem` says why in words."""
    read = read_content(path, limits)
    return submission_of(read, path.name, student=student, release=release, limits=limits)


def read_content(path: Path, limits: Limits) -> tuple[bytes, str]:
    """What is in the file, or why nothing can be read from it."""
    try:
        return _read_bytes(path, limits), ""
    except UnreadableError as problem:
        return b"", _printable(problem)


def file_digest(path: Path, limits: Limits) -> str:
    """The digest of a submission; that of a file which cannot be read is made of the reason."""
    return _digest(*read_content(path, limits))


def _digest(content: bytes, problem: str) -> str:
    return sha256(content or problem.encode("utf-8", "replace")).hexdigest()


def submission_of(
    read: tuple[bytes, str], name: str, *, student: str, release: Release, limits: Limits = Limits()
) -> Submission:
    """Merge what `read_content` gave for the file of that name.

    Where we fail, and not the student, `fault` says so: that is one submission, not all the rest.
    """
    content, problem = read
    empty = Submission(student, release.assignment, _digest(content, problem), problem=problem)
    if problem:
        return empty
    try:
        notebook = _checked(notebook_in(content, name, release.assignment, limits), name, limits)
        _check_assignment(notebook, Path(name), release)
        merged, cells, repairs = merge(notebook, release)
    except UnreadableError as found:
        return replace(empty, problem=_printable(found))
    except Exception as bug:
        logging.getLogger(__name__).exception("the file of %r could not be read", student)
        return replace(empty, fault=f"its file could not be read: {type(bug).__name__}")
    return replace(empty, cells=cells, repairs=repairs, notebook=merged)


def _printable(problem: UnreadableError) -> str:
    """File names may hold bytes that are no text; the words must be."""
    return str(problem).encode("utf-8", "replace").decode("utf-8")


def _read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of an ordinary file; links and pipes are not followed, giants are not read."""
    try:
        with open(path, "rb", opener=_open_unfollowed) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableError(f"{path.name} is not a file. Hand in the notebook itself.")
            content = file.read(limits.notebook_bytes + 1)
    except (OSError, ValueError) as problem:
        raise UnreadableError(_why_closed(path, problem)) from None
    if len(content) > limits.notebook_bytes:
        raise UnreadableError(too_large(path.name, limits))
    return content


def _open_unfollowed(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _why_closed(path: Path, problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return f"{path.name} is missing: no notebook was handed in under this name."
    if isinstance(problem, IsADirectoryError):
        return f"{path.name} is a folder. Hand in the notebook itself."
    if os.path.islink(path):
        return f"{path.name} is a link and not a file. Hand in the notebook itself."
    return f"{path.name} cannot be opened. Hand it in again."


def _checked(notebook: Any, name: str, limits: Limits) -> dict[str, Any]:
    """A list of cells in notebook format 4."""
    if not isinstance(notebook, dict) or "nbformat" not in notebook:
        raise UnreadableError(f"{name} is not a notebook. Save it in Jupyter and hand it in again.")
    if notebook["nbformat"] != 4 or isinstance(notebook["nbformat"], bool):
        raise UnreadableError(
            f"{name} is not in notebook format 4. "
            "Open it in JupyterLab, save it and hand it in again."
        )
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not any(isinstance(cell, dict) for cell in cells):
        raise UnreadableError(f"{name} has no cells.")
    if len(cells) > limits.notebook_cells:
        raise UnreadableError(f"{name} has more than {limits.notebook_cells} cells.")
    if code_size(notebook) > limits.code_bytes:
        raise UnreadableError(f"{name} holds more than {limits.code_bytes // 2**20} MB of code.")
    return notebook


def _check_assignment(notebook: dict[str, Any], path: Path, release: Release) -> None:
    """Refuse the notebook of another assignment: sets share names such as `forward`."""
    shared: set[str] = set()
    for name in names_of(notebook):
        shared |= {name} & release.names
        if len(shared) > len(release.names) / 2:
            return
    likeliest, most = _likeliest(frozenset(names_of(notebook)), release)
    if most > len(shared):
        raise UnreadableError(
            f"{path.name} is a notebook of {likeliest}, not of {release.assignment}."
        )
    if not shared:
        raise UnreadableError(f"{path.name} has no cell of {release.assignment}: is it another's?")


def _likeliest(names: frozenset[str], release: Release) -> tuple[str, int]:
    """The other assignment that shares most names with the notebook, and how many."""
    others = (read_release(name) for name in released_assignments() if name != release.assignment)
    shared = [(len(names & other.names), other.assignment) for other in others]
    most, likeliest = max(shared, default=(0, ""))
    return likeliest, most
