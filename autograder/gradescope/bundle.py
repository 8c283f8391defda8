"""The zip that Gradescope takes: two scripts, and what grading one assignment needs of the course.

Other assignments, their answers, source notebooks and the gradebook stay at home.
"""

import ast
import importlib.metadata
import secrets
import stat
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import MARKER, course_root, course_secret, release_notebook
from autograder.exercise.load import load_assignment
from autograder.extract.release import read_release
from autograder.sandbox.runtime import closure

PACKAGE = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = ("setup.sh", "run_autograder")
DISTRIBUTION = "backprop-course"
"""Its requirements without extras are what grading needs: no nbgrader, no JupyterLab, no Dask."""
LEFT_OUT = ("nbgrader_plugin", "__pycache__")
MARKER_TEXT = '"""Marks this folder as the course; nbgrader does not run here."""\n'
THEN = (1980, 1, 1, 0, 0, 0)
"""All files have the same date, so that the same course gives the same zip."""

Entry = tuple[str, bytes]


def write_bundle(assignment: str, folder: Path, isolation: str, new_secret: bool = False) -> Path:
    """Write autograder.zip; raises Misuse for an unknown assignment or one without a release.

    The course's own secret goes with it, so that scores are those of `autograder grade`; with
    `new_secret`, hidden inputs are drawn from another one, and this course's stays here.
    """
    load_assignment(assignment)
    release_notebook(assignment)
    secret = secrets.token_hex(32).encode() if new_secret else course_secret()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "autograder.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in _entries(assignment, isolation, secret):
            entry = zipfile.ZipInfo(name, THEN)
            entry.external_attr = (stat.S_IFREG | _mode(name)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
    return path


def _mode(name: str) -> int:
    if name in SCRIPTS:
        return 0o755
    return 0o600 if name == "course_secret" else 0o644


def _entries(assignment: str, isolation: str, secret: bytes) -> Iterator[Entry]:
    for name in SCRIPTS:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        named = text.replace("@ASSIGNMENT@", assignment).replace("@ISOLATION@", isolation)
        yield name, named.encode()
    yield "requirements.txt", requirements().encode()
    yield MARKER, MARKER_TEXT.encode()
    yield "course_secret", secret + b"\n"
    yield from _release(assignment)
    yield from _grader(assignment)


def packages() -> tuple[str, ...]:
    """The distributions that the grader's core needs, itself left out."""
    return tuple(name for name in closure((DISTRIBUTION,)) if name != DISTRIBUTION)


def requirements() -> str:
    """What grading needs, each package in the version that grades here."""
    pins = (f"{name}=={importlib.metadata.version(name)}\n" for name in packages())
    return "".join(sorted(pins))


def _release(assignment: str) -> Iterator[Entry]:
    folder = f"release/{assignment}"
    notebook = release_notebook(assignment)
    yield f"{folder}/{notebook.name}", notebook.read_bytes()
    for name, content in read_release(assignment).files:
        yield f"{folder}/{name}", content


def _grader(assignment: str) -> Iterator[Entry]:
    """The package, the exercises of this assignment alone, and the answers that they load."""
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(PACKAGE)
        if path.is_file() and not set(place.parts) & set(LEFT_OUT):
            yield f"autograder/{place.as_posix()}", path.read_bytes()
    course = course_root()
    shared = (course / "exercises").glob("*.py")  # named.py, and draws that several sets use
    own = (course / "exercises" / assignment).rglob("*.py")
    for path in _with_answers([*shared, *own], course / "solutions"):
        yield path.relative_to(course).as_posix(), path.read_bytes()


def _with_answers(records: Sequence[Path], solutions: Path) -> list[Path]:
    """The records, and the answers that they import, directly or through other answers."""
    found: set[Path] = set()
    waiting = list(records)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            named = (solutions / f"{name}.py" for name in _answers_named(path, solutions))
            waiting += [answers for answers in named if answers.is_file()]
    return sorted(found)


def _answers_named(path: Path, solutions: Path) -> Iterator[str]:
    """The modules of solutions/ that a file imports: `from solutions import x`, `solutions.x`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            parts = [alias.name.split(".") for alias in node.names]
            yield from (names[1] for names in parts if names[0] == "solutions" and names[1:])
        elif isinstance(node, ast.ImportFrom):
            inside = node.level > 0 and path.parent == solutions
            package, _, module = (node.module or "").partition(".")
            if inside or package == "solutions":
                first = package if inside else module.partition(".")[0]
                yield from [first] if first else (alias.name for alias in node.names)
