"""Autograde in one pass over each notebook.

nbgrader converts a notebook twice: it cleans it and writes it, then reads it again, runs it, and
writes it once more. Nothing is run here, so that both lists of steps follow one another.
"""

from nbgrader.converters.base import BaseConverter

from autograder.nbgrader_plugin.converter import CourseAutograde
from autograder.nbgrader_plugin.database import database


class SwiftAutograde(CourseAutograde):
    """As CourseAutograde, with the same gradebook and the same files."""

    def convert_notebooks(self) -> None:
        """One command: what the gradebook says of the assignment holds until its end."""
        database(self.coursedir.db_url).forget()
        super().convert_notebooks()

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Both passes in one."""
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)

    def _init_preprocessors(self) -> None:
        """Both lists, in the order in which nbgrader applies them."""
        self.exporter._preprocessors = []
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            self.exporter.register_preprocessor(step)
