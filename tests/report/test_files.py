"""Results on disk are whole, harmless and complete."""

import csv
import json
from dataclasses import replace

import pytest

from autograder.errors import Misuse
from autograder.exercise.facts import Fact
from autograder.records import CellFailure, CheckReport, ExerciseReport, Failure, Graded, Report
from autograder.report.feedback import render
from autograder.report.files import write_whole
from autograder.report.results import as_json, read_result
from autograder.report.summary import summarise
from autograder.report.words import exercise_lines, went_wrong

DB = Fact("values", "db", wrong=3, total=4, worst=(2,))


def read_table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


@pytest.fixture
def report():
    checks = (
        CheckReport("dW", "passed", 1.0, 1.0),
        CheckReport("db", "wrong", 0.0, 0.5, DB, "times-n", "It is 7 times too large."),
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


def test_a_result_is_read_back_as_it_was(report, tmp_path):
    failure = CellFailure("x = 1/0", "raised", Failure("ZeroDivisionError", "division by zero"))
    whole = replace(report, cell_failures=(failure,), repairs=("A test was put back.",))
    write_whole(tmp_path / "ada.json", as_json(whole))
    assert read_result(tmp_path / "ada.json") == whole


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: [data],
        lambda data: {**data, "schema": 1},
        lambda data: {**data, "score": "1"},
        lambda data: {name: data[name] for name in data if name != "digest"},
    ],
)
def test_what_is_not_a_result_is_named(report, tmp_path, spoil):
    path = tmp_path / "ada.json"
    path.write_text(json.dumps(spoil(json.loads(as_json(report)))))
    with pytest.raises(Misuse, match=r"ada\.json is not a result"):
        read_result(path)


def test_the_json_holds_every_check_and_a_schema_version(report):
    read = json.loads(as_json(report))
    assert read["schema"] == 2
    assert read["exercises"][0]["checks"][1] == {
        "name": "db",
        "status": "wrong",
        "score": 0.0,
        "points": 0.5,
        "fact": {
            "kind": "values",
            "label": "db",
            "got": "",
            "want": "",
            "wrong": 3,
            "total": 4,
            "worst": [2],
            "told": "",
        },
        "mistake": "times-n",
        "nudge": "It is 7 times too large.",
        "followed": [],
        "pattern": [],
    }
    assert {"score", "max_score", "seconds", "isolation", "seed", "digest"} <= read.keys()
    assert not {"outcome", "notebook"} & read.keys()


def test_the_table_has_a_row_for_every_submission_with_a_reason(report, tmp_path):
    lost = replace(report, student="bob", status="not_graded", score=0.0, reason="b.ipynb is empty")
    assert summarise([report, lost], tmp_path) == [report, lost]
    rows = read_table(tmp_path / "scores.csv")
    assert [(row["student"], row["score"]) for row in rows] == [("ada", "1"), ("bob", "0")]
    assert rows[0]["reason"] == "affine_backward: times-n"
    assert rows[1]["reason"] == "b.ipynb is empty"


def test_a_student_cannot_smuggle_a_formula_into_a_spreadsheet(report, tmp_path):
    summarise([replace(report, student="=cmd()")], tmp_path)
    (row,) = read_table(tmp_path / "scores.csv")
    assert row["student"] == "'=cmd()"


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "scores.csv"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_finding_shared_by_all_checks_is_said_once(report):
    fact = Fact("told", told="affine_backward is not started yet.")
    missing = tuple(CheckReport(name, "missing", 0.0, 1.0, fact) for name in ("dX", "dW"))
    lines = exercise_lines(replace(report.exercises[0], checks=missing, notes=()))
    assert lines[1:] == ["affine_backward is not started yet."]


def test_what_went_wrong_names_the_mistake_once_per_exercise(report):
    assert went_wrong(report) == "affine_backward: times-n"


def test_the_page_escapes_whatever_a_student_wrote(report):
    hostile = replace(
        report,
        student="<script>alert(1)</script>",
        cell_failures=(CellFailure("<img src=x onerror=alert(2)>", "timed_out"),),
    )
    page = render(Graded(hostile))
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_page_says_the_same_words_as_the_terminal(report):
    page = render(Graded(report))
    assert "db: 3 of 4 entries are wrong, the worst at [2]. It is 7 times too large." in page
    assert "Note: X was changed." in page
