"""Scores reach Canvas and Moodle under the names that these platforms import."""

import csv
import json

import pytest

from autograder.cli.main import main
from autograder.errors import Misuse
from autograder.exercise.facts import Fact
from autograder.records import CheckReport, ExerciseReport, Graded, Report
from autograder.report.finish import Finish
from autograder.report.lms import export
from autograder.report.results import results_in


def report(student, score=1.0, feedback="db is 7 times too large.", **more):
    checks = (CheckReport("db", "wrong", score, 1.5, Fact("told", told=feedback)),)
    exercise = ExerciseReport("affine_backward", "wrong", score, 1.5, checks)
    given = {
        "student": student,
        "assignment": "ps4_batch_mlp",
        "status": "graded",
        "score": score,
        "max_score": 1.5,
        "exercises": (exercise,),
        "digest": "ab" * 32,
        "seed": 3,
        "isolation": "bubblewrap",
        "seconds": 0.01,
    }
    return Report(**{**given, **more})


@pytest.fixture
def results(tmp_path):
    folder = tmp_path / "results"
    Finish("")(Graded(report("ben@uni.example", 0.5))).write(folder)
    Finish("")(Graded(report("ada", 1.0))).write(folder)
    return folder


def table(path):
    return list(csv.reader(path.read_text().splitlines()))


def rows(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_canvas_gets_its_columns_and_the_points_possible(results, tmp_path):
    export(results, "canvas", tmp_path / "canvas.csv")
    assert table(tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps4_batch_mlp"],
        ["    Points Possible", "", "", "", "", "1.5"],
        ["ada", "", "", "ada", "", "1"],
        ["ben@uni.example", "", "", "ben@uni.example", "", "0.5"],
    ]


def test_a_canvas_roster_gives_the_ids_and_the_column_its_name(results, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "\ufeffStudent,ID,SIS Login ID,Section\n"
        '    Points Possible,,,\n"Lovelace, Ada",17,ADA,Monday\n'
    )
    lost = export(results, "canvas", tmp_path / "c.csv", roster=roster, column="Week 4 (4711)")
    (_, ada) = rows(tmp_path / "c.csv")
    assert (ada["Student"], ada["ID"], ada["Section"]) == ("Lovelace, Ada", "17", "Monday")
    assert ada["Week 4 (4711)"] == "1"
    assert lost == ("ben@uni.example: not in the roster. Is the file's name the student's id?",)


def test_moodle_gets_grade_maximum_and_feedback(results, tmp_path):
    export(results, "moodle", tmp_path / "moodle.csv")
    ada, ben = rows(tmp_path / "moodle.csv")
    assert (ada["ID number"], ada["Email address"]) == ("ada", "")
    assert (ben["ID number"], ben["Email address"]) == ("", "ben@uni.example")
    assert (ada["Grade"], ada["Maximum Grade"]) == ("1", "1.5")
    assert ada["Feedback comments"] == "affine_backward: 1 of 1.5<br>db is 7 times too large."


def test_a_moodle_worksheet_gives_the_identifiers(results, tmp_path):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(
        "Identifier,Full name,Email address,Grade\n"
        "Participant 5,Ben B,Ben@uni.example,\nParticipant 6,Ada L,x@uni.example,\n"
    )
    lost = export(results, "moodle", tmp_path / "m.csv", roster=worksheet)
    (ben,) = rows(tmp_path / "m.csv")
    assert (ben["Identifier"], ben["Grade"]) == ("Participant 5", "0.5")
    assert len(lost) == 1


def test_no_cell_is_a_formula_and_no_feedback_is_markup(tmp_path):
    Finish("")(Graded(report("=cmd()", feedback="<b>1</b>\n2"))).write(tmp_path)
    for form in ("canvas", "moodle"):
        export(tmp_path, form, tmp_path / form)
        assert not [c for row in table(tmp_path / form) for c in row if c[:1] in ("=", "+", "@")]
    (row,) = rows(tmp_path / "moodle")
    assert row["Feedback comments"].endswith("&lt;b&gt;1&lt;/b&gt;<br>2")


def test_a_fault_of_the_grader_is_no_zero(results, tmp_path):
    (path,) = results.glob("ada.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "fault": True, "score": 0.0}))
    lost = export(results, "canvas", tmp_path / "c.csv")
    assert [row["Student"] for row in rows(tmp_path / "c.csv")[1:]] == ["ben@uni.example"]
    assert lost == ("ada: the grader failed on this one. Grade it again.",)


def test_what_cannot_be_exported_is_one_clear_line(results, tmp_path, capsys):
    with pytest.raises(Misuse, match="is not a folder"):
        results_in(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Misuse, match="holds no results"):
        results_in(tmp_path / "empty")
    with pytest.raises(Misuse, match="does not exist"):
        export(results, "moodle", tmp_path / "m.csv", roster=tmp_path / "none.csv")
    Finish("")(Graded(report("cem", assignment="ps1_derivatives"))).write(results)
    out = str(tmp_path / "m.csv")
    assert main(["export", str(results), "--format", "moodle", "--out", out]) == 2
    assert "a folder of its own" in capsys.readouterr().err
    (results / "other.json").write_text("[]")
    with pytest.raises(Misuse, match=r"other\.json is not a result"):
        results_in(results)


def test_the_command_says_where_the_table_is(results, tmp_path, capsys):
    out = tmp_path / "canvas.csv"
    assert main(["export", str(results), "--format", "canvas", "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out.replace("\n", "")
    assert len(rows(out)) == 3
