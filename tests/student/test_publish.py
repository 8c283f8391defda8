"""What students get: a start page, the sets, and nothing of the staff's."""

import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest

from autograder.cli.main import main
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names
from autograder.student.publish import publish
from tests.course import ROOT


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("dist") / "course")


def test_each_set_is_a_folder_and_a_zip_of_the_same_files(published, tmp_path):
    for name in assignment_names():
        with zipfile.ZipFile(published / f"{name}.zip") as archive:
            archive.extractall(tmp_path)
        unpacked = {p.relative_to(tmp_path): p.read_bytes() for p in files(tmp_path / name)}
        assert unpacked == {
            p.relative_to(published): p.read_bytes() for p in files(published / name)
        }
        assert {"check.py", "examples.json", f"{name}.ipynb"} <= {p.name for p in unpacked}


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_start_page_and_its_notebook_say_the_same(published):
    page = (published / "README.md").read_text()
    notebook = nbformat.read(published / "START.ipynb", as_version=4)
    nbformat.validate(notebook)
    cells = {cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
    sections = {part.strip() for part in re.split(r"^(?=## )", page, flags=re.MULTILINE)}
    assert cells == sections
    assert page.startswith((ROOT / "docs" / "students.md").read_text().strip())


def test_the_start_notebook_says_its_language(published):
    """Without it JupyterLite, which has no kernel called python3, asks which one is meant."""
    notebook = nbformat.read(published / "START.ipynb", as_version=4)
    assert notebook.metadata.language_info.name == "python"


def test_every_link_of_the_start_page_leads_to_a_published_file(published):
    links = re.findall(r"\]\(([^)#]+)\)", (published / "README.md").read_text())
    assert len(links) > len(assignment_names())
    assert [link for link in links if not (published / link).is_file()] == []


def test_the_installation_cell_runs_and_names_what_is_there(published, tmp_path):
    notebook = nbformat.read(published / "START.ipynb", as_version=4)
    (code,) = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"Python [\d.]+\nnumpy [\d.]+\nmatplotlib [\d.]+\n", done.stdout)
    bare = [sys.executable, "-S", "-E", "-c", code]
    done = subprocess.run(bare, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "numpy is missing: run  pip install -r requirements.txt" in done.stdout


def test_each_way_to_begin_on_the_start_page_names_files_that_are_there(published):
    """Files in code and typed lines; other names of files would send students searching."""
    text = (published / "README.md").read_text()
    named = set(re.findall(r"[\w/]+\.(?:txt|zip|ipynb|py|json)\b", text))
    assert {"requirements.txt", "ps1_derivatives.zip", "check.py"} <= named
    held = {path.name for path in files(published)}
    assert {name for name in named if name.split("/")[-1] not in held} == set()


@pytest.mark.parametrize("place", ["Colab", "Kaggle"])
def test_the_line_to_type_puts_a_set_where_its_first_cell_finds_it(place, published, tmp_path):
    """Colab has the zip in the working folder; Kaggle unpacks it among its inputs."""
    name, inputs = "ps1_derivatives", tmp_path / "input"
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(published / f"{name}.zip", work)
    shutil.copytree(published / name, inputs / "my-upload" / name)
    page = (published / "README.md").read_text()
    (line,) = re.findall(rf"\*\*On {place}\*\*.*?^    !(.+?)$", page, re.DOTALL | re.MULTILINE)
    subprocess.run(line.replace("/kaggle/input", str(inputs)), shell=True, cwd=work, check=True)
    notebook = nbformat.read(published / name / f"{name}.ipynb", as_version=4)
    (start,) = [cell.source for cell in notebook.cells if cell.source.startswith("SET, FILES")]
    says = f"{start}\nprint(folder)\nimport check\nprint(check.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", says], cwd=work, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(work / name), str(work / name / "check.py")]


def test_nothing_of_the_staffs_is_published(published):
    names = {path.relative_to(published).parts[0] for path in files(published)}
    sets = {*assignment_names(), *(f"{name}.zip" for name in assignment_names())}
    assert names == {*sets, "README.md", "START.ipynb", "requirements.txt", "images"}
    programs = {path.name for path in files(published) if path.suffix == ".py"}
    assert programs <= {"check.py", "data.py"}


def test_it_is_made_again_in_its_own_place_and_in_no_other(tmp_path, capsys):
    out = tmp_path / "course"
    assert main(["publish", "--out", str(out)]) == 0
    before = {path.relative_to(out): path.read_bytes() for path in files(out)}
    (out / "old.txt").touch()
    assert main(["publish", "--out", str(out)]) == 0
    assert {path.relative_to(out): path.read_bytes() for path in files(out)} == before
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.tex").touch()
    assert main(["publish", "--out", str(tmp_path / "home")]) == 2
    assert "holds other files" in capsys.readouterr().err
    assert (tmp_path / "home" / "thesis.tex").exists()


def test_a_course_without_a_start_page_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.student.publish.course_root", lambda: tmp_path)
    with pytest.raises(Misuse, match=r"students\.md is missing"):
        publish(tmp_path / "out")
