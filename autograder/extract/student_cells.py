"""A student's cells, read with care: nothing in the file has to have the type it should have.

Only text survives: sources, pictures pasted into markdown, and the names that cells go by.
Outputs, tags, kernels and every other metadata of the file are left behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.extract.release import Release, defined_in, key_of, settings_of

CELL_TYPES = ("code", "markdown", "raw")


@dataclass(frozen=True)
class StudentCell:
    """One cell of a submission; `key` is the release cell it stands for, or empty."""

    source: str
    cell_type: str = "code"
    key: str = ""
    id: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    renamed: bool = False
    """Its grade_id was lost; it was found by its cell id."""
    settings: tuple[Any, ...] = ()
    """What its nbgrader metadata says (release.py, `settings_of`)."""


def read_cells(notebook: Any, release: Release) -> tuple[StudentCell, ...]:
    """The cells of a submitted notebook (parsed JSON), in order; raises nothing."""
    cells = _mapping(notebook).get("cells")
    if not isinstance(cells, list):
        return ()
    return tuple(_read_cell(cell, release) for cell in cells if isinstance(cell, dict))


def names_of(notebook: Any) -> Iterator[str]:
    """What a submitted notebook holds of the names in `Release.names`."""
    cells = _mapping(notebook).get("cells")
    for cell in map(_mapping, cells if isinstance(cells, list) else ()):
        yield _word(_marks(cell).get("grade_id"))
        yield "#" + _word(cell.get("id"))
        if cell.get("cell_type") == "code":
            yield from ("def " + name for name in defined_in(_text(cell.get("source"))))


def code_size(notebook: Any) -> int:
    """Characters of code in a submitted notebook, all cells together."""
    cells = map(_mapping, notebook["cells"])
    return sum(len(_text(cell.get("source"))) for cell in cells if cell.get("cell_type") == "code")


def _read_cell(cell: dict[str, Any], release: Release) -> StudentCell:
    kind = cell.get("cell_type")
    cell_type = kind if kind in CELL_TYPES else "markdown"
    marks = _marks(cell)
    key, renamed = _key(cell, marks, cell_type, release)
    return StudentCell(
        source=_text(cell.get("source")),
        cell_type=cell_type,
        key=key,
        id=_word(cell.get("id")),
        attachments=_attachments(cell.get("attachments")),
        renamed=renamed,
        settings=settings_of(marks),
    )


def _key(
    cell: dict[str, Any], marks: dict[str, Any], cell_type: str, release: Release
) -> tuple[str, bool]:
    """(Key of the release cell, was it found by cell id only?)."""
    grade_id = _word(marks.get("grade_id"))
    if grade_id in release.cells:
        return grade_id, False
    original = release.by_cell_id.get(_word(cell.get("id")))
    if original is None or original.cell_type != cell_type:
        return "", False
    key = key_of(original)
    return key, not key.startswith("#")


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    return _mapping(_mapping(cell.get("metadata")).get("nbgrader"))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """Notebook text: a string or a list of strings. Half characters would not survive a save."""
    parts = value if isinstance(value, list) else [value]
    text = "".join(part for part in parts if isinstance(part, str))
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """Pictures pasted into a cell: file name → {image type: base64}."""
    found = {}
    for name, bundle in _mapping(value).items():
        pictures = {
            kind: data
            for kind, data in _mapping(bundle).items()
            if kind.startswith("image/") and isinstance(data, str) and data.isascii()
        }
        if pictures:
            found[_text(name)] = pictures
    return found
