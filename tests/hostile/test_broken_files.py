"""Broken files have a row and a reason; careless but honest students lose nothing."""

import json

import pytest

from autograder.cli.main import main
from autograder.exercise.load import load_assignment
from tests.hostile.attack import ASSIGNMENT
from tests.hostile.broken import BROKEN, EDITED, FILE, edited

FULL = load_assignment(ASSIGNMENT).points
GRADED = [name for name, (_, reason) in BROKEN.items() if not reason]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """All of them in one run of `autograder grade`: student → the JSON result."""
    root = tmp_path_factory.mktemp("broken")
    files = {"honest": edited(lambda notebook: None)}
    files |= {name: write for name, (write, _) in (*BROKEN.items(), *EDITED.items())}
    for name, write in files.items():
        folder = root / "submitted" / name / ASSIGNMENT
        folder.mkdir(parents=True)
        write(folder)
    out = root / "results"
    where = ["grade", str(root / "submitted"), "--assignment", ASSIGNMENT, "--out", str(out)]
    assert main([*where, "--quiet"]) == 0
    assert len((out / "scores.csv").read_text().splitlines()) == len(files) + 1
    return {name: json.loads((out / f"{name}.json").read_text()) for name in files}


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in GRADED])
def test_a_broken_file_has_a_row_and_a_reason(results, name):
    """In words for its student, who has no points."""
    assert results[name]["status"] == "not_graded"
    assert results[name]["score"] == 0
    assert BROKEN[name][1] in results[name]["reason"]


@pytest.mark.parametrize("name", GRADED)
def test_a_file_that_only_looks_broken_is_graded(results, name):
    """Nothing in it was needed but its cells."""
    assert results[name]["score"] == FULL


@pytest.mark.parametrize("name", EDITED)
def test_disorder_costs_nothing(results, name):
    """Right answers earn everything, and what was repaired is said."""
    assert results[name]["score"] == FULL, results[name]["cell_failures"]
    assert EDITED[name][1] in " ".join(results[name]["repairs"])


def test_nothing_was_unpacked(results, tmp_path_factory):
    """A zip is a file like any other: its `../` leads nowhere."""
    base = tmp_path_factory.getbasetemp()
    found = [path for path in base.rglob(FILE) if path.parent.name in ("submitted", "zip")]
    assert found == []
