"""Our bookkeeping beside nbgrader's own: the same gradebook, row by row, and the same files."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.nbgrader_course import NAME, make_course, nbgrader
from tests.nbgrader_plugin import test_nbgrader as samples
from tests.nbgrader_plugin.gradebooks import RANDOM, files_of, rows_of
from tests.small_course import code, find, insert_after

pytestmark = pytest.mark.nightly  # two whole runs of nbgrader, one of them at its own pace

STOCK = ("configure(c)", "configure(c, stock_pace=True)")
PENALTIES = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
DUE = "2026-03-01 12:00:00"
TIMES = {
    "right": "2026-03-01 11:00:00 UTC",
    "wrong_sign": "2026-03-02 09:30:00 Europe/Berlin",
    "blank": "2026-03-02 09:30:00 UTC",
    "spoiled": "2026-02-01 10:00:00 UTC",
    "newer": "2026-02-01 10:00:00 UTC",
    "granted": "2026-03-02 09:30:00 UTC",
}
"""When some hand in: in time, late with points and without, and with an extension."""
BOOK = """
import sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db", "backpropagation") as book:
    name = sys.argv[1]
    {}
    book.db.commit()
"""
ANNOUNCE = f"book.update_or_create_assignment(name, duedate={DUE!r})"
BY_HAND = """
    book.grant_extension(name, "granted", days=2)
    for student in ("right", "spoiled", "wrong_sign"):
        book.find_grade("derivation", name, name, student).manual_score = 1.5
        book.find_grade("test_forward", name, name, student).manual_score = 0.25
        book.find_grade("test_output_error_term", name, name, student).extra_credit = 0.1
        book.find_comment("derivation", name, name, student).manual_comment = "See <b>me</b>."
    book.remove_submission(name, "edited")
    book.add_submission(name, "edited")
"""
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 4])\nplt.show()\nprint('drawn')\n[1, 2]"


def drawn(notebook):
    insert_after(notebook, "setup", code(PLOT))


def without_answers(notebook):
    """Cells of another notebook among the own, a question deleted, and no answer to the other."""
    notebook["cells"] = [c for c in notebook["cells"] if not c.get("id", "").startswith("d")]
    notebook["cells"].append({**code("1 + 1"), "id": "no-such-cell"})


def no_response(notebook):
    question = find(notebook, "derivation")
    question["source"] = find(released(), "derivation")["source"]


def released():
    root = Path(__file__).parents[2] / "release" / NAME / f"{NAME}.ipynb"
    return json.loads(root.read_text())


def foreign(notebook):
    notebook["metadata"] = {"kernelspec": {"name": "r", "display_name": "R"}, "language": "R"}
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)


CLASS = {
    "right": samples.unchanged,
    "wrong_sign": samples.wrong_sign,
    "blank": samples.nothing_done,
    "edited": samples.edited,
    "patched": samples.patched,
    "copied": samples.twice,
    "noisy": samples.noisy,
    "spoiled": samples.unchanged,
    "newer": samples.unchanged,
    "granted": samples.unchanged,
    "drawn": drawn,
    "without_answers": without_answers,
    "foreign": foreign,
    "no_response": no_response,
}


def hand_in(root: Path) -> None:
    answers = root / "solutions" / "notebooks" / NAME / f"{NAME}.ipynb"
    for student, change in CLASS.items():
        notebook = json.loads(answers.read_text())
        change(notebook)
        (samples.folder_of(root, student) / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    (samples.folder_of(root, "no_json") / f"{NAME}.ipynb").write_bytes(b"def forward(x):")
    samples.folder_of(root, "no_file")
    samples.hand_in_with_files(root, answers)
    for student, time in TIMES.items():
        (samples.folder_of(root, student) / "timestamp.txt").write_text(time)


def hand_in_again(root: Path) -> None:
    """A worse file, a newer one, and others that nobody asked to be graded again."""
    folder = samples.folder_of(root, "newer")
    (folder / "timestamp.txt").write_text("2026-03-03 10:00:00 UTC")
    notebook = json.loads((folder / f"{NAME}.ipynb").read_text())
    samples.wrong_sign(notebook)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    (samples.folder_of(root, "spoiled") / f"{NAME}.ipynb").write_bytes(b"no notebook any more")
    (samples.folder_of(root, "copied") / f"{NAME}.ipynb").unlink()
    shutil.copy(folder / f"{NAME}.ipynb", samples.folder_of(root, "second_term"))


def book(root: Path, words: str) -> None:
    """Change the gradebook through nbgrader's own objects."""
    command = [sys.executable, "-W", "ignore", "-c", BOOK.format(words), NAME]
    subprocess.run(command, cwd=root, check=True)


