"""A course whose secret never changes, so that hidden inputs and reports are the same each time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("source", "release", "solutions", "exercises", "docs", "nbgrader_config.py")
SECRET = "tests fix the secret, courses never do"


def lay_out(folder: Path) -> Path:
    """Make a course in `folder`: this one's files, by link, and the fixed secret."""
    for part in PARTS:
        (folder / part).symlink_to(ROOT / part)
    (folder / "course_secret").write_text(SECRET + "\n")
    return folder


@contextmanager
def fixed_course() -> Iterator[Path]:
    """Let this process (and those it starts) work in such a course."""
    kept = os.environ.get("AUTOGRADER_COURSE")
    with tempfile.TemporaryDirectory() as name:
        os.environ["AUTOGRADER_COURSE"] = name
        try:
            yield lay_out(Path(name))
        finally:
            os.environ.pop("AUTOGRADER_COURSE")
            if kept is not None:
                os.environ["AUTOGRADER_COURSE"] = kept
