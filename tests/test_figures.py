"""The pictures of the sets are what the programs of figures/ draw, byte for byte."""

import shutil
import subprocess
import sys

import pytest

from tests.course import ROOT

PROGRAMS = sorted((ROOT / "figures").glob("ps*.py"))
PARTS = ("source", "exercises")
NO_PICTURES = shutil.ignore_patterns("*.svg", "__pycache__")


def pictures_in(course):
    """Every picture of the sets: its path in the course → its bytes."""
    found = [path for part in PARTS for path in (course / part).rglob("*.svg")]
    return {path.relative_to(course): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The pictures of a course that had none, after all programs."""
    course = tmp_path_factory.mktemp("course")
    for part in ("figures", "solutions", *PARTS):
        shutil.copytree(ROOT / part, course / part, ignore=NO_PICTURES)
    assert pictures_in(course) == {}
    for program in PROGRAMS:
        command = [sys.executable, str(course / "figures" / program.name)]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return pictures_in(course)


def test_each_picture_is_what_its_program_draws(drawn):
    kept = pictures_in(ROOT)
    assert sorted(drawn) == sorted(kept)
    assert [str(path) for path in kept if drawn[path] != kept[path]] == []


def test_students_hold_the_same_pictures():
    for path, picture in pictures_in(ROOT).items():
        if path.parts[0] == "source":
            assert (ROOT / "release" / path.relative_to("source")).read_bytes() == picture, path
