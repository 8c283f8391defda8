"""Autograde in one pass over each notebook, with the sandbox some submissions ahead of nbgrader.

nbgrader converts a notebook twice: it cleans it and writes it, then reads it again, runs it, and
writes it once more. Nothing is run here, so that both lists of steps follow one another.
"""

import os
import re
from pathlib import Path

from nbgrader.converters.base import BaseConverter

from autograder.errors import GraderFault, Misuse
from autograder.nbgrader_plugin.converter import CourseAutograde
from autograder.nbgrader_plugin.database import database
from autograder.nbgrader_plugin.exporter import BackpropExporter


class SwiftAutograde(CourseAutograde):
    """As CourseAutograde, with the same gradebook and the same files."""

    one_pass = True
    """Tells the exporter that the notebook will not be read again."""

    def convert_notebooks(self) -> None:
        """One command: what the gradebook says of the assignment holds until its end."""
        database(self.coursedir.db_url).forget()
        try:
            self._look_ahead()
            super().convert_notebooks()
        finally:
            self._look_no_further()

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Both passes in one."""
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)

    def _init_preprocessors(self) -> None:
        """Both lists, in the order in which nbgrader applies them."""
        self.exporter._preprocessors = []
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            self.exporter.register_preprocessor(step)

    def _look_ahead(self) -> None:
        """Begin with what nbgrader is going to grade, where it is more than one."""
        assignment = self.coursedir.assignment_id
        wanted = [folder for folder in sorted(self.assignments) if self.will_grade(folder)]
        if len(wanted) < 2 or not isinstance(self.exporter, BackpropExporter):
            return
        try:
            grader = self.exporter.grader(assignment, min(len(wanted), os.cpu_count() or 1))
        except (GraderFault, Misuse):
            return  # said once more for each submission, by which nbgrader notes a failure
        from autograder.nbgrader_plugin.ahead import Coming, GradingAhead

        coming = (Coming(Path(folder), self._student_of(folder)) for folder in wanted)
        self.exporter.ahead = GradingAhead(grader, coming)

    def _look_no_further(self) -> None:
        """End it; where something still runs nobody waits for it, so that its sandbox goes too."""
        ahead = getattr(self.exporter, "ahead", None)
        if ahead is not None:
            self.exporter.ahead = None
            if ahead.close():
                from autograder.nbgrader_plugin.warm import warm_graders

                warm_graders().close()

    def will_grade(self, folder: str) -> bool:
        """Would nbgrader's `init_destination` go on with this submission? Nothing is removed."""
        student = self._student_of(folder)
        if student in (self.coursedir.student_id_exclude or "").split(","):
            return False
        target = os.path.normpath(self._format_dest(self.coursedir.assignment_id, student))
        return self.force or not self._is_there(folder, target) or self._is_newer(folder, target)

    def _is_there(self, folder: str, target: str) -> bool:
        if self.coursedir.notebook_id == "*":
            return os.path.exists(target)
        names = (Path(notebook).stem for notebook in self.assignments[folder])
        ending = self.exporter.file_extension
        return all(os.path.exists(os.path.join(target, name + ending)) for name in names)

    def _is_newer(self, folder: str, target: str) -> bool:
        new, old = map(self.coursedir.get_existing_timestamp, (folder, target))
        return new is not None and old is not None and new > old

    def _student_of(self, folder: str) -> str:
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        found = re.match(pattern, folder)
        return found["student_id"] if found else ""
