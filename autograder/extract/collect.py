"""What there is to grade: a submitted/ tree, a folder of notebooks, or one notebook.

Nothing in a folder is passed over in silence: it is graded, or it is named with the reason.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from autograder.course import course_root
from autograder.errors import Misuse
from autograder.extract.folders import files_below
from autograder.extract.forms import form_of, likeliest, listed, stem_of

SUFFIX = ".ipynb"
MOST_SEEN = 10_000
"""Entries of a student's folders that are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """One student's file. It may not exist: an empty folder is graded as a missing file."""

    student: str
    name: str
    """The file's path as text: a class of Path objects takes as much memory as the grader."""
    note: str = ""
    """Which file was taken, where there was a choice: a sentence for the report."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


@dataclass(frozen=True)
class Collected:
    """What is graded, sorted by student, and what is not, each in words with the reason."""

    found: tuple[Found, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Which file of a folder is the submission; `note` says so where that was not plain."""

    path: Path
    note: str = ""


def collect(path: Path, assignment: str) -> Collected:
    """List what is below `path`; raises Misuse where there is nothing to grade, or no reading it.

    A submitted/ tree holds `<student>/<assignment>/<assignment>.ipynb`; in a folder of notebooks
    the file's name is the student's. A folder may hold both.
    """
    if not path.exists():
        raise Misuse(f"{path} does not exist. Name a submitted/ tree, a folder or a notebook.")
    if path.is_file():
        return Collected((Found(student_name(stem_of(path.name)), str(path)),))
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as problem:
        raise Misuse(f"{path} cannot be read: {problem.strerror}. Check its rights.") from None
    given = _given(assignment)
    seen = {entry.name: _submission(entry, assignment, given) for entry in entries}
    several = [found for found in seen.values() if found]
    found = tuple(sorted(_one_each(several), key=lambda one: one.student))
    if not found:
        raise Misuse(
            f"{path} holds no submissions of {assignment}: neither <student>/{assignment}/ "
            "folders nor notebooks. Check the folder and the assignment's name."
        )
    rest = [entry for entry in entries if not (seen[entry.name] or entry.name.startswith("."))]
    return Collected(found, tuple(_left_out(rest, assignment)))


def choice_in(folder: Path, assignment: str) -> Choice:
    """The submitted file of a folder: the expected name, else the one that must be it.

    Browsers, students and exports rename files: “first_steps (1).ipynb”, a script, a zip or
    a notebook one folder further down is still the submission. Between two, none is guessed.
    Where a folder is a link, to somebody else's work perhaps, the link is what was handed in.
    """
    for link in (folder, folder.parent):
        if os.path.islink(link):
            return Choice(link)
    expected = folder / f"{assignment}{SUFFIX}"
    if os.path.lexists(expected):
        others = [name for name in _files(folder, {expected.name}) if form_of(name) == 0]
        return Choice(expected, _passed_over(expected.name, others))
    names = _candidates(folder, assignment)
    name = likeliest(names, assignment)
    if name is None:
        return Choice(expected, _undecided(names or _others(folder, assignment), expected.name))
    words = f"The file was called {student_name(name)!r}: it was graded as {expected.name}."
    rest = [other for other in names if other != name]
    return Choice(folder / name, " ".join(filter(None, [words, _passed_over(name, rest)])))


def student_name(name: str) -> str:
    r"""A file's name as text: bytes that are not UTF-8 become `\xff`.

    What is text stays as it is; what is not gets a digest, so that no two become one.
    """
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # halves of characters that do not stand for bytes
        raw = name.encode("utf-8", "surrogatepass")
    shown = raw.decode("utf-8", "backslashreplace")
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return shown if shown == name else f"{shown}~{digest}"


def _submission(entry: "os.DirEntry[str]", assignment: str, given: Collection[str]) -> Found | None:
    """What stands in the class's folder: a student's folder, a file, or something else.

    A folder that cannot be entered is somebody's, and so is a link, wherever it leads.
    """
    place = Path(entry.path, assignment)
    if _is_folder(entry) and not _may_be_folder(place):
        place = Path(entry.path)
        if not _files(place, given):
            return _of_that_name(entry, given)
    if _is_folder(entry):
        chosen = choice_in(place, assignment)
        return Found(student_name(entry.name), str(chosen.path), chosen.note)
    return _of_that_name(entry, given)


def _of_that_name(entry: "os.DirEntry[str]", given: Collection[str]) -> Found | None:
    """A file among others, whose name is the student's."""
    if form_of(entry.name) is not None and entry.name not in given:
        return Found(student_name(stem_of(entry.name)), entry.path)
    if entry.is_symlink() and not os.path.isfile(entry.path):
        return Found(student_name(entry.name), entry.path)
    return None


def _one_each(found: list[Found]) -> Iterator[Found]:
    """One file for each student, the first; the report says which."""
    by_student: dict[str, list[Found]] = {}
    for one in found:
        by_student.setdefault(one.student, []).append(one)
    for first, *rest in by_student.values():
        names = [os.path.basename(other.name) for other in rest]
        note = _passed_over(os.path.basename(first.name), names)
        yield replace(first, note=" ".join(filter(None, [first.note, note])))


def _passed_over(taken: str, others: list[str]) -> str:
    """Say which of several notebooks was not graded; empty where there was but one."""
    return f"Only {student_name(taken)} counts; not read: {_listed(others)}." if others else ""


def _left_out(rest: "list[os.DirEntry[str]]", assignment: str) -> Iterator[str]:
    """What is in the class's folder and is not graded."""
    folders = [entry.name for entry in rest if _is_folder(entry)]
    files = [entry.name for entry in rest if not _is_folder(entry)]
    if folders:
        yield f"{_listed(folders)}: no folder {assignment} in it."
    if files:
        yield f"{_listed(files)}: not a notebook."


def _undecided(names: list[str], expected: str) -> str:
    """Why none of several files was taken; empty where there are none."""
    if not names:
        return ""
    there = _listed(names)
    if any(form_of(name) is not None for name in names):
        return f"Each of these could be the submission: {there}. Hand in one, called {expected}."
    return f"The folder holds {there}, and not a notebook. Hand in {expected}."


def _others(folder: Path, assignment: str) -> list[str]:
    """The names of what nobody can grade in a folder, as far as the student put it there."""
    given = _given(assignment)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted(name for name in names if name not in given and not name.startswith("."))


def _listed(names: list[str]) -> str:
    return listed([student_name(name) for name in names])


def _candidates(folder: Path, assignment: str) -> list[str]:
    """What in a folder may be the submission; where there is nothing, what lies further down."""
    given = _given(assignment)
    direct = _files(folder, given)
    return direct or sorted(_below(folder, given))


def _files(folder: Path, given: Collection[str]) -> list[str]:
    """The names of a folder's files in a form to hand in, sorted; none where it is closed."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted(name for name in names if form_of(name) is not None and name not in given)


def _below(folder: Path, given: Collection[str]) -> Iterator[str]:
    """The same of the folders in it, as paths."""
    for name, entry in files_below(folder, MOST_SEEN, lambda name: name.startswith((".", "__"))):
        if form_of(entry.name) is not None and entry.name not in given:
            yield name


def _given(assignment: str) -> frozenset[str]:
    """The names of the other files that students were given: check.py is nobody's work."""
    try:
        names = os.listdir(course_root() / "release" / assignment)
    except OSError:
        return frozenset()
    return frozenset(names) - {f"{assignment}{SUFFIX}"}


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)


def _may_be_folder(path: Path) -> bool:
    """Whether it is a folder, as far as can be seen."""
    try:
        return path.is_dir()
    except OSError:
        return True
