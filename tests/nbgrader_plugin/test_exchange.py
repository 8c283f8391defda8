"""A class on a shared machine: nbgrader's exchange between two accounts, with their own rights."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.sandbox import drop
from tests.nbgrader_course import NAME, make_course, scores
from tests.notebooks import hand_in, solved

pytestmark = pytest.mark.nightly
COURSE_ID = "backpropagation"
TOOLS = ("useradd", "userdel", "unshare", "setpriv", "mount")
OPENED = """set -e
mount --bind "$1" "$3"; mount -t tmpfs none "$2"; chmod 755 "$2"
mkdir -p "$1"; mount --bind "$3" "$1"
shift 3; exec "$@"
"""
"""Show a Python that lies in root's own folder to everybody, in this process alone."""


@dataclass(frozen=True)
class Account:
    """A user of the machine, for as long as the test runs."""

    name: str
    home: Path

    def run(self, *command: str, folder: Path | None = None, fails: bool = False) -> str:
        """Run a command as this user, with nobody else's rights."""
        who = pwd.getpwnam(self.name)
        become = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
        done = subprocess.run(
            [*_opened(self.home.parent), *become, *command],
            cwd=folder or self.home,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.home), "USER": self.name,
                 "LOGNAME": self.name, "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def nbgrader(self, *arguments: str, folder: Path | None = None) -> str:
        """Run one of nbgrader's commands."""
        return self.run(sys.executable, "-m", "nbgrader", *arguments, folder=folder)


def _opened(scratch: Path) -> list[str]:
    base = Path(sys.base_prefix)
    closed = drop.closed_folder(base / "lib")
    if closed is None:
        return []
    place = scratch / "python"
    place.mkdir(exist_ok=True)
    return ["unshare", "-m", "bash", "-c", OPENED, "opened", str(base), str(closed), str(place)]


@pytest.fixture(scope="module")
def shared() -> Iterator[Path]:
    """A folder that every user can enter: pytest's own are closed."""
    if os.geteuid() != 0:
        pytest.skip("making accounts needs root: run the tests as root to see the exchange work")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"this machine lacks {', '.join(missing)}")
    if (closed := drop.closed_folder(Path(__file__).parent)) is not None:
        pytest.skip(f"other users cannot enter {closed}, so they cannot run this checkout")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def account(name: str, shared: Path) -> Iterator[Account]:
    home = shared / name
    subprocess.run(["useradd", "--no-create-home", "--home-dir", home, name], check=True)
    home.mkdir(mode=0o700)
    settings = home / ".jupyter" / "nbgrader_config.py"
    settings.parent.mkdir()
    settings.write_text(
        f"c = get_config()\nc.Exchange.root = {str(shared / 'exchange')!r}\n"
        f"c.CourseDirectory.course_id = {COURSE_ID!r}\n"
    )
    own(home, name)
    yield Account(name, home)
    subprocess.run(["pkill", "-KILL", "-u", name], check=False)
    subprocess.run(["userdel", name], check=True)


def own(folder: Path, name: str) -> None:
    subprocess.run(["chown", "-R", f"{name}:", folder], check=True)


@pytest.fixture(scope="module")
def teacher(shared) -> Iterator[Account]:
    yield from account("backprop-teacher", shared)


@pytest.fixture(scope="module")
def student(shared) -> Iterator[Account]:
    yield from account("backprop-student", shared)


@pytest.fixture(scope="module")
def course(shared, teacher) -> Path:
    """The teacher's folder, closed to everybody else."""
    (shared / "exchange").mkdir()
    (shared / "exchange").chmod(0o777)
    folder = make_course(teacher.home / "course")
    own(folder, teacher.name)
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def handed_back(course, teacher, student) -> Path:
    """The student's folder after the whole way: from the release to the feedback."""
    teacher.nbgrader("generate_assignment", NAME, folder=course)
    teacher.nbgrader("release_assignment", NAME, folder=course)
    student.nbgrader("fetch_assignment", NAME)
    work = student.home / NAME
    wrong = "def output_error_term(y, y_hat):\n    return (y_hat - y) * y_hat * (1 - y_hat)"
    hand_in(solved(NAME, output_error_term=wrong), work / f"{NAME}.ipynb")
    student.nbgrader("submit", NAME)
    teacher.nbgrader("collect", NAME, folder=course)
    teacher.nbgrader("autograde", NAME, folder=course)
    teacher.nbgrader("generate_feedback", NAME, folder=course)
    teacher.nbgrader("release_feedback", NAME, folder=course)
    student.nbgrader("fetch_feedback", NAME)
    return work


def test_what_the_student_fetches_is_the_release_and_nothing_else(handed_back, course):
    fetched = {path.name for path in handed_back.iterdir()} - {"feedback"}
    assert fetched == {path.name for path in (course / "release" / NAME).iterdir()}


def test_the_gradebook_knows_the_account_and_its_score(handed_back, course, student):
    found = scores(course)
    assert set(found) == {student.name}
    notebook = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    most = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in notebook.cells)
    assert 0 < found[student.name] < most


def test_the_feedback_comes_back_to_the_student_and_says_what_is_wrong(handed_back, student):
    (page,) = (handed_back / "feedback").rglob("*.html")
    told = student.run("cat", str(page))
    assert "output_error_term" in told
    assert "sign" in told
    assert pwd.getpwuid(page.stat().st_uid).pw_name == student.name


def test_the_student_sees_neither_the_course_nor_who_else_handed_in(
    handed_back, course, student, shared
):
    for place in (course, course / "solutions", shared / "exchange" / COURSE_ID / "inbound"):
        assert "Permission denied" in student.run("ls", str(place), fails=True)


def test_a_second_run_changes_nothing(handed_back, course, teacher):
    before = json.dumps(scores(course))
    teacher.nbgrader("autograde", NAME, "--force", folder=course)
    assert json.dumps(scores(course)) == before
