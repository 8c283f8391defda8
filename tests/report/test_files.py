"""Results on disk are whole, harmless and complete."""

import csv
import json
from dataclasses import replace

import pytest

from autograder.records import CheckReport, ExerciseReport, Report
from autograder.report.feedback import render
from autograder.report.files import as_json, file_name, write_whole
from autograder.report.results import write_scores
from autograder.report.words import exercise_lines, went_wrong


def read_table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


@pytest.fixture
def report():
    checks = (
        CheckReport("dW", "passed", 1.0, 1.0),
        CheckReport("db", "wrong", 0.0, 0.5, "db is 7 times too large.", "times-n"),
    )
    exercise = ExerciseReport("affine_backward", "wrong", 1.0, 1.5, checks, ("X was changed.",))
    return Report(
        student="ada",
        assignment="ps4_batch_mlp",
        status="graded",
        score=1.0,
        max_score=1.5,
        exercises=(exercise,),
        digest="ab" * 32,
        seed=3,
        isolation="bubblewrap",
        seconds=0.01,
    )


def test_the_json_holds_every_check_and_a_schema_version(report):
    read = json.loads(as_json(report))
    assert read["schema"] == 1
    assert read["exercises"][0]["checks"][1] == {
        "name": "db",
        "status": "wrong",
        "score": 0.0,
        "points": 0.5,
        "feedback": "db is 7 times too large.",
        "mistake": "times-n",
        "followed": [],
        "pattern": [],
    }
    assert {"score", "max_score", "seconds", "isolation", "seed", "digest"} <= read.keys()
    assert not {"outcome", "notebook"} & read.keys()


def test_the_table_has_a_row_for_every_submission_with_a_reason(report, tmp_path):
    lost = replace(report, student="bob", status="not_graded", score=0.0, reason="b.ipynb is empty")
    write_scores([report, lost], tmp_path / "scores.csv")
    rows = read_table(tmp_path / "scores.csv")
    assert [(row["student"], row["score"]) for row in rows] == [("ada", "1"), ("bob", "0")]
    assert rows[0]["reason"] == "affine_backward: times-n"
    assert rows[1]["reason"] == "b.ipynb is empty"


def test_a_student_cannot_smuggle_a_formula_into_a_spreadsheet(report, tmp_path):
    write_scores([replace(report, student="=cmd()")], tmp_path / "scores.csv")
    (row,) = read_table(tmp_path / "scores.csv")
    assert row["student"] == "'=cmd()"


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "scores.csv"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_names_stay_inside_the_folder_and_never_collide():
    names = [file_name(student) for student in ("../x", "..", ".", "", ".hidden", "a/b", "a_b")]
    assert len(set(names)) == len(names)
    assert not any("/" in name or name.startswith(".") or not name for name in names)
    assert file_name("Zoë Ångström-2") == "Zoë Ångström-2"


def test_a_finding_shared_by_all_checks_is_said_once(report):
    missing = tuple(
        CheckReport(name, "missing", 0.0, 1.0, "affine_backward is not started yet.")
        for name in ("dX", "dW")
    )
    lines = exercise_lines(replace(report.exercises[0], checks=missing, notes=()))
    assert lines[1:] == ["affine_backward is not started yet."]


def test_what_went_wrong_names_the_mistake_once_per_exercise(report):
    assert went_wrong(report) == "affine_backward: times-n"


def test_the_page_escapes_whatever_a_student_wrote(report):
    hostile = replace(
        report,
        student="<script>alert(1)</script>",
        cell_failures=("<img src=x onerror=alert(2)>",),
    )
    page = render(hostile)
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_page_says_the_same_words_as_the_terminal(report):
    page = render(report)
    assert "db is 7 times too large." in page
    assert "Note: X was changed." in page
