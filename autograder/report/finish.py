"""From a report to the two files that are kept of it: the result as JSON, and the feedback page.

`Finish` is small and travels: on a cluster, the machine that grades draws the page as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from autograder.records import Graded
from autograder.report.feedback import render
from autograder.report.files import result_files, write_whole
from autograder.report.results import as_json


@dataclass(frozen=True)
class Finished:
    """One submission's result and page, as text; `fault` says why the grader failed, if it did."""

    student: str
    result: str
    page: str
    fault: str = ""

    def write(self, out: Path) -> None:
        """Write both below `out`; the result comes last, for a result with a key is complete."""
        result, page = result_files(out, self.student)
        write_whole(page, self.page)
        write_whole(result, self.result)


@dataclass(frozen=True)
class Finish:
    """Makes the files of a report; `version` is a digest of all it depends on but the submission.

    `taught` says where in the notebook each exercise is taught (sections.py).
    """

    version: str
    taught: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, graded: Graded) -> Finished:
        """A fault of the grader gets no key: it is not to be found again."""
        report = graded.report
        if not report.fault:
            report = replace(report, key=key_of(self.version, report.student, report.digest))
        fault = report.reason if report.fault else ""
        page = render(replace(graded, report=report), self.taught)
        return Finished(report.student, as_json(report), page, fault)


def key_of(version: str, student: str, digest: str) -> str:
    """What one result depends on, as a digest."""
    return digest_of([version, student, digest])


def digest_of(parts: list[str | bytes]) -> str:
    """SHA-256 over digests of the parts, so that no part can run into the next."""
    digests = [sha256(p if isinstance(p, bytes) else p.encode("utf-8", "replace")) for p in parts]
    return sha256(b"".join(digest.digest() for digest in digests)).hexdigest()
