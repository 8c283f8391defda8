"""Grade again only what has changed: a result is kept where everything it depends on is the same.

The key of a result is a digest of the submitted file, of the release, of the grader with its
exercises and answers, of the course's secret, and of the settings.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from autograder.course import course_root, course_secret
from autograder.errors import Misuse
from autograder.exercise.load import PACKAGES
from autograder.extract.release import Release
from autograder.report.files import result_files
from autograder.report.finish import digest_of, key_of
from autograder.report.results import from_json, read_result


class HandIn(Protocol):
    """What there must be to know of a submission: read whole, or not yet."""

    @property
    def student(self) -> str: ...  # noqa: D102
    @property
    def digest(self) -> str: ...  # noqa: D102
    @property
    def problem(self) -> str: ...  # noqa: D102


S = TypeVar("S", bound=HandIn)


class Resume:
    """The results of an earlier run in the folder `out`, as far as they still hold.

    `kept` fills while submissions are filtered: the students who need no grading.
    """

    def __init__(self, out: Path, version: str, fresh: bool = False) -> None:
        self._out = out
        self._fresh = fresh
        self._version = version
        self._there = frozenset(_files_below(out))
        self.kept: list[str] = []

    def to_grade(self, submissions: Iterable[S]) -> Iterator[S]:
        """Pass on what must be graded, and remove what an earlier run said about it.

        So a run that fails leaves no result, rather than one of another file.
        """
        for submission in submissions:
            if self._holds(submission):
                self.kept.append(submission.student)
            else:
                for path in result_files(self._out, submission.student):
                    if str(path) in self._there:
                        path.unlink(missing_ok=True)
                yield submission

    def _holds(self, one: HandIn) -> bool:
        files = result_files(self._out, one.student)
        if self._fresh or not self._there.issuperset(map(str, files)):
            return False
        try:
            report = from_json(read_result(files[0]))
        except (Misuse, ValueError, KeyError, TypeError, AttributeError):
            return False  # of another version, or edited
        return report.key == key_of(self._version, one.student, one.digest, one.problem)


def version_of(release: Release, settings: object) -> str:
    """A digest of all that a result depends on, but for the submission."""
    package = Path(__file__).parent
    code = [*package.rglob("*.py"), *package.rglob("*.html")]
    course = [course_root() / folder for folder in PACKAGES]
    answers = [path for folder in course for path in folder.rglob("*.py")]
    parts = [path.read_bytes() for path in [*sorted(code), *sorted(answers)]]
    return digest_of([release.digest, repr(settings), course_secret(), *parts])


def _files_below(out: Path) -> Iterator[str]:
    """What is there already, listed once: to ask for each file would cost more."""
    for folder in (out, out / "feedback"):
        if folder.is_dir():
            yield from (entry.path for entry in os.scandir(folder) if entry.is_file())
