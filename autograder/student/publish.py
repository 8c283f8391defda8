"""Everything that students get, in one folder: a start page, the sets, and a zip of each.

The start page is the course's docs/students.md, as README.md and as START.ipynb: one source.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import course_root
from autograder.errors import Misuse
from autograder.extract.release import released_assignments

START, NOTEBOOK = "docs/students.md", "START.ipynb"
REQUIREMENTS = """\
# For the notebooks, on Python 3.9 and newer; Colab and Kaggle have all of it.
numpy>=1.22
matplotlib>=3.5
jupyterlab>=3.0
"""
INSTALLED = """\
# Run this cell (Shift + Enter): is everything there?
import sys

old = "" if sys.version_info >= (3, 9) else ": too old, please install 3.9 or newer"
print("Python", sys.version.split()[0] + old)
try:
    import numpy
    print("numpy", numpy.__version__)
    import matplotlib
    print("matplotlib", matplotlib.__version__)
except ImportError as error:
    print(error.name, "is missing: run  pip install -r requirements.txt  and restart the kernel")
"""
PYTHON = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},  # by which a site in the browser chooses its kernel
}
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
HIDDEN = shutil.ignore_patterns(".*", "__pycache__", "*.pyc")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip, so that the same files make the same zip."""


def publish(out: Path) -> Path:
    """Write the folder that students get, in the place of what was there; returns it.

    Raises Misuse where no set was released, the start page is missing, or the folder holds
    anything that was not published.
    """
    names, page = released_assignments(), course_root() / START
    if not names:
        raise Misuse("release/ holds no set. Run `autograder release` first.")
    if not page.is_file():
        raise Misuse(f"{page} is missing. It tells students how to begin: write it.")
    if out.exists() and not (out / NOTEBOOK).is_file() and any(out.iterdir()):
        raise Misuse(f"{out} holds other files. Name a folder that is empty or does not exist.")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in names:
        shutil.copytree(course_root() / "release" / name, out / name, ignore=HIDDEN)
        _zip(out / name)
    _write_start(page, names, out)
    return out


def _zip(folder: Path) -> None:
    """Pack a set beside its folder."""
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            inside = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), LONG_AGO)
            inside.external_attr = 0o644 << 16
            archive.writestr(inside, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _write_start(page: Path, names: tuple[str, ...], out: Path) -> None:
    text = page.read_text(encoding="utf-8")
    sets = "\n".join(["## The sets", "", *_list(names, out)])
    for picture in PICTURE.findall(text):
        (out / picture).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page.parent / picture, out / picture)
    (out / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")
    (out / "README.md").write_text(f"{text.rstrip()}\n\n{sets}\n", encoding="utf-8")
    (out / NOTEBOOK).write_text(_notebook(text, sets), encoding="utf-8")


def _list(names: tuple[str, ...], out: Path) -> Iterator[str]:
    for name in names:
        notebook = nbformat.read(out / name / f"{name}.ipynb", as_version=4)
        heading = re.search(r"^# (.+)$", notebook.cells[0].source, re.MULTILINE)
        yield f"- [{heading[1] if heading else name}]({name}/{name}.ipynb)"


def _notebook(text: str, sets: str) -> str:
    """The page as a notebook: a cell for each section, and one that looks at the installation."""
    first, *rest = [part.strip() for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)]
    cells = [
        new_markdown_cell(first, id="start"),
        new_code_cell(INSTALLED.rstrip(), id="installed"),
        new_markdown_cell(sets, id="sets"),
        *(new_markdown_cell(part, id=f"section-{i}") for i, part in enumerate(rest, 1)),
    ]
    return nbformat.writes(new_notebook(cells=cells, metadata=PYTHON)) + "\n"
