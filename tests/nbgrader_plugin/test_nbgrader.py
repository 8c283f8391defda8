"""nbgrader's stock commands in a temporary course: rows, scores and reasons for everybody."""

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.exercise.load import load_assignment
from autograder.extract.extract import read_release
from autograder.nbgrader_plugin.grading import content_of, submitted
from autograder.pipeline import Grader
from tests.nbgrader_course import NAME, make_course, nbgrader, scores
from tests.small_course import code, duplicate, find, insert_after, place

FULL = load_assignment(NAME).points
OTHER_FILES = ("renamed", "zipped", "files")
ERROR_TERM = "def output_error_term(y, y_hat):\n    return (y - y_hat) * y_hat * (1 - y_hat)"


def unchanged(notebook):
    pass


def without_a_test(notebook):
    del notebook["cells"][place(notebook, "test_forward")]


def twice(notebook):
    duplicate(notebook, "output_error_term", ERROR_TERM)
    duplicate(notebook, "test_forward", "100.0")


def split(notebook):
    find(notebook, "output_error_term")["source"] = ERROR_TERM.replace("(1 - y_hat)", "rest(y_hat)")
    insert_after(notebook, "output_error_term", code("def rest(y_hat):\n    return 1 - y_hat"))


def moved(notebook):
    source = find(notebook, "output_error_term")["source"]
    del notebook["cells"][place(notebook, "output_error_term")]
    notebook["cells"].append(code(source))


def noisy(notebook):
    text = "import sys\nprint('<script>alert(1)</script>', file=sys.stderr)\n1 / 0"
    notebook["cells"].insert(1, code(text))
    question = find(notebook, "derivation")
    question["source"] = "Since a<b: <script>alert(1)</script>"


HONEST = {
    "right": unchanged,
    "deleted_test": without_a_test,
    "copied": twice,
    "split": split,
    "moved": moved,
    "noisy": noisy,
}
"""Right answers, whatever happened to the cells around them."""


