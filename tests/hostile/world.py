"""A course with planted secrets, its submissions, and what stands in it before and after."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.exercise.load import load_assignment
from autograder.settings import Limits
from tests.hostile.attack import ASSIGNMENT, CANARY
from tests.nbgrader_course import make_course
from tests.notebooks import hand_in, solved

ROOT = Path(__file__).parents[2]
HONEST_STUDENT = "zoe"
LIMITS = Limits(
    cell_seconds=1.5,
    call_seconds=1.0,
    submission_seconds=8.0,
    memory_bytes=2**29,
    output_bytes=2**16,
    answer_bytes=2**20,
    scratch_bytes=2**24,
    scratch_files=200,
)
OPTIONS = [
    *("--cell-seconds", "1.5", "--call-seconds", "1", "--submission-seconds", "8"),
    *("--memory-mb", "512", "--output-kb", "64", "--answer-kb", "1024"),
    *("--scratch-mb", "16", "--scratch-files", "200"),
]
VARIABLES = ("AUTOGRADER_COURSE", "CANARY_VARIABLE", "PATH")
PASSING = ("gradebook.db", "gradebook.db-journal", ".nbgrader.log")
PUBLIC_FOLDERS = ("/", "/tmp", "/var/tmp", "/dev/shm", "/home", "/root", "/etc", "/usr/lib")


@dataclass(frozen=True)
class World:
    """A course's folder, where everybody could read and write if only the user decided."""

    course: Path

    @property
    def results(self) -> Path:
        """Where `autograder grade` puts what it finds, outside the course."""
        return self.course.parent / "results"

    def submit(self, student: str, notebook) -> None:
        """Hand in."""
        hand_in(notebook, self.folder(student) / f"{ASSIGNMENT}.ipynb")

    def folder(self, student: str) -> Path:
        """A student's folder for the assignment."""
        folder = self.course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def snapshot(self) -> dict[str, tuple[int, str]]:
        """Every file of the course that no grading changes: its mode and its content."""
        found = {}
        for path in sorted(self.course.rglob("*")):
            grown = {"autograded", "feedback", "__pycache__"} & set(path.parts)
            if not grown and path.name not in PASSING:
                content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
                found[str(path)] = (path.lstat().st_mode, content)
        return found


@contextmanager
def hostile_world() -> Iterator[World]:
    """Make the course in a folder that every user may enter, and work in it."""
    load_assignment(ASSIGNMENT)  # answers are loaded once, so from files that stay
    top = Path(tempfile.mkdtemp(prefix="hostile-"))
    kept = {name: os.environ.get(name) for name in VARIABLES}
    try:
        course = make_course(top / "course")
        shutil.copytree(ROOT / "release" / ASSIGNMENT, course / "release" / ASSIGNMENT)
        os.environ["AUTOGRADER_COURSE"] = str(course)
        os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # alembic
        os.environ["CANARY_VARIABLE"] = f"{CANARY}environment"
        world = World(course)
        plant(world)
        for path in (top, *top.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        yield world
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(top)


def plant(world: World) -> None:
    """Put a canary into everything that is nobody's business."""
    course = world.course
    (course / "course_secret").write_text(f"{CANARY}secret-of-the-course\n")
    for name in ("solutions/worked_example.py", "nbgrader_config.py"):
        with (course / name).open("a") as file:
            file.write(f"\n# {CANARY}{Path(name).stem}\n")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.add_student(HONEST_STUDENT, first_name=f"{CANARY}gradebook")
    world.submit(HONEST_STUDENT, solved(ASSIGNMENT))
    (world.folder(HONEST_STUDENT) / "notes.txt").write_text(f"{CANARY}notes")


def left_outside() -> set[str]:
    """Names that attacks would leave in the folders of the machine."""
    folders = [*map(Path, PUBLIC_FOLDERS), Path(os.__file__).parent, ROOT]
    words = ("breach", "left-behind", "sitecustomize", "usercustomize", "a.pth")
    return {
        str(path)
        for folder in folders
        if os.access(folder, os.R_OK)
        for path in folder.iterdir()
        if any(word in path.name for word in words)
    }
