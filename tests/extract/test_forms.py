"""However a notebook is handed in, the same work earns the same points; and none is guessed."""

import io
import json
import zipfile

import nbformat
import pytest
from nbconvert.exporters import PythonExporter
from nbformat.v4 import new_code_cell, new_notebook

from autograder.extract.extract import read_submission
from autograder.extract.forms import UnreadableError, form_of, notebook_in, stem_of
from autograder.extract.release import read_release
from autograder.pipeline import Grader
from autograder.settings import Limits
from tests.notebooks import solved, submission

SET = "ps1_derivatives"
FILE = f"{SET}.ipynb"


def written(notebook) -> str:
    return nbformat.writes(notebook)


def script(notebook) -> str:
    return PythonExporter().from_notebook_node(notebook)[0]


def percent(notebook) -> str:
    """As VS Code and Spyder export it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return "\n".join(f"# %%\n{cell.source}\n" for cell in cells)


def joined(notebook) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def in_one_cell(notebook) -> str:
    """Everything pasted into one cell of a new notebook."""
    return written(new_notebook(cells=[new_code_cell(joined(notebook))]))


def bare(notebook) -> str:
    """As tools write notebooks that know nothing of metadata and of cells' ids."""
    kept = ("cell_type", "source")
    cells = [{name: cell[name] for name in kept} for cell in notebook.cells]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 2, "metadata": {}})


