"""The zip for Gradescope grades in a scratch root exactly as `autograder grade` does here."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.exercise.facts import Fact
from autograder.exercise.load import assignment_names
from autograder.extract.collect import choice_in
from autograder.gradescope.bundle import packages, write_bundle
from autograder.gradescope.run import as_results
from autograder.records import CheckReport, ExerciseReport, Report
from tests.course import ROOT
from tests.notebooks import hand_in, solved

NAME = "ps2_worked_example"
MISTAKES = {
    "hidden_error_term": "def hidden_error_term(w_out, delta_o, a):\n    return w_out * delta_o",
    "output_weight_step": "def output_weight_step(r, delta_o, a):\n    return 1 / 0",
}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A scratch root, as Gradescope lays it out: the zip in source/, what it requires, no more."""
    root = tmp_path_factory.mktemp("autograder")
    with zipfile.ZipFile(write_bundle(NAME, root, "auto")) as bundle:
        bundle.extractall(root / "source")
    for folder in ("submission", "results"):
        (root / folder).mkdir()
    venv.create(root / "venv", symlinks=True, with_pip=False)
    (site,) = (root / "venv").glob("lib/python*/site-packages")
    for entry in {e for name in packages() for e in installed(name)}:
        (site / entry.name).symlink_to(entry)
    return root


def installed(distribution):
    """What a distribution put into site-packages, its metadata included."""
    found = importlib.metadata.distribution(distribution)
    tops = {file.parts[0] for file in found.files if file.parts[0] not in ("..", "__pycache__")}
    return [Path(found.locate_file(top)) for top in tops]


