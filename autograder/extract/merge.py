"""The merge rule: the release notebook is the base, and only answers come from the student.

(a) The base is the release notebook. (b) Each answer cell takes the student's last copy that is
not the stub; earlier copies run before it; stub copies are dropped. (c) Where no cell has that
name it stays empty, never the stub: the function may stand in a cell of the student's own (and
where it does, a stub that was left behind does not run either).
(d) The student's other cells keep their order after the nearest known cell before them; locked
cells are the instructor's. (e) Markdown and the pictures in it are kept: derivations live there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.extract.release import Original, Release, defined_in
from autograder.extract.repairs import repairs_of, same_text
from autograder.extract.student_cells import StudentCell, read_cells
from autograder.records import Cell, CellRole

START = ""
"""The place before the first known cell."""
NEW = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Placed:
    """One cell of the merged notebook, and what it is run for (None: not code)."""

    node: Any
    role: CellRole | None
    id: str = ""
    """The cell id that the student's own cell had."""


@dataclass
class Sorted:
    """A student's cells by what they stand for."""

    copies: dict[str, list[StudentCell]] = field(default_factory=lambda: defaultdict(list))
    """Key of a release cell → the student's copies of it."""
    others: dict[str, list[StudentCell]] = field(default_factory=lambda: defaultdict(list))
    """Key of the nearest known cell before → the student's own cells, in order."""
    code: list[StudentCell] = field(default_factory=list)
    """All code cells, whatever they stand for."""

    @cached_property
    def defined(self) -> dict[str, set[str]]:
        """Name → keys of the code cells that define it (an own cell's key is empty)."""
        found: dict[str, set[str]] = defaultdict(set)
        for cell in self.code:
            for name in defined_in(cell.source):
                found[name].add(cell.key)
        return found


def merge(student_nb: Any, release: Release) -> tuple[Any, tuple[Cell, ...], tuple[str, ...]]:
    """Merge a submitted notebook (parsed JSON, trusted in nothing) into the release.

    Returns the merged notebook without outputs, its code cells in order, and the repairs in words.
    """
    found = sort_cells(read_cells(student_nb, release))
    repairs: list[str] = []
    placed = [_own(cell) for cell in found.others[START]]
    for original in release.originals:
        placed += _place(original, found, release, repairs)
        placed += [_own(cell) for cell in found.others[original.key]]
    notebook = _notebook(placed, release)
    cells = tuple(
        Cell(one.node.source, one.role, index)
        for index, one in enumerate(placed)
        if one.role is not None
    )
    return notebook, cells, tuple(repairs)


def sort_cells(cells: Iterable[StudentCell]) -> Sorted:
    """Tell copies of release cells from the student's own; blank cells of their own vanish."""
    found = Sorted()
    nearest = START
    for cell in cells:
        if cell.key:
            nearest = cell.key
            found.copies[nearest].append(cell)
        elif cell.source.strip():
            found.others[nearest].append(cell)
        if cell.cell_type == "code":
            found.code.append(cell)
    return found


def _place(
    original: Original, found: Sorted, release: Release, repairs: list[str]
) -> Iterator[Placed]:
    """The release cell as it stands in the merged notebook, after the earlier copies of it."""
    copies = found.copies[original.key]
    written = [copy for copy in copies if _says_something(copy, original)]
    repairs += repairs_of(original, copies, written)
    if original.locked:
        yield _released(original)
        return
    yield from (_own(copy, original.cell_type) for copy in written[:-1])
    if written:
        yield _released(original, written[-1].source, written[-1].attachments)
    else:
        empty = _stays_empty(original, copies, found, release)
        yield _released(original, "" if empty else None)


def _says_something(copy: StudentCell, original: Original) -> bool:
    """Neither blank nor the stub."""
    return bool(copy.source.strip()) and not same_text(copy.source, original.source)


def _stays_empty(
    original: Original, copies: list[StudentCell], found: Sorted, release: Release
) -> bool:
    """The stub must not run where its cell is gone, or where another cell holds the answer."""
    if not original.answer:
        return False
    emptied = all(not copy.source.strip() for copy in copies)
    elsewhere = found.defined[original.key] - {original.key} - release.locked
    return emptied or bool(elsewhere)


def _released(
    original: Original, source: str | None = None, pictures: dict[str, dict[str, str]] | None = None
) -> Placed:
    """The release cell, with the student's text in it where there is one."""
    node = NotebookNode()
    dict.update(node, original.node)  # one level: what lies deeper stays the release's
    if source is not None:
        node.source = source
    if original.role is not None:
        dict.update(node, outputs=[], execution_count=None)
    elif pictures:
        node.attachments = nbformat.from_dict({**node.get("attachments", {}), **pictures})
    return Placed(node, original.role)


def _own(cell: StudentCell, cell_type: str = "") -> Placed:
    """A cell of the student's own: its text and pictures, and no metadata whatever."""
    kind = cell_type or cell.cell_type
    node = NEW[kind](source=cell.source)
    if cell.attachments and kind != "code":
        node.attachments = nbformat.from_dict(cell.attachments)
    return Placed(node, "extra" if kind == "code" else None, cell.id or "own")


def _notebook(placed: list[Placed], release: Release) -> Any:
    """A valid notebook with the release's metadata; each cell gets an id of its own."""
    _name_cells(placed, set(release.by_cell_id))
    notebook = NotebookNode(nbformat=4, nbformat_minor=5)
    notebook.metadata = nbformat.from_dict(release.notebook.metadata)
    notebook.cells = [one.node for one in placed]
    return notebook


def _name_cells(placed: list[Placed], taken: set[str]) -> None:
    """Release cells keep their ids; the student's keep theirs where they are valid and unique."""
    for number, one in enumerate(placed):
        if not one.id:
            continue
        usable = CELL_ID.fullmatch(one.id) and one.id not in taken
        one.node.id = one.id if usable else _free(f"own-{number}", taken)
        taken.add(one.node.id)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-"
    return name