def zipped(**files: bytes | str) -> bytes:
    """A zip; in the names, "__" is a slash."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name.replace("__", "/"), file)
    return content.getvalue()


FORMS = {
    "itself": (FILE, lambda nb: written(nb).encode()),
    "saved as text": (f"{FILE}.txt", lambda nb: written(nb).encode()),
    "a mark in front": (FILE, lambda nb: written(nb).encode("utf-8-sig")),
    "Windows' lines": (FILE, lambda nb: written(nb).replace("\n", "\r\n").encode()),
    "UTF-16": (FILE, lambda nb: written(nb).encode("utf-16")),
    "all in one cell": (FILE, lambda nb: in_one_cell(nb).encode()),
    "no metadata and no ids": (FILE, lambda nb: bare(nb).encode()),
    "a script in UTF-16": (f"{SET}.py", lambda nb: percent(nb).encode("utf-16")),
    "a script saved as text": (f"{SET}.py.txt", lambda nb: percent(nb).encode()),
    "nbconvert's script": (f"{SET}.py", lambda nb: script(nb).encode()),
    "a script of cells": (f"{SET}.py", lambda nb: percent(nb).replace("\n", "\r\n").encode()),
    "a script": ("my work in progress.PY", lambda nb: joined(nb).encode("utf-8-sig")),
    "a zip": ("ada.zip", lambda nb: zipped(**{FILE: written(nb)})),
    "a folder in a zip": (
        "ada.zip",
        lambda nb: zipped(
            **{f"ps1__{FILE}": written(nb), "ps1__check.py": "1", "__MACOSX__._x": ""}
        ),
    ),
    "a script in a zip": ("ada.zip", lambda nb: zipped(**{"work.py": percent(nb)})),
}


@pytest.fixture(scope="module")
def grader():
    with Grader(SET, workers=1, isolation="none") as grader:
        yield grader


@pytest.mark.parametrize("form", FORMS)
def test_right_answers_earn_everything_in_each_form(form, grader, tmp_path):
    name, make = FORMS[form]
    path = tmp_path / name
    path.write_bytes(make(solved(SET)))
    report = grader.grade(grader.read(path, "ada"))
    assert (report.reason, report.score) == ("", report.max_score)


@pytest.mark.parametrize("form", FORMS)
def test_stubs_earn_nothing_in_each_form(form, grader, tmp_path):
    name, make = FORMS[form]
    path = tmp_path / name
    path.write_bytes(make(submission(SET)))
    assert grader.grade(grader.read(path, "ada")).score == 0


def with_method(number: int) -> bytes:
    """A zip whose entry claims another way of packing, at both places where that is said."""
    content = bytearray(zipped(**{FILE: "{}"}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(mark) + offset] = number
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(zipped(**{FILE: "{}"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped(), "It holds no files"),
        (zipped(**{"a.ipynb": "{}", "b.ipynb": "{}"}), "It holds a.ipynb, b.ipynb. Hand in"),
        (zipped(**{"essay.docx": "", "a.txt": ""}), "It holds a.txt, essay.docx"),
        (zipped(**{FILE: b"\0" * (21 * 2**20)}), "larger than 20 MB"),
        (zipped(**{FILE: ""}), f"{FILE} in x is empty"),
        (zipped(**{FILE: "PK"}), "is not JSON"),
        (with_method(14), "packed in a way"),
        (with_method(1), "packed in a way"),
        (encrypted(), "cannot be unpacked"),
        (zipped(**{FILE: "{}" * 100})[:-40] + b"PK\x05\x06" + b"\xff" * 18, "cannot be unpacked"),
        (zipped(**{f"{i}.txt": "" for i in range(10_001)}), "more than 10000 files"),
        (b"%PDF-1.7 ...", "x is a PDF. Hand in the notebook"),
        (b"<!DOCTYPE html><html>", "x is a web page"),
        (b"\x89PNG\r\n", "x is a picture"),
        (b"7z\xbc\xaf\x27\x1c", "x is a 7z archive"),
    ],
)
def test_what_cannot_be_read_says_what_lies_there_and_what_to_do(content, reason):
    with pytest.raises(UnreadableError, match=reason):
        notebook_in(content, "x", SET, Limits())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.ipynb", '{"nbformat": 4, "cells": [%s{}]}' % ("[]," * 50), "parts"),
        ("x.ipynb", '{"nbformat": 4, "a": "%s' % ('\\"' * 200), "is not JSON"),
        (
            "x.ipynb",
            '{"nbformat": 4, "cells": [{"source": "%s\U0001f600"}]}' % ("x" * 500),
            "larger",
        ),
        ("x.py", "# %%\nx\n" * 9, "more than 5 cells"),
        ("x.py", "x = 12345\n" * 30, "MB of code"),
    ],
)
def test_what_would_be_large_in_memory_is_not_read(name, content, reason, tmp_path):
    """Commas and quotes inside of texts are no parts."""
    limits = Limits(notebook_bytes=1000, notebook_values=60, notebook_cells=5, code_bytes=250)
    path = tmp_path / name
    path.write_text(content)
    found = read_submission(path, student="ada", release=read_release(SET), limits=limits)
    assert reason in found.problem


def test_signs_inside_of_texts_are_no_parts():
    """Code and pictures in outputs are full of them."""
    notebook = {"nbformat": 4, "cells": [{"source": '[{"a\\": 1, 2}, "\\\\"]' * 1000}]}
    limits = Limits(notebook_values=20)
    assert notebook_in(json.dumps(notebook).encode(), "x", SET, limits) == notebook


def test_the_words_about_a_zip_are_those_of_its_report(tmp_path):
    path = tmp_path / "ada.zip"
    path.write_bytes(zipped(**{"a.ipynb": "{}", "b.ipynb": "{}"}))
    found = read_submission(path, student="ada", release=read_release(SET))
    assert found.problem.startswith("ada.zip does not hold one notebook to grade.")


def test_a_script_keeps_its_cells():
    notebook = notebook_in(b"a = 1\n# %% next\nb = 2\n# In[3]:\n\nc = 3\n", "x.py", SET, Limits())
    assert [cell["source"] for cell in notebook["cells"]] == ["a = 1", "b = 2", "c = 3"]


@pytest.mark.parametrize(
    ("name", "form", "stem"),
    [
        ("Ada.IPYNB", 0, "Ada"),
        ("ada.ipynb.txt", 0, "ada"),
        ("ada.b.zip", 1, "ada.b"),
        ("ada.py", 2, "ada"),
        ("ada.py.txt", 2, "ada"),
        ("ada.pdf", None, "ada.pdf"),
    ],
)
def test_a_name_says_its_form(name, form, stem):
    assert (form_of(name), stem_of(name)) == (form, stem)
