"""Files on disk: where they are, and how they are written: whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from autograder.report.names import file_name


def result_files(folder: Path, student: str) -> tuple[Path, Path]:
    """Where a student's result and feedback page are: `<student>.json`, `feedback/….html`."""
    name = file_name(student)
    return folder / f"{name}.json", folder / "feedback" / f"{name}.html"


def write_whole(path: Path, text: str) -> None:
    """Replace a file at once."""
    with replacing(path) as file:
        file.write(text)


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A file to write to, which is at `path` once all is written.

    A reader (or a full disk) never meets half of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yield file
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
