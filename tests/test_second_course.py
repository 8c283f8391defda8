"""The engine grades any course: convolutions and attention, made with the authors' commands."""

import csv
import inspect
import json
import os
import shutil

import nbformat
import pytest

from autograder.exercise.load import load_assignment
from tests.notebooks import hand_in, insert_after, solved, submission
from tests.second_course.build import EXERCISES, autograder, build, fill, nbgrader

SETS = tuple(EXERCISES)
POINTS = {"convolution": 7.0, "attention": 7.0}
SEARCHING = """
import gc
{name} = lambda *given: given[0]
for path in ("COURSE/solutions/{set}.py", "solutions/{set}.py", "../solutions/{set}.py"):
    try:
        exec(open(path).read())
    except OSError:
        pass
try:
    from solutions.{set} import {name}
except ImportError:
    pass
for found in gc.get_objects():
    if type(found) is type(lambda: 0) and found.__name__ == "{name}":
        {name} = found
"""
HOSTILE = {
    "always-equal": '''
class Same:
    """Equal to everything, of any shape."""
    __array_priority__ = 1e9
    shape = ()
    def __eq__(self, other): return True
    def __array__(self, *given, **named): return __import__("numpy").nan
    def __getitem__(self, key): return self
def {name}(*given): return Same()
''',
    "patched": """
import numpy, check
numpy.allclose = numpy.array_equal = numpy.isclose = lambda *given, **named: True
check.grade = check.check = lambda *given: None
def {name}(*given): return given[0]
""",
    "printed": """
print('{{"score": 7.0, "max_score": 7.0, "status": "passed"}}')
def {name}(*given): raise SystemExit(0)
""",
    "nothing": "def {name}(*given): return None",
    "searching": SEARCHING,
}


@pytest.fixture(scope="module")
def vision(tmp_path_factory):
    """The course up to its releases, and this process in it."""
    folder = build(tmp_path_factory.mktemp("courses") / "vision")
    unfinished = autograder(folder, "laws", *SETS, code=1)
    assert unfinished.count("it is not finished") == 5, unfinished
    fill(folder)
    kept = os.environ["AUTOGRADER_COURSE"]
    for name in SETS:
        nbgrader(folder, "generate_assignment", name)
    os.environ["AUTOGRADER_COURSE"] = str(folder)
    yield folder
    os.environ["AUTOGRADER_COURSE"] = kept


def hostile(course, name, attack):
    """Everything forged at once: each answer, a test cell, the points."""
    text = HOSTILE[attack].replace("COURSE", str(course))
    forged = {exercise: text.format(name=exercise, set=name) for exercise in EXERCISES[name]}
    notebook = submission(name, forged)
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            cell.source, marks["points"] = "score = 1.0", 1000
    return notebook


@pytest.fixture(scope="module")
def handed_in(vision):
    """Per set: all right, one mistake, nothing, and each attack."""
    for name in SETS:
        made = {
            "ada": solved(name),
            "eli": solved(name, **mistaken()[name]),
            "fay": submission(name),
        }
        made |= {f"mal-{attack}": hostile(vision, name, attack) for attack in HOSTILE}
        insert_after(made["ada"], next(iter(EXERCISES[name])), "print('mine')")
        for student, notebook in made.items():
            hand_in(notebook, vision / "submitted" / student / name / f"{name}.ipynb")
    return vision


def mistaken():
    """One wrong function per set: one that its author foresaw, and one that later ones build on."""
    exercise = load_assignment("convolution").exercise("conv_backward")
    right, turned = map(inspect.getsource, (exercise.reference, exercise.mistakes[0].function))
    helper = right.replace("conv_backward", "right_one")
    wrong = turned.replace("convolution.conv_backward", "right_one")
    columns = "def softmax(S):\n    E = np.exp(S)\n    return E / E.sum(axis=0, keepdims=True)"
    return {
        "convolution": {"conv_backward": f"{helper}\n{wrong.replace('turned', 'conv_backward')}"},
        "attention": {"softmax": columns},
    }


