"""All that is put in place of nbgrader's own code, and what that code was when it was read.

The files below were read in nbgrader 0.9.6. Where one of them is another today, nbgrader keeps its
own bookkeeping, at its own pace, and says so in one line; grading is the same either way.
"""

from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import nbgrader
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generateassignmentapp
from nbgrader.coursedir import CourseDirectory
from traitlets.log import get_logger

from autograder.nbgrader_plugin.converter import (
    CourseAutograde,
    CourseGenerateAssignment,
    existing_timestamp,
)
from autograder.nbgrader_plugin.ledger import Ledger
from autograder.nbgrader_plugin.swift import SwiftAutograde

READ_AGAINST = "0.9.6"
READ = {
    "api.py": "0d25d55e7e1c24b6ecba422fdcc2e8bd0c97046c1e63b0c9e9bb4f66be7a21ae",
    "converters/autograde.py": "1a185774ed9bfe24b8bfbbd1c9e2387f747a4277a6f1fda642415daa2952233e",
    "converters/base.py": "c19ed5b433eb6e5eaea11ae48dc889f43e1aabe4ccc07dcc49ffd9e82098186f",
    "preprocessors/getgrades.py": "8a591cf5a49086e5320e3bdea06fce4500b54b72f5465eff5965053c7f112268",
    "preprocessors/latesubmissions.py": "56eefd9d317c8b890b3a2980ccd4ac9c2f930d6d98f40963d3ffc4484e76c768",
    "preprocessors/overwritecells.py": "fe855f99b586b9c6e4c746a621458e8cc131a506e62ac6095803ca80c601d299",
    "preprocessors/saveautogrades.py": "e4ff90adc2563b68c09d24de5a5530969fa567b456418ef321319b4753403a35",
    "utils.py": "02a250b1d9d0b6f98fce575224fc4f582deb1c20c3b06c547103524f8fec397d",
}
"""SHA-256 of what was read, by file below the package."""
BOOKKEEPERS = (
    "nbgrader.converters.autograde",
    "nbgrader.preprocessors.getgrades",
    "nbgrader.preprocessors.latesubmissions",
    "nbgrader.preprocessors.overwritecells",
    "nbgrader.preprocessors.saveautogrades",
)
"""Where nbgrader opens a Gradebook while it grades: a Ledger stands there instead."""


def install(stock_bookkeeping: bool = False) -> None:
    """Put ours in place of nbgrader's; doing it twice is doing it once.

    Every submission gets a row, whatever its folder holds; and, unless `stock_bookkeeping` is
    asked for, scores are booked with few queries and in one pass over the notebook.
    """
    swift = not stock_bookkeeping and as_read()
    autograde = SwiftAutograde if swift else CourseAutograde
    nbgrader.apps.api.Autograde = autograde
    nbgrader.apps.autogradeapp.Autograde = autograde
    nbgrader.apps.api.GenerateAssignment = CourseGenerateAssignment
    nbgrader.apps.generateassignmentapp.GenerateAssignment = CourseGenerateAssignment
    CourseDirectory.get_existing_timestamp = existing_timestamp
    if swift:
        for name in BOOKKEEPERS:
            import_module(name).Gradebook = Ledger  # type: ignore[attr-defined]


@cache
def as_read() -> bool:
    """Is nbgrader's code what it was when it was read? Where not, one line says so."""
    package = Path(nbgrader.__file__).parent
    changed = [name for name, digest in READ.items() if digest_of(package / name) != digest]
    if changed:
        get_logger().warning(
            "nbgrader %s is not the %s that the course was made with (%s): it grades as always, "
            "and takes longer.",
            nbgrader.__version__,
            READ_AGAINST,
            ", ".join(changed),
        )
    return not changed


def digest_of(path: Path) -> str:
    """SHA-256 of a file; empty where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
