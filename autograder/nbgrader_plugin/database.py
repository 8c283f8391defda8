"""One gradebook for as long as the process lives: its engine, and what it says of assignments."""

from functools import cache

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from autograder.nbgrader_plugin.structure import AssignmentRow, read_assignment


class Database:
    """An engine, which keeps what SQLAlchemy has compiled; nbgrader makes one per question.

    No connection outlives a ledger: a gradebook file that is replaced meanwhile is seen.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.engine = create_engine(url, poolclass=NullPool)
        self._courses: set[str] = set()
        self._assignments: dict[str, AssignmentRow] = {}

    def enter_course(self, course: str) -> None:
        """Let nbgrader make what is missing: the file, its tables, the row of the course."""
        if course not in self._courses:
            Gradebook(self._url, course).close()
            self._courses.add(course)

    def assignment(self, name: str) -> AssignmentRow:
        """The assignment of that name, read once per command; raises MissingEntry."""
        if name not in self._assignments:
            with self.engine.connect() as connection:
                found = read_assignment(connection, name)
            if found is None:
                raise MissingEntry(f"No such assignment: {name}")
            self._assignments[name] = found
        return self._assignments[name]

    def forget(self) -> None:
        """A new command begins: the assignment may have been generated again."""
        self._courses.clear()
        self._assignments.clear()


@cache
def database(url: str) -> Database:
    """The process's own object for that address."""
    return Database(url)
