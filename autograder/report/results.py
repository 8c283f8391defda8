"""Results on disk: a report as JSON, one file a student. One encoder, one reader, one schema."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.errors import Misuse
from autograder.records import Report
from autograder.report.files import result_files

DECODER = msgspec.json.Decoder(Report)


def as_json(report: Report) -> str:
    """The report as the text of a file."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def read_result(path: Path) -> Report:
    """Read one result; raises Misuse where the file is something else, or of another version."""
    try:
        return DECODER.decode(path.read_bytes())
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise Misuse(
            f"{path} is not a result of this version ({problem}). Move it out of the folder."
        ) from None


@dataclass(frozen=True)
class Results:
    """The results of these students, in this order; read one at a time, for a class is large."""

    folder: Path
    students: Sequence[str]

    def __iter__(self) -> Iterator[Report]:
        return (read_result(result_files(self.folder, name)[0]) for name in self.students)


def results_in(folder: Path) -> list[Report]:
    """All results that `autograder grade` wrote there, sorted by student; raises Misuse."""
    if not folder.is_dir():
        raise Misuse(
            f"{folder} is not a folder. Name the folder that `autograder grade --out` wrote."
        )
    results = [read_result(path) for path in sorted(folder.glob("*.json"))]
    if not results:
        raise Misuse(f"{folder} holds no results. Run `autograder grade … --out {folder}` first.")
    assignments = sorted({result.assignment for result in results})
    if len(assignments) > 1:
        raise Misuse(
            f"{folder} holds results of {', '.join(assignments)}. "
            "Grade each assignment into a folder of its own."
        )
    return sorted(results, key=lambda result: result.student)
