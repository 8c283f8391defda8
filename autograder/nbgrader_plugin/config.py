"""What nbgrader_config.py of any course says: stock commands, our grading.

from autograder.nbgrader_plugin.config import configure

c = get_config()
configure(c)
c.CourseDirectory.course_id = "backpropagation"
"""

import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearHiddenTests,
    ClearOutput,
    SaveAutoGrades,
)

from autograder.authoring.student_version import CODE_STUB
from autograder.nbgrader_plugin.patches import install
from autograder.nbgrader_plugin.preprocessors import ClearMarkers, RestoreHiddenLines

EXPORTER = "autograder.nbgrader_plugin.exporter.BackpropExporter"
"""By name, as in nbgrader_config.json: traitlets warns where the two differ."""


def configure(c: Any, stock_pace: bool = False) -> None:
    """Set what every course needs; what the course sets afterwards counts.

    With `stock_pace` nbgrader and nbconvert keep their own books and make their own pages.
    """
    find_alembic()
    install(c, stock_pace)
    c.CourseDirectory.solution_directory = os.path.join("solutions", "notebooks")

    # Grading: the exporter runs the pipeline, so nothing is executed here.
    c.Autograde.exporter_class = EXPORTER
    c.Autograde.sanitize_preprocessors = [RestoreHiddenLines]
    c.Autograde.autograde_preprocessors = [SaveAutoGrades, AssignLatePenalties]

    # Answer notebooks: no markers, no hidden tests, and no kernel needed to make them.
    c.GenerateSolution.preprocessors = [ClearOutput, ClearHiddenTests, ClearMarkers]

    # Student pages: pictures inside the page, scripts out of it.
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.HTMLExporter.embed_images = True
    c.HTMLExporter.sanitize_html = True


def find_alembic() -> None:
    """Let nbgrader find `alembic`, which it calls by name and which lies beside this interpreter.

    Where the virtual environment is not activated, its folder is not on the path.
    """
    folder = str(Path(sys.executable).parent)
    known = os.environ.get("PATH", "")
    if folder not in known.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, known])
