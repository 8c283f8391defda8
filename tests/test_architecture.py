"""The house is as docs/architecture.md says: imports go one way, every module has its own name."""

import ast
from collections import Counter

import pytest

from tests.course import ROOT

PACKAGE = ROOT / "autograder"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = (
    ("__init__", "errors", "settings", "sandbox.inside"),
    ("exercise",),
    ("records", "course"),
    ("extract",),
    ("sandbox",),
    ("judge",),
    ("follow",),
    ("jobs",),
    ("pipeline",),
    ("report",),
    ("student", "resume"),
    ("authoring",),
    ("nbgrader_plugin", "gradescope", "scale"),
    ("cli",),
)
"""From the ground up: a room imports from its own floor and from those before it."""
FLOORS = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
AT_THE_ROOT = {"__init__", "pipeline", "records", "settings", "errors", "course"}
AT_THE_ROOT |= {"jobs", "resume"}
LATE = {
    ("exercise", "records"),  # an answer key makes the calls that the records describe
    ("exercise", "course"),  # exercises are loaded from the course's folder
}
MOST_LINES = 300


def room_of(module: str) -> str:
    """The room of a dotted module below autograder: the folder, or the module itself."""
    parts = module.removeprefix("autograder").strip(".").split(".")
    if parts[:2] == ["sandbox", "inside"]:
        return "sandbox.inside"
    return parts[0] if parts[0] in FLOORS else "__init__"


def imports_of(path) -> set[str]:
    """The rooms that a module imports from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {room_of(name) for name in full}
    return found


def dotted(path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_go_down_the_order(path):
    here = room_of(dotted(path))
    for other in imports_of(path) - {here}:
        down = FLOORS[other] < FLOORS[here]
        assert down or (here, other) in LATE, f"{dotted(path)} imports from {other}"


def test_no_two_modules_share_a_name():
    """Where a name is spoken of, it is clear which module is meant."""
    often = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, count in often.items() if count > 1] == []


def test_only_what_all_rooms_share_stands_at_the_root():
    assert {path.stem for path in PACKAGE.glob("*.py")} <= AT_THE_ROOT


def test_no_module_is_long():
    folders = (PACKAGE, ROOT / "exercises", ROOT / "solutions")
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    long = {dotted(path): len(path.read_text().splitlines()) for path in paths}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_the_engine_knows_no_set_of_this_course():
    names = [path.parent.name for path in (ROOT / "exercises").glob("*/__init__.py")]
    for path in MODULES:
        text = path.read_text()
        assert not [name for name in names if f"exercises.{name}" in text], path
