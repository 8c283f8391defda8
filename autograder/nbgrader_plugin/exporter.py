"""Where grading enters nbgrader: in the reading of the submitted file.

`nbgrader autograde` converts each notebook twice. The first pass reads the submission; a
preprocessor would come too late there, since the file has been parsed by then. The second pass
reads what the first has written, and nbgrader's own SaveAutoGrades stores the scores.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from traitlets import Dict, Enum

from autograder.errors import Misuse
from autograder.extract.collect import choice_in
from autograder.extract.extract import read_submission
from autograder.extract.release import Release
from autograder.nbgrader_plugin.beside import beside
from autograder.nbgrader_plugin.gradebook import zero_old_scores
from autograder.nbgrader_plugin.page import graded_page
from autograder.records import Submission
from autograder.settings import Isolation, Limits


class BackpropExporter(NotebookExporter):  # type: ignore[misc]
    """Grades while it reads. A student's file never raises; a fault of the grader does."""

    limits = Dict(
        help="What a submission may use, by field of autograder.settings.Limits, in seconds and "
        'bytes: c.BackpropExporter.limits = {"call_seconds": 10, "memory_bytes": 2**30}'
    ).tag(config=True)
    isolation = Enum(
        ("auto", "bubblewrap", "landlock", "none"),
        default_value="auto",
        help="auto takes the strongest there is; none is for code you trust",
    ).tag(config=True)

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """First pass: the graded notebook of a submission. Second pass: the file as it is."""
        if not getattr(self.parent, "_sanitizing", False) or not resources:
            return super().from_filename(filename, resources=resources, **kw)  # type: ignore[no-any-return]
        path, names = Path(filename), resources["nbgrader"]
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        zero_old_scores(names["db_url"], names["assignment"], names["student"])
        limits = limits_from(self.limits)
        which = (path.parent, names["assignment"], names["student"])
        notebook = graded_notebook(*which, limits, self.isolation)
        return self.from_notebook_node(notebook, resources)  # type: ignore[no-any-return]


def limits_from(settings: dict[str, float]) -> Limits:
    """The limits of nbgrader_config.py; raises Misuse for a name or a value that is not one."""
    known = vars(Limits())
    for name, value in settings.items():
        if name not in known or not isinstance(value, int | float) or not 0 < value < 1e15:
            raise Misuse(
                f"c.BackpropExporter.limits: {name} = {value!r} is not a limit. "
                f"Give a number above 0 for one of {', '.join(known)}."
            )
    return Limits(**{name: type(known[name])(value) for name, value in settings.items()})


def graded_notebook(
    folder: Path,
    assignment: str,
    student: str,
    limits: Limits = Limits(),
    isolation: Isolation = "auto",
) -> Any:
    """Grade what stands in a submission's folder; the notebook for nbgrader to store."""
    # numpy, references and the sandbox: only now, since every nbgrader command loads this module
    from autograder.nbgrader_plugin.warm import warm_graders

    grader = warm_graders().grader(assignment, limits, isolation)
    submission = submitted(folder, grader.release, student, limits)
    return graded_page(submission, grader.graded(submission), grader.release)


def submitted(
    folder: Path, release: Release, student: str, limits: Limits = Limits()
) -> Submission:
    """The submission in a folder, also where its file was renamed on the way."""
    chosen = choice_in(folder, release.assignment)
    found = read_submission(chosen.path, student=student, release=release, limits=limits)
    own = {Path(name).parts[0] for name, _ in release.files}
    return found.with_note(beside(folder, release.assignment, own).note).with_note(chosen.note)
