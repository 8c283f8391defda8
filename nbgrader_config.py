"""The course, as nbgrader reads it: stock commands, our grading."""

import os
import sys
from pathlib import Path

try:
    from nbgrader.preprocessors import (
        AssignLatePenalties,
        ClearHiddenTests,
        ClearOutput,
        SaveAutoGrades,
    )

    from autograder.nbgrader_plugin.converter import install
    from autograder.nbgrader_plugin.exporter import BackpropExporter
    from autograder.nbgrader_plugin.preprocessors import ClearMarkers, RestoreHiddenLines
except ImportError as problem:
    # nbgrader would carry on with its own defaults, and run student code unprotected
    raise SystemExit(
        f"nbgrader_config.py: {problem}. Run nbgrader from the environment in which the course "
        "is installed (`pip install -e .`). Nothing was done."
    ) from problem

c = get_config()  # noqa: F821

# nbgrader calls `alembic` by name; it lies beside this interpreter, also where the virtual
# environment is not activated.
bin_folder = str(Path(sys.executable).parent)
if bin_folder not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([bin_folder, os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "backpropagation"
c.CourseDirectory.solution_directory = os.path.join("solutions", "notebooks")

# Grading: the exporter runs the pipeline, so nothing is executed here.
install()
c.Autograde.exporter_class = BackpropExporter
# Limits other than those in autograder/settings.py, by their names there, in seconds and bytes:
# c.BackpropExporter.limits = {"call_seconds": 10, "memory_bytes": 4 * 2**30}
c.Autograde.sanitize_preprocessors = [RestoreHiddenLines]
c.Autograde.autograde_preprocessors = [SaveAutoGrades, AssignLatePenalties]

# Answer notebooks: no markers, no hidden tests, and no kernel needed to make them.
c.GenerateSolution.preprocessors = [ClearOutput, ClearHiddenTests, ClearMarkers]

# Student pages: pictures inside the page, scripts out of it.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.HTMLExporter.embed_images = True
c.HTMLExporter.sanitize_html = True
