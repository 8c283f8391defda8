"""What the gradebook holds of one submission, in records with the names that nbgrader's have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol, TypeVar

from nbgrader import api
from sqlalchemy import Update, bindparam, func, select, update
from sqlalchemy.engine import Connection

from autograder.nbgrader_plugin.structure import (
    AssignmentRow,
    base_cell,
    grade_cell,
    notebook,
    task_cell,
)

submission = api.SubmittedAssignment.__table__
handed_in = api.SubmittedNotebook.__table__
grade, comment = api.Grade.__table__, api.Comment.__table__

SUBMISSION = select(submission).where(
    submission.c.assignment_id == bindparam("assignment"),
    submission.c.student_id == bindparam("student"),
)
HANDED_IN = (
    select(handed_in.c.id, notebook.c.name, handed_in.c.late_submission_penalty)
    .join(notebook, notebook.c.id == handed_in.c.notebook_id)
    .where(handed_in.c.assignment_id == bindparam("submission"))
)
GRADES = (
    select(
        grade.c.id,
        base_cell.c.name,
        base_cell.c.type,
        grade.c.auto_score,
        grade.c.manual_score,
        grade.c.needs_manual_grade,
        api.Grade.score.label("score"),
        func.coalesce(grade_cell.c.max_score, task_cell.c.max_score, 0.0).label("max_score"),
    )
    .select_from(grade)
    .join(base_cell, base_cell.c.id == grade.c.cell_id)
    .outerjoin(grade_cell, grade_cell.c.id == base_cell.c.id)
    .outerjoin(task_cell, task_cell.c.id == base_cell.c.id)
    .where(grade.c.notebook_id == bindparam("notebook"))
)
COMMENTS = (
    select(
        comment.c.id,
        base_cell.c.name,
        base_cell.c.type,
        comment.c.auto_comment,
        api.Comment.comment.label("comment"),
    )
    .select_from(comment)
    .join(base_cell, base_cell.c.id == comment.c.cell_id)
    .where(comment.c.notebook_id == bindparam("notebook"))
)
TOTALS = select(
    api.SubmittedNotebook.score.label("score"), api.SubmittedNotebook.max_score.label("max_score")
).where(api.SubmittedNotebook.id == bindparam("notebook"))
"""nbgrader's own sums, by the database: it adds floats in its own way."""
SET_GRADE = (
    update(grade)
    .where(grade.c.id == bindparam("row"))
    .values(auto_score=bindparam("auto"), needs_manual_grade=bindparam("by_hand"))
)
SET_COMMENT = (
    update(comment).where(comment.c.id == bindparam("row")).values(auto_comment=bindparam("auto"))
)
SET_PENALTY = (
    update(handed_in)
    .where(handed_in.c.id == bindparam("row"))
    .values(late_submission_penalty=bindparam("penalty"))
)


class Row(Protocol):
    """A record that knows what is written of it."""

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of its UPDATE."""
        ...


R = TypeVar("R", bound=Row)


@dataclass
class GradeRow:
    """A cell's grade; nbgrader sets `auto_score` and `needs_manual_grade`."""

    id: str
    auto_score: float | None
    manual_score: float | None
    needs_manual_grade: bool
    score: float
    max_score: float

    @property
    def values(self) -> dict[str, Any]:
        """What `SET_GRADE` writes."""
        return {"row": self.id, "auto": self.auto_score, "by_hand": self.needs_manual_grade}


@dataclass
class CommentRow:
    """A cell's comment; nbgrader sets `auto_comment`."""

    id: str
    auto_comment: str | None
    comment: str | None

    @property
    def values(self) -> dict[str, Any]:
        """What `SET_COMMENT` writes."""
        return {"row": self.id, "auto": self.auto_comment}


class HandedIn:
    """One notebook of a submission; nbgrader sets `late_submission_penalty`."""

    def __init__(self, row: Any, connection: Connection) -> None:
        self.id: str = row.id
        self.name: str = row.name
        self.late_submission_penalty: float | None = row.late_submission_penalty
        self._connection = connection
        self._watched: list[tuple[Update, Row, dict[str, Any]]] = []
        self._watch(SET_PENALTY, self)

    @property
    def values(self) -> dict[str, Any]:
        """What `SET_PENALTY` writes."""
        return {"row": self.id, "penalty": self.late_submission_penalty}

    @property
    def score(self) -> float:
        """The points earned."""
        return self._totals.score

    @property
    def max_score(self) -> float:
        """The points that there are."""
        return self._totals.max_score

    @property
    def grades(self) -> list[GradeRow]:
        """All grades of the notebook."""
        return list(self.grade_by_name.values())

    @cached_property
    def grade_by_name(self) -> dict[str, GradeRow]:
        """Grades by the name of their cell."""
        found = self._connection.execute(GRADES, {"notebook": self.id})
        rows = ((row.name, GradeRow(row.id, *row[3:])) for row in _tasks_first(found))
        return {name: self._watch(SET_GRADE, row) for name, row in rows}

    @cached_property
    def comment_by_name(self) -> dict[str, CommentRow]:
        """Comments by the name of their cell."""
        found = self._connection.execute(COMMENTS, {"notebook": self.id})
        rows = ((row.name, CommentRow(row.id, *row[3:])) for row in _tasks_first(found))
        return {name: self._watch(SET_COMMENT, row) for name, row in rows}

    def write(self) -> None:
        """Write what has changed; whoever holds the connection commits."""
        changed: dict[Update, list[dict[str, Any]]] = {}
        for statement, row, before in self._watched:
            if row.values != before:
                changed.setdefault(statement, []).append(row.values)
        for statement, values in changed.items():
            self._connection.execute(statement, values)

    def _watch(self, statement: Update, row: R) -> R:
        self._watched.append((statement, row, row.values))
        return row

    @cached_property
    def _totals(self) -> Any:
        return self._connection.execute(TOTALS, {"notebook": self.id}).one()


@dataclass(frozen=True)
class Handing:
    """A submission; how late it is, is nbgrader's own arithmetic."""

    id: str
    assignment: AssignmentRow
    student: str
    timestamp: datetime | None
    extension: timedelta | None

    duedate = api.SubmittedAssignment.duedate
    total_seconds_late = api.SubmittedAssignment.total_seconds_late

    def __repr__(self) -> str:
        return f"SubmittedAssignment<{self.assignment.name} for {self.student}>"


def _tasks_first(found: Any) -> list[Any]:
    """Nbgrader looks for a task of a name only where there is no other cell of that name."""
    return sorted(found, key=lambda row: row.type != "TaskCell")
