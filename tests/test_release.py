"""The notebooks say what the records say, and what students get holds no answer."""

import ast
import inspect
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.make_release import make_release
from autograder.exercise.load import assignment_names, load_assignment
from tests.course import ROOT
from tests.notebooks import cell_of, functions_in, grade_id

SETS = assignment_names()


def source_notebook(name):
    return nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)


def cells_by_id(notebook):
    return {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}


def copied(course):
    """A course with this one's files, and nothing released yet."""
    for part in ("source", "solutions", "exercises", "scripts", "nbgrader_config.py"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, course / part)
    (course / "release").mkdir()
    return course


@pytest.fixture(scope="module")
def remade(tmp_path_factory):
    """release/ and solutions/notebooks/ as nbgrader makes them of source/ now."""
    course = copied(tmp_path_factory.mktemp("course"))
    script = course / "scripts" / "release.py"
    subprocess.run([sys.executable, script, *SETS], cwd=course, check=True, capture_output=True)
    return course


@pytest.mark.parametrize("name", SETS)
def test_release_is_made_of_source(name, tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_COURSE", str(copied(tmp_path)))
    assert files_in(make_release(name)) == files_in(ROOT / "release" / name)


@pytest.mark.nightly
@pytest.mark.parametrize("name", SETS)
def test_release_is_what_nbgrader_makes_of_source(name, remade):
    assert files_in(remade / "release" / name) == files_in(ROOT / "release" / name)


@pytest.mark.nightly
@pytest.mark.parametrize("name", SETS)
def test_answer_notebooks_are_made_of_source_and_clean(name, remade):
    made = (remade / "solutions" / "notebooks" / f"{name}.ipynb").read_text()
    assert made == (ROOT / "solutions" / "notebooks" / f"{name}.ipynb").read_text()
    for leftover in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", 'grade("'):
        assert leftover not in made


@pytest.mark.parametrize("name", SETS)
def test_cells_are_what_nbgrader_expects(name):
    notebook = source_notebook(name)
    nbformat.validate(notebook)
    ids = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    assert len(ids) == len(set(ids))
    for exercise in load_assignment(name).graded:
        answer, test = cell_of(notebook, exercise.name), cell_of(notebook, f"test_{exercise.name}")
        assert answer.metadata.nbgrader["solution"]
        assert not answer.metadata.nbgrader["grade"]
        assert test.metadata.nbgrader["points"] == exercise.points
        assert test.metadata.nbgrader["locked"]
        assert f'grade("{exercise.name}")' in test.source
        assert notebook.cells.index(answer) < notebook.cells.index(test)


@pytest.mark.parametrize("name", SETS)
def test_one_derivation_is_graded_by_hand(name):
    cells = cells_by_id(source_notebook(name)).values()
    by_hand = [c for c in cells if c.metadata.nbgrader["grade"] and c.metadata.nbgrader["solution"]]
    assert len(by_hand) == 1
    assert by_hand[0].cell_type == "markdown"
    assert by_hand[0].metadata.nbgrader["points"] > 0


@pytest.mark.parametrize("name", SETS)
def test_the_notebooks_answers_are_those_of_solutions(name):
    notebook = source_notebook(name)
    for exercise in load_assignment(name).exercises:
        cell = cell_of(notebook, exercise.name if exercise.points else "carry_over")
        sources = cell.source, module_of(exercise).read_text()
        if not exercise.points:  # pasted from an earlier set, whose words may be others
            sources = map(without_docstrings, sources)
        shown, written = (functions_in(source)[exercise.name] for source in sources)
        assert shown == written, exercise.name


def without_docstrings(source):
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
    return ast.unparse(tree)


@pytest.mark.parametrize("name", SETS)
def test_what_students_get_shows_no_answer(name):
    folder = ROOT / "release" / name
    everything = {path: path.read_text() for path in text_files(folder)}
    for path, text in everything.items():
        for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN", 'grade("', "import autograder"):
            assert secret not in text, path
    code = "".join(text for path, text in everything.items() if path.suffix == ".py")
    given = {*functions_in(code), *stubs(folder / f"{name}.ipynb")}
    assert {exercise.name for exercise in load_assignment(name).exercises} <= given
    for line in answer_lines(name):
        assert all(line not in "".join(text.split()) for text in everything.values()), line


def stubs(path):
    """The functions of the release notebook whose body is nothing but the stub."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "raise NotImplementedError()" in cell.source:
            yield from functions_in(cell.source)


def answer_lines(name):
    """Statements of the reference answers that would give one away: two operations or more."""
    for exercise in load_assignment(name).exercises:
        (function,) = ast.parse(inspect.getsource(exercise.reference)).body
        for node in function.body:
            if isinstance(node, ast.Return) and sum(map(is_operation, ast.walk(node))) >= 2:
                yield "".join(ast.unparse(node).split())


def module_of(exercise):
    """The file of solutions/ that holds an answer; one carried over stands in an earlier set's."""
    return Path(inspect.getsourcefile(exercise.reference))


def is_operation(node):
    return isinstance(node, ast.BinOp | ast.Call)


def text_files(folder):
    return [path for path in folder.rglob("*") if path.suffix in (".py", ".ipynb", ".json")]


def files_in(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_students_hold_one_helper_that_is_the_same_in_all_sets():
    helpers = {(ROOT / "release" / name / "check.py").read_text() for name in SETS}
    assert len(helpers) == 1


def test_pictures_are_ascii():
    """JupyterLite shows no others: it passes the text of an SVG to btoa."""
    drawn = [*ROOT.glob("source/*/*.svg"), *ROOT.glob("release/*/*.svg")]
    assert len(drawn) > 2 * len(SETS)
    assert [path for path in drawn if not path.read_bytes().isascii()] == []


@pytest.mark.parametrize("name", SETS)
def test_public_examples_cover_every_exercise(name):
    examples = json.loads((ROOT / "release" / name / "examples.json").read_text())
    assert {e.name for e in load_assignment(name).exercises} <= set(json.dumps(examples).split('"'))
