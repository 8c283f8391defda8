"""Make release/<set>/ from source/<set>/ without nbgrader, and without its gradebook."""

import shutil
from pathlib import Path

import nbformat

from autograder.authoring.student_version import student_version
from autograder.course import course_root
from autograder.errors import Misuse
from autograder.exercise.load import load_assignment
from autograder.student.generate import write_beside_source

LEFT_OUT = shutil.ignore_patterns(
    "*.ipynb", "*.pyc", "__pycache__", ".ipynb_checkpoints", "feedback"
)


def make_release(assignment: str) -> Path:
    """Write what students get of a set, in the place of what was there; returns the folder.

    Raises Misuse for an unknown set, or one without a notebook.
    """
    load_assignment(assignment)
    source = course_root() / "source" / assignment
    notebook = source / f"{assignment}.ipynb"
    if not notebook.is_file():
        raise Misuse(f"{notebook} is missing. The instructor's notebook of the set goes there.")
    made = student_version(nbformat.read(notebook, as_version=4))
    write_beside_source(assignment)
    release = course_root() / "release" / assignment
    shutil.rmtree(release, ignore_errors=True)
    shutil.copytree(source, release, ignore=LEFT_OUT)
    (release / notebook.name).write_text(nbformat.writes(made) + "\n", encoding="utf-8")
    return release
