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
OWN_PACKAGES = ("exercises", "solutions")
"""The course's own code; all else that its records import is installed."""
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
    own = [path for path in (course / "exercises" / assignment).rglob("*") if path.is_file()]
    kept = [path for path in own if not set(path.parts) & set(LEFT_OUT)]  # pictures of notes, too
    for path in _with_imports([*shared, *kept], course):
        yield path.relative_to(course).as_posix(), path.read_bytes()


def _with_imports(records: Sequence[Path], course: Path) -> list[Path]:
    """The records, and what they import of the course: answers, records of earlier sets."""
    found: set[Path] = set()
    waiting = list(records)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path, course) if path.suffix == ".py" else ()
    return sorted(found)


def _imported(path: Path, course: Path) -> Iterator[Path]:
    """The files of exercises/ and solutions/ that a module imports, with their packages."""
    for parts in _names_imported(path, course):
        for end in range(1, len(parts) + 1) if parts[0] in OWN_PACKAGES else ():
            place = course.joinpath(*parts[:end])
            files = place.with_suffix(".py"), place / "__init__.py"
            yield from (file for file in files if file.is_file())


def _names_imported(path: Path, course: Path) -> Iterator[tuple[str, ...]]:
    """What a module imports, by its full name in parts; whatever `from` names, with its module."""
    package = path.relative_to(course).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = (*above, *filter(None, (node.module or "").split(".")))
            yield from ((*module, alias.name) for alias in node.names)
