"""Where grading enters nbgrader: in the reading of the submitted file.

`nbgrader autograde` converts each notebook twice. The first pass reads the submission; a
preprocessor would come too late there, since the file has been parsed by then. The second pass
reads what the first has written, and nbgrader's own SaveAutoGrades stores the scores.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from autograder.collect import notebook_in
from autograder.extract import read_submission
from autograder.nbgrader_plugin.gradebook import zero_old_scores
from autograder.nbgrader_plugin.page import graded_page
from autograder.records import Submission
from autograder.release import Release


class BackpropExporter(NotebookExporter):  # type: ignore[misc]
    """Grades while it reads. A student's file never raises; a fault of the grader does."""

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """First pass: the graded notebook of a submission. Second pass: the file as it is."""
        if not getattr(self.parent, "_sanitizing", False) or not resources:
            return super().from_filename(filename, resources=resources, **kw)  # type: ignore[no-any-return]
        path, names = Path(filename), resources["nbgrader"]
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        zero_old_scores(names["db_url"], names["assignment"], names["student"])
        notebook = graded_notebook(path.parent, names["assignment"], names["student"])
        return self.from_notebook_node(notebook, resources)  # type: ignore[no-any-return]


def graded_notebook(folder: Path, assignment: str, student: str) -> Any:
    """Grade what stands in a submission's folder; the notebook for nbgrader to store."""
    # numpy, references and the sandbox: only now, since every nbgrader command loads this module
    from autograder.nbgrader_plugin.warm import warm_graders

    grader = warm_graders().grader(assignment)
    submission = submitted(folder, grader.release, student)
    return graded_page(submission, grader.grade(submission), grader.release)


def submitted(folder: Path, release: Release, student: str) -> Submission:
    """The submission in a folder, also where its file was renamed on the way."""
    path = notebook_in(folder, release.assignment)
    found = read_submission(path, student=student, release=release)
    expected = f"{release.assignment}.ipynb"
    if path.name == expected:
        return found
    note = f"The file was called {path.name!a}: it was graded as {expected}."
    return replace(found, repairs=(note, *found.repairs))
