"""`autograder new-course` makes a course that works, and says no where it would spoil something."""

import re
import subprocess
import sys

import pytest

from autograder.authoring.new_course import FILES, new_course
from autograder.cli.main import main
from autograder.errors import Misuse
from tests.course import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("courses") / "vision"
    assert main(["new-course", str(folder)]) == 0
    return folder


@pytest.fixture
def inside(made, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE")
    monkeypatch.chdir(made)
    return made


def test_its_exercise_keeps_all_laws_and_its_own_test_passes(inside):
    assert main(["laws"]) == 0
    assert main(["release"]) == 0
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_its_exercise_can_be_followed_by_more(inside):
    more = ["new-exercise", "relu", "--assignment", "first_steps", "--arguments", "z"]
    assert main(more) == 0
    line = [sys.executable, "-m", "autograder.cli.main", "laws"]  # as one types it: a new process
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "✓ sigmoid" in done.stdout
    assert "✗ relu" in done.stdout


def test_what_is_private_or_generated_is_not_tracked(made):
    ignored = (made / ".gitignore").read_text().split()
    for name in ("course_secret", "submitted/", "source/*/check.py", "source/*/examples.json"):
        assert name in ignored
        assert name in (ROOT / ".gitignore").read_text().split()


def test_it_knows_its_own_name_and_no_checkout(made):
    assert 'course_id = "vision"' in (made / "nbgrader_config.py").read_text()
    for file in FILES:
        text = (made / file).read_text()
        assert str(ROOT) not in text
        assert not re.search(r"@[A-Z]+@", text)


def test_a_folder_that_holds_anything_is_left_alone(made, tmp_path):
    before = sorted(made.rglob("*"))
    with pytest.raises(Misuse, match="is not empty"):
        new_course(made)
    assert sorted(made.rglob("*")) == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Misuse, match="is not empty"):
        new_course(tmp_path / "file")


def test_a_name_that_would_break_the_configuration_is_refused(tmp_path):
    with pytest.raises(Misuse, match="--id"):
        new_course(tmp_path / 'a"b')
    assert not (tmp_path / 'a"b').exists()