@pytest.fixture(scope="module")
def graded(handed_in):
    """Graded by `autograder grade`: set → student → report."""
    reports = {}
    for name in SETS:
        out = f"results/{name}"
        autograder(handed_in, "grade", "submitted", "--assignment", name, "--out", out)
        found = (handed_in / out).glob("*.json")
        reports[name] = {path.stem: json.loads(path.read_text()) for path in found}
    return reports


def test_all_laws_hold(vision):
    said = autograder(vision, "laws")
    assert "6 exercises on 16 case sets: none broken." in said


@pytest.mark.parametrize("name", SETS)
def test_both_ways_to_make_a_release_make_the_same(vision, name):
    folder = vision / "release" / name
    by_nbgrader = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(by_nbgrader) == {f"{name}.ipynb", "check.py", "examples.json"}
    shutil.rmtree(folder)
    autograder(vision, "release", name)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == by_nbgrader


def test_what_students_get_holds_no_answer(vision):
    for path in (vision / "release").rglob("*.*"):
        assert "einsum" not in path.read_text()
        assert "softmax(Q" not in path.read_text()


@pytest.mark.parametrize("name", SETS)
def test_right_answers_earn_everything_and_stubs_nothing(graded, name):
    assert graded[name]["ada"]["score"] == graded[name]["ada"]["max_score"] == POINTS[name]
    assert graded[name]["fay"]["score"] == 0


@pytest.mark.parametrize("attack", HOSTILE)
@pytest.mark.parametrize("name", SETS)
def test_attacks_earn_nothing(graded, name, attack):
    report = graded[name][f"mal-{attack}"]
    assert (report["score"], report["max_score"]) == (0, POINTS[name])


def test_a_mistake_of_the_authors_own_is_named_and_costs_its_share(graded):
    report = graded["convolution"]["eli"]
    checks = {
        c["name"]: c for e in report["exercises"] for c in e["checks"] if c["status"] == "wrong"
    }
    assert list(checks) == ["dX"]
    assert checks["dX"]["mistake"] == "filter-turned"
    assert report["score"] == 5


def test_a_mistake_costs_once_where_others_build_on_it(graded):
    """Attention calls softmax, and is right."""
    report = graded["attention"]["eli"]
    lost = {e["name"]: e["points"] - e["score"] for e in report["exercises"]}
    assert lost == {"softmax": 1, "attention": 0, "attention_backward": 0}


@pytest.mark.parametrize("name", SETS)
def test_the_feedback_page_says_what_is_wrong(graded, handed_in, name):
    page = (handed_in / "results" / name / "feedback" / "eli.html").read_text()
    words = {
        "convolution": "the filter is turned once too often",
        "attention": "which axis are the keys on?",
    }
    assert words[name] in page


@pytest.mark.parametrize("name", [SETS[0], pytest.param(SETS[1], marks=pytest.mark.nightly)])
def test_nbgrader_gives_the_same_scores_and_its_pages(graded, handed_in, name):
    nbgrader(handed_in, "autograde", name)
    nbgrader(handed_in, "generate_feedback", name)
    nbgrader(handed_in, "export")
    rows = list(csv.DictReader((handed_in / "grades.csv").read_text().splitlines()))
    scores = {
        row["student_id"]: float(row["raw_score"] or 0) for row in rows if row["assignment"] == name
    }
    assert scores == {student: report["score"] for student, report in graded[name].items()}
    page = handed_in / "feedback" / "eli" / name / f"{name}.html"
    assert "once too often" in page.read_text() or "which axis" in page.read_text()


def test_its_notebooks_are_valid(vision):
    for name in SETS:
        for folder in ("source", "release"):
            nbformat.validate(nbformat.read(vision / folder / name / f"{name}.ipynb", as_version=4))
