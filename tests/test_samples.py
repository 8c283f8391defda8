"""The sample submissions get the reports that were read by eye, by either way in."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli.main import main
from tests import samples
from tests.course import ROOT, lay_out

SAMPLES = sorted(path.parent for path in samples.FOLDER.glob("*/*/expected.json"))


def name_of(path):
    return f"{path.parent.name[:3]}-{path.name}"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """All samples graded from the command line: assignment → folder of results."""
    out = tmp_path_factory.mktemp("graded")
    for assignment in samples.SAMPLES:
        submitted = hand_in_all(assignment, out / "submitted")
        command = ["grade", str(submitted), "--assignment", assignment, "--quiet"]
        assert main([*command, "--out", str(out / assignment)]) == 0
    return out


def hand_in_all(assignment: str, submitted: Path) -> Path:
    for sample in (samples.FOLDER / assignment).iterdir():
        folder = submitted / sample.name / assignment
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("expected.json"))
    return submitted


def test_there_is_a_sample_of_each_kind():
    assert {path.name for path in SAMPLES} >= {
        name for builders in samples.SAMPLES.values() for name in builders
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=name_of)
def test_a_sample_gets_the_expected_report(sample, graded):
    report = json.loads((graded / sample.parent.name / f"{sample.name}.json").read_text())
    expected = json.loads((sample / "expected.json").read_text())
    assert samples.expected(report) == expected


@pytest.mark.parametrize("assignment", list(samples.SAMPLES))
def test_every_sample_has_a_row_and_a_page(assignment, graded):
    rows = list(csv.DictReader((graded / assignment / "scores.csv").read_text().splitlines()))
    students = sorted(path.name for path in SAMPLES if path.parent.name == assignment)
    assert [row["student"] for row in rows] == students
    for row in rows:
        assert (row["score"] == row["max_score"]) == (row["reason"] == "")
        page = graded / assignment / "feedback" / f"{row['student']}.html"
        assert row["student"] in page.read_text()


FIRST, *LATER = samples.SAMPLES
BY_NIGHT = [pytest.param(name, marks=pytest.mark.nightly) for name in LATER]


@pytest.mark.parametrize("assignment", [FIRST, *BY_NIGHT])
def test_nbgrader_gives_the_same_scores(assignment, graded, tmp_path):
    from nbgrader.api import Gradebook

    course = lay_out(tmp_path)
    (course / "release").unlink()  # made here, by nbgrader
    hand_in_all(assignment, course / "submitted")
    for step in ("generate_assignment", "autograde"):
        nbgrader(course, step, assignment)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        booked = {s.student.id: automatic(s) for s in book.assignment_submissions(assignment)}
    rows = csv.DictReader((graded / assignment / "scores.csv").read_text().splitlines())
    assert booked == {row["student"]: pytest.approx(float(row["score"])) for row in rows}


def automatic(submission):
    return sum(grade.auto_score or 0 for book in submission.notebooks for grade in book.grades)


def nbgrader(course, *command):
    program = Path(sys.executable).with_name("nbgrader")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(course)}
    done = subprocess.run(
        [program, *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_samples_are_notebooks_of_this_release():
    """A changed release leaves the samples behind: run `python -m tests.samples`."""
    for assignment, builders in samples.SAMPLES.items():
        for name, build in builders.items():
            written = (samples.FOLDER / assignment / name / f"{assignment}.ipynb").read_text()
            fresh = [cell.source for cell in build().cells]
            assert ["".join(c["source"]) for c in json.loads(written)["cells"]] == fresh
    assert (ROOT / "tests" / "submissions").is_dir()
