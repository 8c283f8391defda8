"""Where grading enters nbgrader: in the reading of the submitted file.

`nbgrader autograde` converts each notebook twice. The first pass reads the submission; a
preprocessor would come too late there, since the file has been parsed by then. The second pass
reads what the first has written, and nbgrader's own SaveAutoGrades stores the scores.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import nbformat.validator
import traitlets
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ExecutePreprocessor
from traitlets import Dict, Enum

from autograder.errors import Misuse
from autograder.nbgrader_plugin.notebook_text import notebook_text
from autograder.settings import Limits

if TYPE_CHECKING:
    from autograder.pipeline import Grader


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
    ahead = traitlets.Any(None, help="A GradingAhead for the command that runs, where there is one")

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """First pass: the graded notebook of a submission. Second pass: the file as it is."""
        refuse_to_execute(getattr(self.parent, "autograde_preprocessors", ()))
        if not getattr(self.parent, "_sanitizing", False) or not resources:
            return super().from_filename(filename, resources=resources, **kw)
        path, names = Path(filename), resources["nbgrader"]
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        page = self._graded(path.parent, names["assignment"], names["student"])
        if getattr(self.parent, "one_pass", False):
            return self._written(page, resources)
        return self.from_notebook_node(page, resources)

    def _written(self, page: Any, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """As nbconvert has it, but for copies of a notebook that is ours alone."""
        for step in self._preprocessors:
            page, resources = step(page, resources)
        _, page = nbformat.validator.normalize(page)
        nbformat.validate(page, relax_add_props=True)
        resources["output_extension"] = self.file_extension
        return notebook_text(page) + "\n", resources

    def grader(self, assignment: str, workers: int = 1) -> "Grader":
        """The warm grader of an assignment, as configured."""
        # numpy, references, the sandbox: only now, since every nbgrader command loads this
        from autograder.nbgrader_plugin.warm import warm_graders

        limits = limits_from(self.limits)
        return warm_graders().grader(assignment, limits, self.isolation, workers)

    def _graded(self, folder: Path, assignment: str, student: str) -> Any:
        if self.ahead is not None:
            return self.ahead.page(folder, student)
        grader = self.grader(assignment)
        from autograder.nbgrader_plugin.grading import content_of, graded_page_of

        return graded_page_of(content_of(folder, grader.release, grader.limits), student, grader)


def refuse_to_execute(steps: Iterable[Any]) -> None:
    """Raise Misuse where nbgrader would run student code itself.

    It does where nbgrader_config.py cannot be read, for it goes on with its own defaults then;
    nbgrader_config.json still names this exporter.
    """
    if any(isinstance(step, type) and issubclass(step, ExecutePreprocessor) for step in steps):
        raise Misuse(
            "nbgrader would run student code unprotected, so nothing was run. "
            "Repair nbgrader_config.py: what is wrong with it is said at the top of this log."
        )


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
