"""Grade again only what has changed: a result is kept where everything it depends on is the same.

The key of a result is a digest of the submitted file, of the release, of the grader with its
exercises and answers, of the course's secret, and of the settings.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

from autograder.course import course_root, course_secret
from autograder.records import CheckReport, ExerciseReport, Report
from autograder.release import Release
from autograder.report.files import SCHEMA, file_name


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

    `kept` fills while submissions are filtered: the reports that need no grading.
    """

    def __init__(self, out: Path, release: Release, settings: object, fresh: bool = False) -> None:
        self._out = out
        self._fresh = fresh
        self._version = version_of(release, settings)
        self.kept: list[Report] = []

    def to_grade(self, submissions: Iterable[S]) -> Iterator[S]:
        """Pass on what must be graded, and remove what an earlier run said about it.

        So a run that fails leaves no result, rather than one of another file.
        """
        for submission in submissions:
            report = None if self._fresh else self._read(submission)
            if report is None:
                for path in self._files_of(submission.student):
                    path.unlink(missing_ok=True)
                yield submission
            else:
                self.kept.append(report)

    def keyed(self, report: Report) -> Report:
        """The report with its key, to be found again; a fault of the grader is not kept."""
        return report if report.fault else replace(report, key=self._key(report))

    def _key(self, one: HandIn | Report) -> str:
        problem = one.reason if isinstance(one, Report) else one.problem
        return _digest([self._version, one.student, one.digest, problem])

    def _read(self, submission: HandIn) -> Report | None:
        files = self._files_of(submission.student)
        if not all(path.is_file() for path in files):
            return None
        try:
            report = from_json(json.loads(files[0].read_text("utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None  # of another version, or edited
        return report if report.key == self._key(submission) else None

    def _files_of(self, student: str) -> tuple[Path, Path]:
        name = file_name(student)
        return self._out / f"{name}.json", self._out / "feedback" / f"{name}.html"


def version_of(release: Release, settings: object) -> str:
    """A digest of all that a result depends on, but for the submission."""
    package = Path(__file__).parent
    code = [*package.rglob("*.py"), *package.rglob("*.html")]
    answers = (course_root() / "solutions").glob("*.py")
    parts = [path.read_bytes() for path in [*sorted(code), *sorted(answers)]]
    return _digest([release.digest, repr(settings), course_secret(), *parts])


def from_json(data: dict[str, Any]) -> Report:
    """Read what `as_json` wrote; raises KeyError, TypeError or ValueError where it is not that."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']}")
    fields = {name: _tuples(value) for name, value in data.items() if name != "schema"}
    exercises = tuple(_exercise(exercise) for exercise in data["exercises"])
    return Report(**{**fields, "exercises": exercises})


def _exercise(data: dict[str, Any]) -> ExerciseReport:
    fields = {name: _tuples(value) for name, value in data.items()}
    checks = tuple(
        CheckReport(**{name: _tuples(value) for name, value in check.items()})
        for check in data["checks"]
    )
    return ExerciseReport(**{**fields, "checks": checks})


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _digest(parts: list[str | bytes]) -> str:
    """SHA-256 over digests of the parts, so that no part can run into the next."""
    digests = [sha256(p if isinstance(p, bytes) else p.encode("utf-8", "replace")) for p in parts]
    return sha256(b"".join(digest.digest() for digest in digests)).hexdigest()
