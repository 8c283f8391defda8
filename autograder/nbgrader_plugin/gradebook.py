"""The one thing that we write into gradebook.db of our own accord: zeros."""

from nbgrader import api
from sqlalchemy import bindparam, select, update

from autograder.nbgrader_plugin.database import database
from autograder.nbgrader_plugin.submission_rows import grade, handed_in, submission

SUBMISSIONS = (
    select(submission.c.id)
    .join(api.Assignment.__table__, api.Assignment.id == submission.c.assignment_id)
    .where(
        api.Assignment.name == bindparam("assignment_name"),
        submission.c.student_id == bindparam("student_name"),
    )
)
NOTEBOOKS = select(handed_in.c.id).where(handed_in.c.assignment_id.in_(SUBMISSIONS))
NO_PENALTY = (
    update(handed_in)
    .where(handed_in.c.assignment_id.in_(SUBMISSIONS))
    .values(late_submission_penalty=None)
)
ZERO = (
    update(grade)
    .where(grade.c.notebook_id.in_(NOTEBOOKS))
    .values(auto_score=0, needs_manual_grade=False)
)


def zero_old_scores(db_url: str, assignment: str, student: str) -> None:
    """Take back the automatic scores of an earlier grading, before anything can go wrong.

    A failed regrade must not leave them. Scores that a person entered stay.
    """
    database(db_url).enter_course("default_course")
    with database(db_url).engine.begin() as connection:
        for statement in (NO_PENALTY, ZERO):
            connection.execute(statement, {"assignment_name": assignment, "student_name": student})
