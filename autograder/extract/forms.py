"""The forms in which a notebook is handed in: itself, an export as a script, or a zip around it.

What lies in the file says what it is (only a script is told by its name): `.ipynb.txt`, UTF-16
and Windows' line ends are the same notebook. Between two candidates none is guessed.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from autograder.settings import Limits

NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")
FORMS = (NOTEBOOKS, (".zip",), (".py", ".py.txt"))
"""Suffixes of what may be a submission; those that stand first are taken first."""
SCRIPT = 2
NEW_CELL = re.compile(r"^# (?:In\[[\d ]*\]:|%%.*)[ \t]*\r?$", re.MULTILINE)
"""Where nbconvert, VS Code, Spyder and jupytext begin a cell of a script."""
WIDEST = 2
"""So many bytes of memory for each that may be read: one emoji makes four of every character."""
READ_ENTRIES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others may need gigabytes to be unpacked."""
MOST_ENTRIES = 10_000
ENTRY = b"PK\x01\x02"
"""How a zip lists a file. Counted first: the list of a small zip may be large in memory."""
PART = re.compile(r'"[^"\\]*+(?:\\.?[^"\\]*+)*+(?:"|\Z)|[,\[{]', re.DOTALL)
"""What JSON is made of: texts, perhaps without an end, and where a part begins beside them."""
MOST_NAMED = 3
CONVERTED = {
    b"%PDF": "a PDF",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"{\\rtf": "a text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
}
"""How a file begins that no functions can be found in → what it is."""


class UnreadableError(Exception):
    """Why a file cannot be graded, in words for its student."""


def notebook_in(content: bytes, name: str, assignment: str, limits: Limits) -> Any:
    """The parsed notebook of a file, checked in nothing but its form; raises UnreadableError.

    `name`: what the file is called, for the words.
    """
    form = form_of(name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        inner, content = _unpacked(content, name, assignment, limits)
        form, name = form_of(inner), f"{inner} in {name}"
    if not content.strip():
        raise UnreadableError(f"{name} is empty. Save the notebook and hand it in again.")
    for start, what in CONVERTED.items():
        if content.startswith(start):
            raise UnreadableError(f"{name} is {what}. Hand in the notebook, {assignment}.ipynb.")
    text = _text(content, name)
    if sys.getsizeof(text) > WIDEST * limits.notebook_bytes:
        raise UnreadableError(too_large(name, limits))
    return _script(text, limits) if form == SCRIPT else _json(text, name, limits)


def form_of(name: str) -> int | None:
    """Which of FORMS a file's name belongs to; None for what is not a submission."""
    lower = name.casefold()
    return next((i for i, suffixes in enumerate(FORMS) if lower.endswith(suffixes)), None)


def stem_of(name: str) -> str:
    """A file's name without the suffix of its form."""
    form = form_of(name)
    suffixes = FORMS[form] if form is not None else ()
    longest = max((s for s in suffixes if name.casefold().endswith(s)), key=len, default="")
    return name[: len(name) - len(longest)]


def likeliest(names: Sequence[str], assignment: str) -> str | None:
    """The one path that must be the submission of an assignment; None where that is not plain.

    The expected name; else, of the first form that is there, the one called like the assignment
    (“first_steps (1).ipynb”), or the only one.
    """
    alike = re.compile(re.escape(assignment) + r"\W")
    for form, (usual, *_) in enumerate(FORMS):
        mine = {name: PurePosixPath(name).name for name in names if form_of(name) == form}
        expected = [name for name, base in mine.items() if base == assignment + usual]
        named = [name for name, base in mine.items() if alike.match(base)]
        for found in (expected, named, list(mine)):
            if len(found) == 1:
                return found[0]
        if mine:
            return None
    return None


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def too_large(name: str, limits: Limits) -> str:
    """Why a file is not read, and what to do."""
    most = limits.notebook_bytes // 2**20
    return f"{name} is larger than {most} MB. Clear its outputs and hand it in again."


_ITSELF = "Hand in the notebook itself."


def _unpacked(content: bytes, name: str, assignment: str, limits: Limits) -> tuple[str, bytes]:
    """(Name, content) of the one notebook in a zip."""
    if content.count(ENTRY) > MOST_ENTRIES:
        raise UnreadableError(f"{name} holds more than {MOST_ENTRIES} files. {_ITSELF}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in _entries(archive)}
            inner = likeliest(sorted(entries), assignment)
            if inner is None:
                there = f"It holds {listed(sorted(entries))}." if entries else "It holds no files."
                raise UnreadableError(
                    f"{name} does not hold one notebook to grade. {there} "
                    f"Hand in {assignment}.ipynb itself."
                )
            if entries[inner].compress_type not in READ_ENTRIES:
                raise UnreadableError(f"{name} is packed in a way that is not read here. {_ITSELF}")
            with archive.open(entries[inner]) as file:
                unpacked = file.read(limits.notebook_bytes + 1)
    except UnreadableError:
        raise
    except Exception:  # of broken archives Python says all kinds of things, IndexError too
        raise UnreadableError(f"{name} cannot be unpacked. {_ITSELF}") from None
    if len(unpacked) > limits.notebook_bytes:
        raise UnreadableError(too_large(f"{inner} in {name}", limits))
    return inner, unpacked


def _entries(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files of an archive that somebody put there, and not their system."""
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename).parts
        if not entry.is_dir() and not any(p.startswith((".", "__MACOSX")) for p in parts):
            yield entry


def _text(content: bytes, name: str) -> str:
    """JSON's own rule tells UTF-8, UTF-16 and UTF-32 apart, with or without a mark in front."""
    try:
        return content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise UnreadableError(
            f"{name} is not text in UTF-8 or UTF-16, so it is not a notebook."
        ) from None


def _script(text: str, limits: Limits) -> dict[str, Any]:
    """A script as a notebook: one code cell for each that its exporter marked.

    Beyond the number of cells that is read there is no need to look for more.
    """
    parts = NEW_CELL.split(text.replace("\r\n", "\n"), maxsplit=limits.notebook_cells + 1)
    cells = [cell for cell in parts if cell.strip()]
    return {
        "nbformat": 4,
        "cells": [{"cell_type": "code", "source": cell.strip("\n")} for cell in cells],
    }


def _json(text: str, name: str, limits: Limits) -> Any:
    most = limits.notebook_values
    if len(text) > most and next(islice(PART.finditer(text), most, None), None):
        raise UnreadableError(
            f"{name} has more than {most} parts. Clear its outputs and hand it in again."
        )
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableError(f"{name} is nested too deeply to be a notebook.") from None
    except ValueError:
        raise UnreadableError(
            f"{name} is not JSON, so it is not a notebook. It may have been cut off or converted."
        ) from None
