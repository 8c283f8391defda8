"""Files as they really arrive: broken ones, and right answers in every kind of disorder."""

import copy
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attack import ASSIGNMENT
from tests.notebooks import solved

FILE = f"{ASSIGNMENT}.ipynb"
Write = Callable[[Path], None]
"""Puts a submission into its folder."""


def content(data: bytes) -> Write:
    return lambda folder: (folder / FILE).write_bytes(data) and None


def right() -> dict[str, Any]:
    """A notebook with all the right answers, as parsed JSON."""
    return json.loads(json.dumps(solved(ASSIGNMENT)))


def changed(**fields: Any) -> Write:
    return content(json.dumps({**right(), **fields}).encode())


def huge(folder: Path) -> None:
    with (folder / FILE).open("wb") as file:
        file.truncate(100 * 2**20)


def link(folder: Path) -> None:
    (folder / FILE).symlink_to(folder.parents[1] / "honest" / ASSIGNMENT / FILE)


def linked_folder(folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parents[1] / "honest" / ASSIGNMENT)


def linked_student(folder: Path) -> None:
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to(folder.parents[1] / "honest")


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr(f"../../{FILE}", json.dumps(right()))
        archive.writestr(FILE, json.dumps(right()))


def nameless_zip(folder: Path) -> None:
    """Its one file has a name of no letters, which Python's zipfile cannot read."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("x", "")
    packed = (folder / "work.zip").read_bytes()
    place = packed.index(b"PK\x01\x02")
    listed = packed[place:].replace(b"\x01\0\0\0\0\0\0\0\0\0", bytes(10), 1).replace(b"x", b"", 1)
    (folder / "work.zip").write_bytes(packed[:place] + listed)


def zip_in_zip(folder: Path) -> None:
    zipped(folder)
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.write(folder / "work.zip", "work.zip")
    (folder / "work.zip").unlink()


def zip_of_many(folder: Path) -> None:
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}.ipynb", "")


def linked_below(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / FILE).symlink_to(folder.parents[1] / "honest" / ASSIGNMENT / FILE)


def script(text: str) -> Write:
    return lambda folder: (folder / "work.py").write_text(text) and None


BROKEN: dict[str, tuple[Write, str]] = {
    "nothing": (lambda folder: None, "is missing"),
    "empty": (content(b""), "is empty"),
    "blank": (content(b" \n\n"), "is empty"),
    "truncated": (content(json.dumps(right()).encode()[:-200]), "is not JSON"),
    "python_file": (content(b"def forward(x): return x"), "is not JSON"),
    "latin_1": (content(json.dumps(right()).encode()[:50] + b"\xe4\xf6"), "is not text in UTF-8"),
    "utf_16": (content(json.dumps(right()).encode("utf-16")), ""),
    "binary": (content(bytes(range(1, 256)) * 100), "is not text in UTF-8"),
    "deep": (content(b"[" * 200_000), "nested too deeply"),
    "deep_dicts": (content(b'{"cells":' * 200_000), "nested too deeply"),
    "deep_inside": (changed(metadata=json.loads("[" * 900 + "]" * 900)), ""),
    "huge": (huge, "is larger than"),
    "long_number": (content(b'{"nbformat": ' + b"9" * 10_000 + b"}"), "is not JSON"),
    "list": (content(b"[]"), "is not a notebook"),
    "null": (content(b"null"), "is not a notebook"),
    "format_3": (changed(nbformat=3), "is not in notebook format 4"),
    "format_5": (changed(nbformat=5), "is not in notebook format 4"),
    "format_true": (changed(nbformat=True), "is not in notebook format 4"),
    "format_text": (changed(nbformat="4"), "is not in notebook format 4"),
    "no_cells": (changed(cells=[]), "has no cells"),
    "cells_dict": (changed(cells={}), "has no cells"),
    "cells_numbers": (changed(cells=[1, None, "x"]), "has no cells"),
    "many_cells": (changed(cells=[{"cell_type": "raw", "source": ""}] * 3000), "more than"),
    "foreign": (changed(cells=[{"cell_type": "code", "source": "1"}]), "is it another's?"),
    "link": (link, "is a link"),
    "linked_folder": (linked_folder, "is a link"),
    "linked_student": (linked_student, "is a link"),
    "folder": (lambda folder: (folder / FILE).mkdir(), "is a folder"),
    "pipe": (lambda folder: os.mkfifo(folder / FILE), "is not a file"),
    "zip": (zipped, ""),
    "zip_nameless": (nameless_zip, "cannot be unpacked"),
    "zip_in_zip": (zip_in_zip, "is not text in UTF-8"),
    "zip_of_many": (zip_of_many, "holds more than 10000 files"),
    "linked_below": (linked_below, "is a link"),
    "many_parts": (content(b'{"nbformat":4,"cells":[' + b"[]," * 6_000_000), "more than 1000000"),
    "much_code": (script("def forward(x): return x\n" * 100_000), "MB of code"),
    "many_marks": (script("# %%\nx\n" * 2_500_000), "more than 2000 cells"),
    "one_line": (script("def forward(x): return " + "1+" * 2**20 + "1"), "MB of code"),
    "utf_32": (content(json.dumps(right()).encode("utf-32")), ""),
}
"""Name → how it is written, and the reason that its student reads ("" where it can be graded)."""


def cells(*names: str) -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    def find(notebook: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            cell
            for cell in notebook["cells"]
            if "nbgrader" in cell["metadata"]
            and cell["metadata"]["nbgrader"]["grade_id"].startswith(names)
        ]

    return find


tests_of = cells("test_")
answers_of = cells("forward", "output_", "hidden_", "input_", "loss_", "train_")
Edit = Callable[[dict[str, Any]], object]


def edited(edit: Edit) -> Write:
    def write(folder: Path) -> None:
        notebook = right()
        edit(notebook)
        (folder / FILE).write_text(json.dumps(notebook))

    return write


def without_tests(notebook: dict[str, Any]) -> None:
    gone = tests_of(notebook)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in gone]


def copied(notebook: dict[str, Any]) -> None:
    cell = copy.deepcopy(answers_of(notebook)[0])
    notebook["cells"].insert(3, {**cell, "source": "def forward(x, W, w_out):\n    return 0"})


def split(notebook: dict[str, Any]) -> None:
    cell = answers_of(notebook)[1]
    place = notebook["cells"].index(cell)
    notebook["cells"].insert(place, {**cell, "metadata": {}, "id": "mine"})
    cell["source"] = ""


def reordered(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def for_each(find: Callable[..., list[dict[str, Any]]], change: Edit) -> Write:
    return edited(lambda notebook: [change(cell) for cell in find(notebook)])


def marks(**changes: Any) -> Edit:
    return lambda cell: cell["metadata"]["nbgrader"].update(changes)


def renamed(notebook: dict[str, Any]) -> None:
    for number, cell in enumerate(answers_of(notebook)):
        cell["metadata"]["nbgrader"]["grade_id"] = f"renamed{number}"


def older_format(notebook: dict[str, Any]) -> None:
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)


def beside(*names: str) -> Write:
    def write(folder: Path) -> None:
        edited(lambda notebook: None)(folder)
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("import os\nos._exit(0)\n")

    return write


def called(name: str) -> Write:
    return lambda folder: (folder / name).write_text(json.dumps(right())) and None


EVERY = cells("")
EDITED: dict[str, tuple[Write, str]] = {
    "test_deleted": (
        edited(lambda n: n["cells"].remove(tests_of(n)[0])),
        "A test cell was missing",
    ),
    "all_tests_deleted": (edited(without_tests), "A test cell was missing"),
    "test_rewritten": (for_each(tests_of, lambda c: c.update(source="100.0")), "was changed"),
    "answer_copied": (edited(copied), "was there 2 times"),
    "test_copied": (edited(lambda n: n["cells"].append(tests_of(n)[0])), ""),
    "answer_split": (edited(split), ""),
    "cells_reversed": (edited(reordered), ""),
    "retyped": (for_each(answers_of, lambda c: c.update(cell_type="raw")), "it is code again"),
    "tagged": (
        for_each(EVERY, lambda c: c["metadata"].update(tags=["skip-execution", "x"])),
        "",
    ),
    "names_lost": (edited(renamed), "recognised by its cell id"),
    "marks_lost": (for_each(answers_of, lambda c: c["metadata"].pop("nbgrader")), "cell id"),
    "points_edited": (for_each(tests_of, marks(points=1e9)), "settings of a cell"),
    "points_negative": (for_each(tests_of, marks(points=-5)), "settings of a cell"),
    "points_nan": (for_each(tests_of, marks(points=float("nan"))), "settings of a cell"),
    "locks_edited": (for_each(EVERY, marks(locked=False)), "settings of a cell"),
    "grades_edited": (for_each(answers_of, marks(grade=True, points=50)), "settings of a cell"),
    "checksum_edited": (for_each(EVERY, marks(checksum="0" * 32)), ""),
    "schema_edited": (for_each(EVERY, marks(schema_version=99)), "settings of a cell"),
    "schema_text": (for_each(EVERY, marks(schema_version="three")), "settings of a cell"),
    "numbers_restarted": (for_each(EVERY, lambda c: c.update(execution_count=1)), ""),
    "outputs_odd": (for_each(EVERY, lambda c: c.update(outputs=[{"output_type": "?"}, 3])), ""),
    "ids_doubled": (edited(lambda n: [c.update(id="same") for c in n["cells"][:2]]), ""),
    "older_format": (edited(older_format), ""),
    "cells_added": (
        edited(lambda n: n["cells"].extend([{"cell_type": "code", "source": "1 / 0"}] * 5)),
        "",
    ),
    "junk_added": (edited(lambda n: n["cells"].extend([None, 3, {}, {"metadata": 3}])), ""),
    "other_kernel": (
        edited(lambda n: n["metadata"].update(kernelspec={"name": "ir", "language": "R"})),
        "",
    ),
    "metadata_odd": (edited(lambda n: n.update(metadata=[1, 2])), ""),
    "file_renamed": (called(f"{ASSIGNMENT} (1).ipynb"), ""),
    "file_named_mine": (called("my homework.ipynb"), ""),
    "byte_order_mark": (content(b"\xef\xbb\xbf" + json.dumps(right()).encode()), ""),
    "shadows": (beside("numpy.py", "ipykernel_launcher.py", "sitecustomize.py"), ""),
    "shadow_helper": (beside("check.py", "data.py", "usercustomize.py"), ""),
    "shadow_package": (beside("check/__init__.py", "numpy/__init__.py"), ""),
}
"""Right answers: name → how the file is written, and a word of the report on what was repaired."""
