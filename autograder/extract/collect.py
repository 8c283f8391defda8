"""What there is to grade: a submitted/ tree, a folder of notebooks, or one notebook."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import Misuse


@dataclass(frozen=True, slots=True)
class Found:
    """One student's file. It may not exist: an empty folder is graded as a missing file."""

    student: str
    name: str
    """The file's path as text: a class of Path objects takes as much memory as the grader."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


def collect(path: Path, assignment: str) -> list[Found]:
    """List the submissions below `path`, sorted by student; raises Misuse where there is none.

    A submitted/ tree holds `<student>/<assignment>/<assignment>.ipynb`; in a folder of notebooks
    the file's name is the student's.
    """
    if not path.exists():
        raise Misuse(f"{path} does not exist. Name a submitted/ tree, a folder or a notebook.")
    if path.is_file():
        return [Found(path.stem, str(path))]
    found = [*_tree(path, assignment)] or [*_folder(path)]
    if not found:
        raise Misuse(
            f"{path} holds no submissions of {assignment}: neither <student>/{assignment}/ "
            "folders nor .ipynb files. Check the folder and the assignment's name."
        )
    return found


def _tree(path: Path, assignment: str) -> Iterator[Found]:
    for student in sorted(p for p in path.iterdir() if p.is_dir() and not p.name.startswith(".")):
        folder = student / assignment
        if student.is_symlink() or folder.is_dir():
            yield Found(student.name, str(notebook_in(folder, assignment)))


def _folder(path: Path) -> Iterator[Found]:
    for name in sorted(os.listdir(path)):
        if name.endswith(".ipynb"):
            yield Found(name.removesuffix(".ipynb"), os.path.join(path, name))


def notebook_in(folder: Path, assignment: str) -> Path:
    """The submitted notebook of a folder: the expected name, else the only (or likeliest) other.

    Browsers and students rename files: “ps2_worked_example (1).ipynb” is still the submission.
    Where a folder is a link, to somebody else's work perhaps, the link is what was handed in.
    """
    for link in (folder, folder.parent):
        if link.is_symlink():
            return link
    expected = folder / f"{assignment}.ipynb"
    if expected.exists() or expected.is_symlink():
        return expected
    others = sorted(folder.glob("*.ipynb"))
    alike = [p for p in others if re.match(re.escape(assignment) + r"\W", p.name)]
    return alike[-1] if alike else others[0] if len(others) == 1 else expected
