"""Write what students hold beside their notebook: check.py and examples.json.

Both are generated, and tracked nowhere but in release/: whoever makes a release writes them first.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.course import course_root
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Assignment
from autograder.student.examples import NO_SLIPS, examples_json
from autograder.student.join import join_modules


def write_beside_source(name: str) -> None:
    """Write both beside the instructor's notebook of a set; a set without records has none."""
    if name in assignment_names():
        write(load_assignment(name), course_root() / "source" / name)


def write(assignment: Assignment, folder: Path, slips: Mapping[str, Any] = NO_SLIPS) -> None:
    """Write both files into a folder; `slips` is what the desk knows of slips (desk_slips.py)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "check.py").write_text(join_modules(), encoding="utf-8")
    (folder / "examples.json").write_text(examples_json(assignment, slips), encoding="utf-8")