def run(root, **environment):
    """Run the script as Gradescope would, but below another root."""
    return subprocess.run(
        ["bash", root / "source" / "run_autograder"],
        env={"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(root), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def results_of(root):
    return json.loads((root / "results" / "results.json").read_text())


def hand_over(root, notebook, name=f"{NAME}.ipynb"):
    for old in (root / "submission").iterdir():
        old.unlink()
    return hand_in(notebook, root / "submission" / name)


def graded_here(path, out):
    command = ["grade", str(path), "--assignment", NAME, "--out", str(out), "--quiet"]
    assert main([*command, "--workers", "1"]) == 0
    return json.loads((out / f"{path.stem}.json").read_text())


@pytest.mark.parametrize("given", [{}, MISTAKES], ids=["all-right", "mistakes"])
def test_a_scratch_root_gives_the_scores_of_the_command_line(image, given, tmp_path):
    path = hand_over(image, solved(NAME, **given), name=f"{NAME} (1).ipynb")
    (image / "submission_metadata.json").write_text('{"users": [{"email": "ada@uni.example"}]}')
    done = run(image)
    assert done.returncode == 0, done.stderr
    here, there = graded_here(path, tmp_path), results_of(image)
    assert there["score"] == here["score"]
    assert (there["score"] == here["max_score"]) == (not given)
    scores = [(e["name"], e["score"], e["points"]) for e in here["exercises"]]
    assert [(t["name"], t["score"], t["max_score"]) for t in there["tests"]] == scores
    assert there["extra_data"]["isolation"] == here["isolation"]
    assert f"isolation: {here['isolation']}" in done.stdout
    if given:
        students_read_words_and_not_what_is_printed(there)


def students_read_words_and_not_what_is_printed(there):
    assert (there["visibility"], there["stdout_visibility"]) == ("visible", "hidden")
    tests = {test["name"]: test for test in there["tests"]}
    assert "through the hidden unit's sigmoid" in tests["hidden_error_term"]["output"]
    assert "division by zero" in tests["output_weight_step"]["output"]
    assert tests["hidden_error_term"]["status"] == "failed"
    assert tests["forward"]["status"] == "passed"


def test_a_file_that_is_no_notebook_gets_zero_and_a_reason(image):
    for old in (image / "submission").iterdir():
        old.unlink()
    (image / "submission" / f"{NAME}.ipynb").write_text("my answers")
    assert run(image).returncode == 0
    there = results_of(image)
    assert there["score"] == 0
    assert there["output"].startswith("Not graded: ")


def test_where_the_grader_fails_there_is_no_score(image):
    """No bubblewrap is on the path, and nothing else was allowed."""
    hand_over(image, solved(NAME))
    script = image / "source" / "run_autograder"
    text = script.read_text()
    script.write_text(text.replace('"$root" auto', '"$root" bubblewrap'))
    try:
        tools = image / "tools"
        tools.mkdir()
        (tools / "bash").symlink_to("/bin/bash")
        done = run(image, PATH=str(tools))
    finally:
        script.write_text(text)
    assert done.returncode == 1
    assert "bubblewrap is not installed" in done.stderr
    assert not (image / "results" / "results.json").exists()


def test_the_zip_holds_no_other_answers(tmp_path):
    with zipfile.ZipFile(write_bundle(NAME, tmp_path, "auto")) as bundle:
        names = bundle.namelist()
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in bundle.infolist()}
    assert [n for n in names if n.startswith("solutions/")] == ["solutions/worked_example.py"]
    assert {n.split("/")[1] for n in names if n.startswith("release/")} == {NAME}
    assert not [n for n in names if "source/" in n or "nbgrader_plugin" in n or ".pyc" in n]
    records = {n for n in names if n.startswith("exercises/")}
    folder = ROOT / "exercises"
    wanted = [*folder.glob("*.py"), *(folder / NAME).glob("*.py"), *(folder / NAME).glob("*.svg")]
    assert records == {path.relative_to(ROOT).as_posix() for path in wanted}
    assert "exercises/named.py" in records
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755
    assert modes["course_secret"] == 0o600


def test_what_is_carried_over_from_an_earlier_set_and_pictures_of_notes_come_along(tmp_path):
    """All that loading the set needs is in the zip, and no more of the earlier set."""
    carrying = next(name for name in assignment_names() if name.startswith("ps4_"))
    with zipfile.ZipFile(write_bundle(carrying, tmp_path, "auto")) as bundle:
        bundle.extractall(tmp_path / "image")
    load = (
        "from autograder.exercise.load import load_assignment; "
        f"print([e.name for e in load_assignment({carrying!r}).exercises][:2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", load],
        cwd=tmp_path / "image",
        env={**os.environ, "AUTOGRADER_COURSE": str(tmp_path / "image")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['numerical_gradient', 'gradient_check']"
    folder = tmp_path / "image" / "exercises"
    assert not (folder / "ps1_derivatives" / "graph_gradients.py").exists()
    drawn = {path.name for path in (ROOT / "exercises" / carrying).glob("*.svg")}
    assert {path.name for path in (folder / carrying).glob("*.svg")} == drawn


def test_answers_travel_with_those_that_they_import(tmp_path, monkeypatch):
    """Shared draws of the course and answers that build on others come along; no others do."""
    course = tmp_path / "course"
    for part in ("release", "nbgrader_config.py"):
        course.mkdir(exist_ok=True)
        (course / part).symlink_to(ROOT / part)
    for part in ("exercises", "solutions"):
        shutil.copytree(ROOT / part, course / part)
    (course / "exercises" / "shared.py").write_text("import solutions.first\n")
    (course / "solutions" / "first.py").write_text("from . import second\n")
    (course / "solutions" / "second.py").write_text("from solutions.third import thing\n")
    (course / "solutions" / "third.py").write_text("thing = 1\n")
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    with zipfile.ZipFile(write_bundle(NAME, tmp_path, "auto")) as bundle:
        names = bundle.namelist()
    answers = {Path(n).stem for n in names if n.startswith("solutions/")}
    assert answers == {"worked_example", "first", "second", "third"}
    assert "exercises/shared.py" in names


def test_only_the_core_is_installed_there():
    assert {"numpy", "ipython", "msgspec", "jinja2", "pyseccomp"} <= set(packages())
    assert not {"nbgrader", "jupyterlab", "nbconvert", "distributed", "dask"} & set(packages())


def test_the_same_course_gives_the_same_zip(tmp_path):
    first = write_bundle(NAME, tmp_path / "a", "auto").read_bytes()
    assert write_bundle(NAME, tmp_path / "b", "auto").read_bytes() == first


def test_a_new_secret_stays_out_of_this_course(tmp_path, course):
    path = write_bundle(NAME, tmp_path, "auto", new_secret=True)
    with zipfile.ZipFile(path) as bundle:
        assert bundle.read("course_secret").strip() != (course / "course_secret").read_bytes()


def test_setup_installs_pins_from_the_zip_alone(image):
    lines = (image / "source" / "requirements.txt").read_text().splitlines()
    assert all("==" in line for line in lines)
    assert f"numpy=={importlib.metadata.version('numpy')}" in lines
    script = (image / "source" / "setup.sh").read_text()
    assert "bubblewrap" in script
    assert "://" not in script
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", image / "source" / name], check=True)


def test_a_notebook_in_an_unpacked_folder_is_found(tmp_path):
    path = hand_in(solved(NAME), tmp_path / "my work" / f"{NAME}.ipynb")
    assert choice_in(tmp_path, NAME).path == path
    assert not choice_in(tmp_path / "nowhere", NAME).path.exists()


def test_each_exercise_is_a_test_of_its_own():
    fact = Fact("told", "dW", told="dW has an extra axis.")
    checks = (CheckReport("dW", "wrong", 0.5, 1.0, fact),)
    report = Report(
        student="ada",
        assignment=NAME,
        status="graded",
        score=0.5,
        max_score=1.0,
        exercises=(ExerciseReport("affine", "wrong", 0.5, 1.0, checks, ("x was changed.",)),),
        digest="ab" * 32,
        seed=3,
        isolation="landlock",
        seconds=1.7,
        repairs=("A cell was renamed.",),
    )
    results = as_results(report)
    assert results["output"] == "Repaired: A cell was renamed."
    assert results["execution_time"] == 2
    (test,) = results["tests"]
    assert test["output"] == "dW has an extra axis.\nNote: x was changed."


def test_the_command_says_what_to_upload(tmp_path, capsys):
    assert main(["gradescope", NAME, "--out", str(tmp_path)]) == 0
    assert "autograder.zip" in capsys.readouterr().out
    assert main(["gradescope", "ps9_unknown", "--out", str(tmp_path)]) == 2
    assert "ps9_unknown" in capsys.readouterr().err