def nothing_done(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = ""


def wrong_sign(notebook):
    find(notebook, "output_error_term")["source"] = ERROR_TERM.replace("(y - y_hat)", "(y_hat - y)")


def edited(notebook):
    nothing_done(notebook)
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade"):
            cell["source"] = str(FULL)
            marks.update(points=100, schema_version=99, locked=False)
            cell["metadata"]["tags"] = ["skip-execution"]


def patched(notebook):
    nothing_done(notebook)
    cheat = "import sys\nnp.allclose = lambda *a, **k: True\n"
    cheat += "sys.displayhook = lambda value: print(3.0)\ngrade = check = lambda *a: 3.0\n3.0"
    insert_after(notebook, "setup", code(cheat))


DISHONEST = {"blank": nothing_done, "edited": edited, "patched": patched}
"""No answer, and nothing to be had for it."""

UNREADABLE = {
    "no_folder_content": None,
    "no_bytes": b"",
    "no_json": b"def forward(x):",
    "no_notebook": b"[]",
    "no_depth": b"[" * 100_000,
}
REASONS = {
    "no_folder_content": "is missing",
    "no_bytes": "is empty",
    "no_json": "is not JSON",
    "no_notebook": "is not a notebook",
    "no_depth": "nested too deeply",
    "link": "is a link",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course after one run of the stock commands over all submissions."""
    root = make_course(tmp_path_factory.mktemp("course"))
    nbgrader(root, "generate_assignment", NAME)
    nbgrader(root, "generate_solution", NAME)
    hand_in(root)
    nbgrader(root, "autograde", NAME)
    nbgrader(root, "generate_feedback", NAME)
    nbgrader(root, "export")
    return root


def hand_in(root: Path) -> None:
    answers = root / "solutions" / "notebooks" / NAME / f"{NAME}.ipynb"
    changes = {**HONEST, **DISHONEST, "wrong_sign": wrong_sign}
    for student, change in {**changes, "spoiled": unchanged, "faulty": unchanged}.items():
        notebook = json.loads(answers.read_text())
        change(notebook)
        (folder_of(root, student) / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    for student, content in UNREADABLE.items():
        folder = folder_of(root, student)
        if content is not None:
            (folder / f"{NAME}.ipynb").write_bytes(content)
    shutil.copy(answers, folder_of(root, "renamed") / f"{NAME} (1).ipynb")
    with zipfile.ZipFile(folder_of(root, "zipped") / "work.zip", "w") as archive:
        archive.write(answers, f"work/{NAME}.ipynb")
    (folder_of(root, "link") / f"{NAME}.ipynb").symlink_to(answers)
    hand_in_with_files(root, answers)


def hand_in_with_files(root: Path, answers: Path) -> None:
    """A right notebook among files that shadow, mislead and block."""
    folder = folder_of(root, "files")
    shutil.copy(answers, folder)
    (folder / "numpy.py").write_text("raise SystemExit")
    (folder / "check.py").mkdir()
    (folder / "check.py" / "__init__.py").write_text("raise SystemExit")
    (folder / "answers.txt").symlink_to(root / "solutions" / "worked_example.py")
    (folder / "timestamp.txt").write_text("the day before yesterday")
    (folder / "notes.txt").write_text("my notes")


def folder_of(root: Path, student: str) -> Path:
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def page(root: Path, step: str, student: str, suffix: str) -> str:
    return (root / step / student / NAME / f"{NAME}{suffix}").read_text()


@pytest.mark.parametrize("student", [*HONEST, *OTHER_FILES])
def test_right_answers_earn_everything(course, student):
    """Whatever happened to the cells, the file's name and the files around it."""
    assert scores(course)[student] == FULL


@pytest.mark.parametrize("student", [*DISHONEST, *REASONS])
def test_no_answer_earns_nothing(course, student):
    """Every folder has its row, and tampering gains nothing."""
    assert scores(course)[student] == 0


def test_a_wrong_answer_costs_its_points(course):
    """The others keep theirs."""
    assert 0 < scores(course)["wrong_sign"] < FULL


def test_the_gradebook_says_what_the_pipeline_says(course, monkeypatch):
    """To the last digit, for every submission."""
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    release = read_release(NAME)
    stored = {name: scores(course)[name] for name in (*HONEST, *DISHONEST, *REASONS, "wrong_sign")}
    with Grader(NAME, workers=1) as grader:
        found = {
            name: grader.grade(
                submitted(content_of(folder_of(course, name), release), release, name)
            ).score
            for name in stored
        }
    assert stored == found


def test_the_export_lists_everybody(course):
    """Hand-graded points are in the maximum."""
    with (course / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert rows.keys() >= {
        *HONEST,
        *DISHONEST,
        *REASONS,
        "renamed",
        "zipped",
        "files",
        "wrong_sign",
    }
    assert {float(row["max_score"]) for row in rows.values()} == {FULL + 2}


@pytest.mark.parametrize("student", REASONS)
def test_the_feedback_page_says_why_nothing_was_graded(course, student):
    """In words, in place of a traceback."""
    assert REASONS[student] in page(course, "feedback", student, ".html")


def test_the_feedback_page_names_repairs_and_mistakes(course):
    """What was put back, what the file was called, and what is wrong."""
    assert "A test cell was missing" in page(course, "feedback", "deleted_test", ".html")
    assert "The file was called" in page(course, "feedback", "renamed", ".html")
    assert "sign" in page(course, "feedback", "wrong_sign", ".html")


def test_nothing_active_reaches_the_pages_of_staff(course):
    """A script in a student's markdown would run in the formgrader, signed in as its reader."""
    notebook = nbformat.reads(page(course, "autograded", "noisy", ".ipynb"), as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert any("alert" in text for text in texts)
    assert not any("<script" in text for text in texts)
    assert "<script>alert" not in page(course, "feedback", "noisy", ".html")


def test_hidden_lines_and_outputs_are_in_the_graded_notebook(course):
    """What staff see: the student's own output, and the test cell as the instructor wrote it."""
    notebook = nbformat.reads(page(course, "autograded", "noisy", ".ipynb"), as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any(output.output_type == "error" for output in outputs)
    assert 'grade("forward")' in page(course, "autograded", "noisy", ".ipynb").replace("\\", "")


def test_links_are_not_followed_into_pages(course):
    """The answers do not come back with the feedback; a student's own notes do."""
    kept = {path.name for path in (course / "autograded" / "files" / NAME).iterdir()}
    assert "notes.txt" in kept
    assert "answers.txt" not in kept
    assert (course / "autograded" / "files" / NAME / "check.py").is_file()


def test_answer_notebooks_are_clean(course):
    """No markers, no hidden lines, no outputs."""
    text = (course / "solutions" / "notebooks" / NAME / f"{NAME}.ipynb").read_text()
    assert "def output_error_term" in text
    assert not any(word in text for word in ("SOLUTION", "HIDDEN", "grade(", "checksum"))


def test_a_worse_file_takes_the_old_score_back(course):
    """Stock nbgrader would leave the score of the last file that it could read."""
    assert scores(course)["spoiled"] == FULL
    (folder_of(course, "spoiled") / f"{NAME}.ipynb").write_bytes(b"not a notebook any more")
    nbgrader(course, "autograde", NAME, "--student", "spoiled", "--force")
    assert scores(course)["spoiled"] == 0


def test_a_fault_of_the_grader_leaves_zeros_and_says_so(course):
    """It is no score: the command fails, names the fix, and no old score stands."""
    assert scores(course)["faulty"] == FULL
    release = course / "release" / NAME
    hidden = release.rename(release.with_name("hidden"))
    log = nbgrader(course, "autograde", NAME, "--student", "faulty", "--force", fails=True)
    hidden.rename(release)
    assert f"Run `nbgrader generate_assignment {NAME}` first" in log
    assert scores(course)["faulty"] == 0


def press_autograde(course: Path, student: str) -> dict[str, object]:
    """What the formgrader's Autograde button calls, configured as its server does."""
    script = f"""
import json
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
app = NbGrader()
app.load_config_file()
course = CourseDirectory(config=app.config)
print(json.dumps(NbGraderAPI(course, config=app.config).autograde({NAME!r}, {student!r})))
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_the_button_grades_an_empty_folder(course):
    """One student, no notebook: stock nbgrader has nothing to match and gives no row."""
    folder_of(course, "late_comer")
    assert press_autograde(course, "late_comer")["success"]
    assert scores(course)["late_comer"] == 0


def test_a_config_that_cannot_load_stops_nbgrader(course, tmp_path):
    """Otherwise nbgrader would go on with its defaults and run student code unprotected."""
    text = (course / "nbgrader_config.py").read_text().replace("autograder.", "not_installed.")
    (tmp_path / "nbgrader_config.py").write_text(text)
    assert "Nothing was done" in nbgrader(tmp_path, "autograde", NAME, fails=True)


@pytest.mark.parametrize(
    ("mistake", "both"),
    [("c.CourseDirectory.course_id = (", True), ("1 / 0", True), ("1 / 0", False)],
)
def test_a_mistake_in_the_config_runs_no_student_code(tmp_path, mistake, both):
    """Nbgrader logs it and goes on with its defaults: those run notebooks in a plain kernel."""
    root = make_course(tmp_path / "course")
    nbgrader(root, "generate_assignment", NAME)
    ran = tmp_path / "ran"
    notebook = json.loads((root / "release" / NAME / f"{NAME}.ipynb").read_text())
    notebook["cells"].insert(0, code(f"open({str(ran)!r}, 'w')"))
    (folder_of(root, "anybody") / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + mistake + "\n")
    if not both:
        (root / "nbgrader_config.json").unlink()
    log = nbgrader(root, "autograde", NAME, fails=True)
    assert "Repair nbgrader_config.py" in log
    assert not ran.exists()


def test_the_two_configs_do_not_contradict_each_other(course):
    """Traitlets would warn of it with every command."""
    assert "Collisions" not in nbgrader(course, "autograde", NAME, "--student", "right")
