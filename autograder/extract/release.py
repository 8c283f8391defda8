"""What students were given: the release notebook and the files beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import nbformat

from autograder.course import course_root, release_notebook
from autograder.errors import Misuse
from autograder.records import CellRole

DEFINED = re.compile(r"^(?:(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*=(?!=))", re.MULTILINE)
"""Within one line, so that it takes time in proportion to the text."""
ILLUSTRATION: Final = "illustration"
"""The tag of a cell that only draws; nothing is graded by it."""


@dataclass(frozen=True)
class Original:
    """A cell of the release, with all that a merge asks about it: many notebooks ask the same."""

    node: Any = field(repr=False)
    key: str
    name: str
    """Its grade_id, or an empty string."""
    source: str
    cell_type: str
    role: CellRole | None
    """None: not code."""
    answer: bool
    locked: bool
    settings: tuple[Any, ...]


@dataclass(frozen=True)
class Release:
    """One assignment as `nbgrader generate_assignment` made it; the base of every merge."""

    assignment: str
    notebook: Any = field(repr=False)
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """The assignment's own files (check.py, data): (relative path, content)."""

    @cached_property
    def cells(self) -> dict[str, Any]:
        """Cells by nbgrader's grade_id."""
        return {grade_id_of(cell): cell for cell in self.notebook.cells if grade_id_of(cell)}

    @cached_property
    def by_cell_id(self) -> dict[str, Any]:
        """Cells by the notebook format's own cell id."""
        return {str(cell.id): cell for cell in self.notebook.cells if "id" in cell}

    @cached_property
    def originals(self) -> tuple[Original, ...]:
        """All cells in order, as a merge looks at them."""
        return tuple(map(_original, self.notebook.cells))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name by which this assignment is recognised.

        Grade ids, cell ids behind a "#", and behind "def " the functions that students write.
        """
        answers = (cell.source for cell in self.notebook.cells if is_answer(cell))
        functions = ("def " + name for source in answers for name in defined_in(source))
        return frozenset([*self.cells, *("#" + name for name in self.by_cell_id), *functions])

    @cached_property
    def locked(self) -> frozenset[str]:
        """The keys of the instructor's cells: what a student writes into one is not run."""
        return frozenset(key_of(cell) for cell in self.notebook.cells if is_locked(cell))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it: two releases are the same where this is."""
        parts = [nbformat.writes(self.notebook).encode()]
        parts += [name.encode() + b"\0" + content for name, content in self.files]
        return sha256(b"\0".join(parts)).hexdigest()


def read_release(assignment: str) -> Release:
    """Read release/<assignment>/; raises Misuse where the release notebook is missing."""
    if Path(assignment).name != assignment or assignment in ("", ".", ".."):
        raise Misuse(f"{assignment!r} is not the name of an assignment. Name a folder of source/.")
    path = release_notebook(assignment)
    return Release(assignment, nbformat.read(path, as_version=4), tuple(_files(path)))


def released_assignments() -> tuple[str, ...]:
    """The names of all assignments that have a release notebook."""
    folders = (course_root() / "release").glob("*/*.ipynb")
    return tuple(sorted(path.stem for path in folders if path.stem == path.parent.name))


def _files(notebook: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(notebook.parent.rglob("*")):
        name = path.relative_to(notebook.parent)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if path.is_file() and path != notebook and not hidden:
            yield name.as_posix(), path.read_bytes()


def defined_in(source: str) -> frozenset[str]:
    """The names that a code cell defines at its top level, by def or by =, also if it is broken."""
    return frozenset(one or other for one, other in DEFINED.findall(source))


def grade_id_of(cell: Any) -> str:
    """The grade_id of a release cell, or an empty string."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def key_of(cell: Any) -> str:
    """How a release cell is found again: by grade_id, else by "#" and its cell id."""
    return grade_id_of(cell) or "#" + str(cell.get("id"))


def is_answer(cell: Any) -> bool:
    """A cell that the assignment asks the student to fill."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_locked(cell: Any) -> bool:
    """The instructor's: nothing that a student does to it counts."""
    marks = cell.metadata.get("nbgrader", {})
    mine = marks.get("locked") or marks.get("grade") or marks.get("task") or _draws(cell)
    return bool(mine) and not is_answer(cell)


def role_of(cell: Any) -> CellRole:
    """What a code cell of the release is there for."""
    if is_answer(cell):
        return "solution"
    if cell.metadata.get("nbgrader", {}).get("grade"):
        return "grade"
    if _draws(cell):
        return ILLUSTRATION
    return "setup" if is_locked(cell) else "extra"


def settings_of(marks: Any) -> tuple[Any, ...]:
    """The nbgrader settings that decide about marks, for comparing."""
    found = marks if isinstance(marks, dict) else {}
    flags = [found.get(name) is True for name in ("grade", "locked", "solution", "task")]
    return (*flags, *(_plain(found.get(name)) for name in ("points", "schema_version")))


def _plain(value: Any) -> Any:
    return float(value) if type(value) in (int, float) and abs(value) < 1e9 else None


def _original(cell: Any) -> Original:
    return Original(
        node=cell,
        key=key_of(cell),
        name=grade_id_of(cell),
        source=cell.source,
        cell_type=cell.cell_type,
        role=role_of(cell) if cell.cell_type == "code" else None,
        answer=is_answer(cell),
        locked=is_locked(cell),
        settings=settings_of(cell.metadata.get("nbgrader")),
    )


def _draws(cell: Any) -> bool:
    return ILLUSTRATION in cell.metadata.get("tags", [])
