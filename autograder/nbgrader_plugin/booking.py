"""The rows that a student and a submission have from the beginning, as nbgrader makes them."""

from collections.abc import Iterable
from datetime import datetime

from nbgrader import api
from nbgrader.api import new_uuid
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.engine import Connection

from autograder.nbgrader_plugin.structure import AssignmentRow, MarkedCell
from autograder.nbgrader_plugin.submission_rows import (
    SUBMISSION,
    comment,
    grade,
    handed_in,
    submission,
)

student = api.Student.__table__
STUDENT = select(student.c.id).where(student.c.id == bindparam("student"))
SET_TIMESTAMP = (
    update(submission)
    .where(
        submission.c.assignment_id == bindparam("assignment"),
        submission.c.student_id == bindparam("student_name"),
    )
    .values(timestamp=bindparam("when"))
)


def add_student(connection: Connection, name: str) -> None:
    """Give a student a row, where there is none."""
    if connection.execute(STUDENT, {"student": name}).one_or_none() is None:
        connection.execute(insert(student), {"id": name})


def add_submission(
    connection: Connection, assignment: AssignmentRow, name: str, when: datetime | None
) -> bool:
    """Give a submission, its notebooks, grades and comments rows; False where it has them."""
    which = {"assignment": assignment.id, "student": name}
    if connection.execute(SUBMISSION, which).one_or_none() is not None:
        return False
    row = {"id": new_uuid(), "assignment_id": assignment.id, "student_id": name, "timestamp": when}
    connection.execute(insert(submission), row)
    for notebook in assignment.notebooks:
        own = {"id": new_uuid(), "notebook_id": notebook.id, "assignment_id": row["id"]}
        connection.execute(insert(handed_in), own)
        graded = (*notebook.grade_cells, *notebook.task_cells)
        commented = (*notebook.solution_cells, *notebook.task_cells)
        _add_rows(connection, grade, graded, own["id"])
        _add_rows(connection, comment, commented, own["id"])
    return True


def set_timestamp(
    connection: Connection, assignment: AssignmentRow, name: str, when: datetime
) -> None:
    """Note when a submission that has its rows was handed in last."""
    values = {"assignment": assignment.id, "student_name": name, "when": when}
    connection.execute(SET_TIMESTAMP, values)


def _add_rows(
    connection: Connection, table: Table, cells: Iterable[MarkedCell], notebook: str
) -> None:
    rows = [{"id": new_uuid(), "cell_id": cell.id, "notebook_id": notebook} for cell in cells]
    if rows:
        connection.execute(insert(table), rows)
