"""nbgrader's converters, where a course needs more of them.

`nbgrader generate_assignment` writes what students hold beside the notebook before it copies it.

`nbgrader autograde` gives every submission a row, whatever its folder holds. Stock nbgrader skips
folders without a notebook, ignores renamed files, copies links, and stops at a broken timestamp.

None of that is a setting, so subclasses take the place of both (patches.py); the stock commands
and the formgrader's buttons take them.
"""

import os
import shutil
from datetime import datetime
from fnmatch import fnmatch
from glob import glob
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugin.beside import beside
from autograder.nbgrader_plugin.exporter import refuse_to_execute
from autograder.nbgrader_plugin.gradebook import zero_old_scores

read_timestamp = CourseDirectory.get_existing_timestamp


class CourseGenerateAssignment(GenerateAssignment):  # type: ignore[misc]
    """GenerateAssignment for sets whose check.py and examples.json are generated."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Write the two, then copy all files as nbgrader does."""
        from autograder.student.generate import write_beside_source  # the references, numpy

        write_beside_source(assignment_id)
        super().init_assignment(assignment_id, student_id)


class OrdinaryFiles(BaseConverter):  # type: ignore[misc]
    """Takes along what a student handed in beside the notebook: ordinary files of a sane size."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy those that no browser runs and that stand in nobody's way."""
        source = Path(self._format_source(assignment_id, student_id))
        target = Path(self._format_dest(assignment_id, student_id))
        taken = self._names_of_the_course(assignment_id)
        for name in beside(source, assignment_id, taken, self.coursedir.ignore).taken:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name, follow_symlinks=False)

    def _names_of_the_course(self, assignment: str) -> set[str]:
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment)
        names = os.listdir(source) if os.path.isdir(source) else []
        return {*names}


class CourseAutograde(Autograde, OrdinaryFiles):  # type: ignore[misc]
    """Autograde that takes every submission's folder, with or without a readable notebook."""

    def init_notebooks(self) -> None:
        """One notebook per folder, under the assignment's name; the exporter finds the file."""
        refuse_to_execute(self.autograde_preprocessors)
        assignment = self.coursedir.assignment_id
        folders = glob(self._format_source(assignment, self.coursedir.student_id))
        if not folders or not fnmatch(assignment, self.coursedir.notebook_id):
            super().init_notebooks()
            return
        self.assignments = {
            folder: [os.path.join(folder, f"{assignment}.ipynb")] for folder in folders
        }

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """As nbgrader does; whatever fails from here on, no earlier score stands."""
        try:
            super().init_assignment(assignment_id, student_id)
        finally:
            zero_old_scores(self.coursedir.db_url, assignment_id, student_id)


def existing_timestamp(coursedir: CourseDirectory, folder: str) -> datetime | None:
    """When a submission was handed in; an unreadable timestamp.txt is none, and stops nobody."""
    try:
        return read_timestamp(coursedir, folder)
    except (OSError, ValueError, OverflowError, AttributeError):
        coursedir.log.warning("Unreadable timestamp in %s: taken as none.", folder)
        return None
