"""All that is put in place of nbgrader's own code, and what that code was when it was read.

The files below were read in nbgrader 0.9.6 and nbconvert 7.17.2. Where one of them is another
today, that package does its own work, at its own pace, and one line says so; scores and pages are
the same either way.
"""

from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

import nbgrader
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generateassignmentapp
from nbgrader.coursedir import CourseDirectory
from traitlets.log import get_logger

from autograder.nbgrader_plugin.beside import serve_sandboxed
from autograder.nbgrader_plugin.colours import guard_colours
from autograder.nbgrader_plugin.converter import (
    CourseAutograde,
    CourseGenerateAssignment,
    existing_timestamp,
)
from autograder.nbgrader_plugin.feedback_exporter import FeedbackExporter
from autograder.nbgrader_plugin.ledger import Ledger
from autograder.nbgrader_plugin.swift import SwiftAutograde

READ_AGAINST = {"nbgrader": "0.9.6", "nbconvert": "7.17.2"}
READ = {
    "nbgrader": {
        "api.py": "bb8ffb453ac9505c393bfbda6642765e",
        "converters/autograde.py": "0093b830425eab0bf626c087eee7d585",
        "converters/base.py": "f8989b5c4bb4c582da5f324c5862b6bb",
        "preprocessors/getgrades.py": "acf7c2ba72a939ed4f5cb19c8034df72",
        "preprocessors/latesubmissions.py": "4d1cadbc573c3534da4b0a6c86235c53",
        "preprocessors/overwritecells.py": "f3c513d3175bf6a0e7eb9d667f884f84",
        "preprocessors/saveautogrades.py": "5fb95aac1c2141586d5ac88f1951ed7d",
        "utils.py": "f2cae53b03f4489142bf00ccabe596dc",
    },
    "nbconvert": {
        "exporters/exporter.py": "23b8f1fbf1c12b1fc233e05e342dba11",
        "exporters/html.py": "e91084acec2bc4d7255df60cd1f1bd69",
        "exporters/templateexporter.py": "aac8626face68bff7d733a178f246327",
        "filters/highlight.py": "076a0a48d7a22012ab054b7627beccac",
        "filters/markdown_mistune.py": "bdd5225aae58cc6a955f1b4ae7364c1f",
        "filters/strings.py": "1d156eacc8fd8f9ee1aaac05b8dc009b",
    },
}
"""Digests of what was read, by package and file below it."""
BOOKKEEPERS = (
    "nbgrader.converters.autograde",
    "nbgrader.preprocessors.getgrades",
    "nbgrader.preprocessors.latesubmissions",
    "nbgrader.preprocessors.overwritecells",
    "nbgrader.preprocessors.saveautogrades",
)
"""Where nbgrader opens a Gradebook while it grades: a Ledger stands there instead."""


def install(c: Any, stock_pace: bool = False) -> None:
    """Put ours in place of nbgrader's; doing it twice is doing it once.

    Every submission gets a row, whatever its folder holds; and, unless `stock_pace` is asked for,
    scores are booked with few queries, in one pass over the notebook, and pages made from what is
    remembered of others.
    """
    swift = not stock_pace and as_read("nbgrader")
    autograde = SwiftAutograde if swift else CourseAutograde
    nbgrader.apps.api.Autograde = autograde
    nbgrader.apps.autogradeapp.Autograde = autograde
    nbgrader.apps.api.GenerateAssignment = CourseGenerateAssignment
    nbgrader.apps.generateassignmentapp.GenerateAssignment = CourseGenerateAssignment
    CourseDirectory.get_existing_timestamp = existing_timestamp
    serve_sandboxed()
    guard_colours()
    if swift:
        for name in BOOKKEEPERS:
            import_module(name).Gradebook = Ledger  # type: ignore[attr-defined]
    if not stock_pace and as_read("nbconvert"):
        c.GenerateFeedback.exporter_class = FeedbackExporter


@cache
def as_read(name: str) -> bool:
    """Is a package's code what it was when it was read? Where not, one line says so."""
    package = import_module(name)
    folder = Path(str(package.__file__)).parent
    changed = [file for file, digest in READ[name].items() if digest_of(folder / file) != digest]
    if changed:
        get_logger().warning(
            "%s %s is not the %s that the course was made with (%s): it works as always, "
            "and takes longer.",
            name,
            package.__version__,
            READ_AGAINST[name],
            ", ".join(changed),
        )
    return not changed


def digest_of(path: Path) -> str:
    """BLAKE2 of a file; empty where it cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""
