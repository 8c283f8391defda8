"""An assignment as nbgrader's gradebook holds it: its notebooks and their cells, read at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from nbgrader import api
from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

CellKind = Literal["GradeCell", "SolutionCell", "TaskCell"]

base_cell, source_cell = api.BaseCell.__table__, api.SourceCell.__table__
grade_cell, task_cell = api.GradeCell.__table__, api.TaskCell.__table__
notebook = api.Notebook.__table__

ASSIGNMENT = select(api.Assignment.__table__).where(api.Assignment.name == bindparam("name"))
NOTEBOOKS = (
    select(notebook.c.id, notebook.c.name)
    .where(notebook.c.assignment_id == bindparam("assignment"))
    .order_by(notebook.c.name)
)
SOURCE_CELLS = select(source_cell).where(source_cell.c.notebook_id == bindparam("notebook"))
MARKED_CELLS = (
    select(
        base_cell.c.id,
        base_cell.c.name,
        base_cell.c.type,
        grade_cell.c.max_score,
        task_cell.c.max_score.label("task_score"),
    )
    .outerjoin(grade_cell, grade_cell.c.id == base_cell.c.id)
    .outerjoin(task_cell, task_cell.c.id == base_cell.c.id)
    .where(base_cell.c.notebook_id == bindparam("notebook"))
)


@dataclass(frozen=True)
class MarkedCell:
    """A cell that gets a grade, a comment, or both."""

    id: str
    name: str
    kind: CellKind
    max_score: float | None


@dataclass(frozen=True)
class NotebookRow:
    """One notebook of an assignment, under the names that nbgrader's own class has."""

    id: str
    name: str
    source_cells: tuple[Any, ...]
    marked: tuple[MarkedCell, ...]

    @property
    def grade_cells(self) -> list[MarkedCell]:
        """Cells with points."""
        return self._of_kind("GradeCell")

    @property
    def solution_cells(self) -> list[MarkedCell]:
        """Cells that students fill."""
        return self._of_kind("SolutionCell")

    @property
    def task_cells(self) -> list[MarkedCell]:
        """Cells that ask for something done elsewhere: points and a comment."""
        return self._of_kind("TaskCell")

    def _of_kind(self, kind: CellKind) -> list[MarkedCell]:
        return [cell for cell in self.marked if cell.kind == kind]


@dataclass(frozen=True)
class AssignmentRow:
    """One assignment and all that `generate_assignment` wrote about it."""

    id: str
    name: str
    duedate: datetime | None
    notebooks: tuple[NotebookRow, ...]


def read_assignment(connection: Connection, name: str) -> AssignmentRow | None:
    """The assignment of that name, or None."""
    found = connection.execute(ASSIGNMENT, {"name": name}).one_or_none()
    if found is None:
        return None
    return AssignmentRow(found.id, name, found.duedate, tuple(_notebooks(connection, found.id)))


def _notebooks(connection: Connection, assignment: str) -> Iterator[NotebookRow]:
    for row in connection.execute(NOTEBOOKS, {"assignment": assignment}).all():
        here = {"notebook": row.id}
        sources = tuple(connection.execute(SOURCE_CELLS, here))
        marked = tuple(
            MarkedCell(
                cell.id,
                cell.name,
                cell.type,
                cell.max_score if cell.type == "GradeCell" else cell.task_score,
            )
            for cell in connection.execute(MARKED_CELLS, here)
        )
        yield NotebookRow(row.id, row.name, sources, marked)
