"""Grade again only what has changed: a result is kept where all that it depends on is the same.

The key of a result is a digest of the submitted file, of the release, of the grader with its
exercises and answers, of the course's secret, and of the settings.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.course import course_root, course_secret
from autograder.errors import Misuse
from autograder.exercise.load import PACKAGES
from autograder.extract.collect import Found
from autograder.extract.extract import file_digest
from autograder.extract.release import Release
from autograder.report.files import result_files
from autograder.report.finish import digest_of, key_of
from autograder.report.results import read_result
from autograder.settings import GradeRequest, Limits


def kept_results(found: Sequence[Found], request: GradeRequest, version: str) -> frozenset[str]:
    """The students whose results in the folder `out` still hold."""
    there = frozenset(_files_below(request.out))
    return frozenset(
        one.student for one in found if _holds(one, request.out, there, version, request.limits)
    )


def forget(out: Path, students: Iterable[str]) -> None:
    """Remove what an earlier run said about these students, and about the class.

    So a run that fails leaves no result, rather than one of another file.
    """
    there = frozenset(_files_below(out))
    (out / "scores.csv").unlink(missing_ok=True)
    for student in students:
        for path in result_files(out, student):
            if str(path) in there:
                path.unlink(missing_ok=True)


def version_of(release: Release, request: GradeRequest | None = None, isolation: str = "") -> str:
    """A digest of all that a result depends on, but for the submission."""
    package = Path(__file__).parent
    code = [*package.rglob("*.py"), *package.rglob("*.html")]
    answers = [p for folder in PACKAGES for p in (course_root() / folder).rglob("*.py")]
    parts = [path.read_bytes() for path in [*sorted(code), *sorted(answers)]]
    settings = repr((request.limits, request.outputs, isolation)) if request else ""
    return digest_of([release.digest, settings, course_secret(), *parts])


def _holds(one: Found, out: Path, there: frozenset[str], version: str, limits: Limits) -> bool:
    files = result_files(out, one.student)
    if not there.issuperset(map(str, files)):
        return False
    try:
        report = read_result(files[0])
    except Misuse:
        return False  # of another version, or edited
    return report.key == key_of(version, one.student, file_digest(one.path, limits))


def _files_below(out: Path) -> Iterable[str]:
    """What is there already, listed once: to ask for each file would cost more."""
    for folder in (out, out / "feedback"):
        if folder.is_dir():
            yield from (entry.path for entry in os.scandir(folder) if entry.is_file())
