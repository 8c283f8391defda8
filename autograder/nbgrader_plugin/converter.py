"""nbgrader's converters, where a course needs more of them.

`nbgrader generate_assignment` writes what students hold beside the notebook before it copies it.

`nbgrader autograde` gives every submission a row, whatever its folder holds. Stock nbgrader skips
folders without a notebook, ignores renamed files, copies links, and stops at a broken timestamp.

None of that is a setting, so `install` puts subclasses in the place of both; the stock commands
and the formgrader's buttons take them.
"""

import os
import shutil
from datetime import datetime
from fnmatch import fnmatch
from glob import glob
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generateassignmentapp
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugin.beside import beside, serve_sandboxed
from autograder.nbgrader_plugin.gradebook import zero_old_scores
from autograder.student.hand_out import write_beside_source

read_timestamp = CourseDirectory.get_existing_timestamp


class CourseGenerateAssignment(GenerateAssignment):  # type: ignore[misc]
    """GenerateAssignment for sets whose check.py and examples.json are generated."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Write the two, then copy all files as nbgrader does."""
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
        assignment = self.coursedir.assignment_id
        folders = glob(self._format_source(assignment, self.coursedir.student_id))
        if not folders or not fnmatch(assignment, self.coursedir.notebook_id):
            super().init_notebooks()
            return
        self.assignments = {
            folder: [os.path.join(folder, f"{assignment}.ipynb")] for folder in folders
        }

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """As nbgrader does; where that fails, no earlier score may stand."""
        try:
            super().init_assignment(assignment_id, student_id)
        except Exception:
            zero_old_scores(self.coursedir.db_url, assignment_id, student_id)
            raise


def existing_timestamp(coursedir: CourseDirectory, folder: str) -> datetime | None:
    """When a submission was handed in; an unreadable timestamp.txt is none, and stops nobody."""
    try:
        return read_timestamp(coursedir, folder)  # type: ignore[no-any-return]
    except (OSError, ValueError, OverflowError, AttributeError):
        coursedir.log.warning("Unreadable timestamp in %s: taken as none.", folder)
        return None


def install() -> None:
    """Put the above in place of nbgrader's own; doing it twice is doing it once."""
    nbgrader.apps.api.Autograde = CourseAutograde
    nbgrader.apps.autogradeapp.Autograde = CourseAutograde
    nbgrader.apps.api.GenerateAssignment = CourseGenerateAssignment
    nbgrader.apps.generateassignmentapp.GenerateAssignment = CourseGenerateAssignment
    CourseDirectory.get_existing_timestamp = existing_timestamp
    serve_sandboxed()
