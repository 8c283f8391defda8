"""The one thing that we write into gradebook.db ourselves: zeros."""

from nbgrader.api import Gradebook, MissingEntry


def zero_old_scores(db_url: str, assignment: str, student: str) -> None:
    """Take back the automatic scores of an earlier grading, before anything can go wrong.

    A failed regrade must not leave them. Scores that a person entered stay.
    """
    with Gradebook(db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None
            for grade in notebook.grades:
                grade.auto_score = 0
                grade.needs_manual_grade = False
        gradebook.db.commit()