STEPS: dict[str, Callable[[Path], object]] = {
    "first": lambda root: nbgrader(root, "autograde", NAME),
    "unforced": lambda root: (
        book(root, BY_HAND),
        hand_in_again(root),
        nbgrader(root, "autograde", NAME),
    ),
    "forced": lambda root: nbgrader(root, "autograde", NAME, "--force", "--student", "[!a-m]*"),
    "feedback": lambda root: nbgrader(root, "generate_feedback", NAME),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What both courses hold after each step: ours and, with nbgrader's bookkeeping, stock's."""
    folder = tmp_path_factory.mktemp("equality")
    lay_out(folder / "ours")
    shutil.copytree(folder / "ours", folder / "stock", symlinks=True)
    with ThreadPoolExecutor(2) as pool:
        ours = pool.submit(run, folder / "ours", False)
        stock = pool.submit(run, folder / "stock", True)
        return {"ours": ours.result(), "stock": stock.result()}


def lay_out(root: Path) -> None:
    """The course with its class, before anything is graded."""
    make_course(root)
    (root / "course_secret").write_text("the secret of both courses\n")
    nbgrader(root, "generate_assignment", NAME)
    nbgrader(root, "generate_solution", NAME)
    book(root, ANNOUNCE)
    hand_in(root)


def run(root: Path, stock: bool) -> dict[str, dict]:
    """Take every step in one course, and note what is there after it."""
    config = root / "nbgrader_config.py"
    text = config.read_text() + PENALTIES
    config.write_text(text.replace(*STOCK) if stock else text)
    found = {}
    for name, step in STEPS.items():
        step(root)
        found[name] = {
            "rows": rows_of(root / "gradebook.db"),
            "autograded": files_of(root, "autograded"),
            "feedback": files_of(root, "feedback"),
        }
    return found


@pytest.mark.parametrize("step", STEPS)
def test_every_row_of_the_gradebook_is_the_same(seen, step):
    """All tables, in the order in which rows were written."""
    ours, stock = seen["ours"][step]["rows"], seen["stock"][step]["rows"]
    assert ours.keys() == stock.keys()
    for table, rows in stock.items():
        assert ours[table] == rows, table


@pytest.mark.parametrize("step", STEPS)
def test_every_file_is_the_same(seen, step):
    """Bytes and mode, of the graded notebooks, the pages, and what lies beside them."""
    for folder in ("autograded", "feedback"):
        ours, stock = seen["ours"][step][folder], seen["stock"][step][folder]
        assert ours.keys() == stock.keys()
        assert [name for name in stock if ours[name] != stock[name]] == []


def test_the_samples_meet_what_they_are_for(seen):
    """Late and early, graded by hand and not, with pictures and without: else nothing is proven."""
    rows = {
        table: [dict(row) for row in rows] for table, rows in seen["ours"]["forced"]["rows"].items()
    }
    penalties = {row["late_submission_penalty"] for row in rows["submitted_notebook"]}
    assert None in penalties
    assert len(penalties) > 2
    assert {row["manual_score"] for row in rows["grade"]} == {None, 0.25, 1.5}
    assert any(row["needs_manual_grade"] and row["auto_score"] for row in rows["grade"])
    assert "No response." in {row["auto_comment"] for row in rows["comment"]}
    assert any(b"image/png" in data for _, data in seen["ours"]["first"]["autograded"].values())
    assert len(seen["ours"]["feedback"]["feedback"]) > 10


def test_ids_are_told_by_name(seen):
    """No random id is left in the rows that are compared."""
    grades = seen["ours"]["first"]["rows"]["grade"]
    assert not any(RANDOM.fullmatch(str(v)) for row in grades for key, v in row if key != "id")
