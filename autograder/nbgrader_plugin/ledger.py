"""nbgrader's Gradebook for one submission: few queries, and one commit when it is closed.

Stock nbgrader looks each cell up by a query of its own and commits after each. A `Ledger` answers
the same calls from rows that were read at once, so that nbgrader's own code decides every score,
comment and penalty; what it is not asked for here goes to a Gradebook of nbgrader's.
"""

from functools import cached_property
from types import TracebackType
from typing import Any, Self

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import parse_utc
from sqlalchemy.engine import Connection

from autograder.nbgrader_plugin.booking import add_student, add_submission, set_timestamp
from autograder.nbgrader_plugin.database import database
from autograder.nbgrader_plugin.structure import AssignmentRow, MarkedCell, NotebookRow
from autograder.nbgrader_plugin.submission_rows import (
    HANDED_IN,
    SUBMISSION,
    CommentRow,
    GradeRow,
    HandedIn,
    Handing,
)


class Ledger:
    """Takes the place of nbgrader's Gradebook where it grades; a context manager like that one."""

    def __init__(self, db_url: str, course_id: str = "default_course") -> None:
        self._url, self._course = db_url, course_id
        self._database = database(db_url)
        self._database.enter_course(course_id)
        self._notebooks: dict[tuple[str, str, str], HandedIn] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        """What is not answered here: nbgrader's own answer."""
        return getattr(self._stock, name)

    @property
    def db(self) -> Self:
        """Where nbgrader calls `commit`."""
        return self

    def commit(self) -> None:
        """Nothing yet: `close` writes all at once."""

    def close(self) -> None:
        """Write what nbgrader has changed, also where it failed halfway, and let go."""
        if "_connection" in self.__dict__:
            with self._connection:
                for notebook in self._notebooks.values():
                    notebook.write()
                self._connection.commit()
        if "_stock" in self.__dict__:
            self._stock.close()

    def update_or_create_student(self, student_id: str) -> None:
        """Give the student a row, where there is none."""
        add_student(self._connection, student_id)

    def update_or_create_submission(
        self, assignment: str, student: str, timestamp: Any = None
    ) -> Handing:
        """Give the submission its rows; where there are any, only the time is set."""
        found = self.find_assignment(assignment)
        when = parse_utc(timestamp)
        if not add_submission(self._connection, found, student, when) and when is not None:
            set_timestamp(self._connection, found, student, when)
        return self.find_submission(assignment, student)

    def find_assignment(self, name: str) -> AssignmentRow:
        """An assignment with its notebooks and cells; raises MissingEntry."""
        return self._database.assignment(name)

    def find_notebook(self, name: str, assignment: str) -> NotebookRow:
        """A notebook of an assignment; raises MissingEntry."""
        for notebook in self.find_assignment(assignment).notebooks:
            if notebook.name == name:
                return notebook
        raise MissingEntry(f"No such notebook: {assignment}/{name}")

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """A cell as the instructor wrote it; raises MissingEntry."""
        for cell in self.find_notebook(notebook, assignment).source_cells:
            if cell.name == name:
                return cell
        raise MissingEntry(f"No such source cell: {assignment}/{notebook}/{name}")

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> MarkedCell:
        """A cell with points; raises MissingEntry."""
        found = self.find_notebook(notebook, assignment)
        for cell in (*found.grade_cells, *found.task_cells):
            if cell.name == name:
                return cell
        raise MissingEntry(f"No such grade cell: {assignment}/{notebook}/{name}")

    def find_submission(self, assignment: str, student: str) -> Handing:
        """A student's submission; raises MissingEntry."""
        found = self.find_assignment(assignment)
        which = {"assignment": found.id, "student": student}
        row = self._connection.execute(SUBMISSION, which).one_or_none()
        if row is None:
            raise MissingEntry(f"No such submission: {assignment} for {student}")
        return Handing(row.id, found, student, row.timestamp, row.extension)

    def find_submission_notebook(self, notebook: str, assignment: str, student: str) -> HandedIn:
        """One notebook of a submission; raises MissingEntry."""
        key = (notebook, assignment, student)
        if key not in self._notebooks:
            which = {"submission": self.find_submission(assignment, student).id}
            for row in self._connection.execute(HANDED_IN, which).all():
                self._notebooks[row.name, assignment, student] = HandedIn(row, self._connection)
        if key not in self._notebooks:
            raise MissingEntry(f"No such submitted notebook: {assignment}/{notebook} for {student}")
        return self._notebooks[key]

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> GradeRow:
        """The grade of a cell; raises MissingEntry."""
        grades = self.find_submission_notebook(notebook, assignment, student).grade_by_name
        if grade_cell not in grades:
            raise MissingEntry(f"No such grade: {assignment}/{notebook}/{grade_cell} for {student}")
        return grades[grade_cell]

    def find_comment(
        self, solution_cell: str, notebook: str, assignment: str, student: str
    ) -> CommentRow:
        """The comment on a cell; raises MissingEntry."""
        comments = self.find_submission_notebook(notebook, assignment, student).comment_by_name
        if solution_cell not in comments:
            place = f"{assignment}/{notebook}/{solution_cell}"
            raise MissingEntry(f"No such comment: {place} for {student}")
        return comments[solution_cell]

    @cached_property
    def _connection(self) -> Connection:
        return self._database.engine.connect()

    @cached_property
    def _stock(self) -> Gradebook:
        return Gradebook(self._url, self._course)
