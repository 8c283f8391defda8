"""The course, as nbgrader reads it: stock commands, our grading."""

try:
    from autograder.nbgrader_plugin.config import configure
except ImportError as problem:
    # nbgrader would carry on with its own defaults, and run student code unprotected
    raise SystemExit(
        f"nbgrader_config.py: {problem}. Run nbgrader from the environment in which the course "
        "is installed (`pip install -e '.[nbgrader]'`). Nothing was done."
    ) from problem

c = get_config()  # noqa: F821
configure(c)
c.CourseDirectory.course_id = "backpropagation"
# Limits other than those in autograder/settings.py, by their names there, in seconds and bytes:
# c.BackpropExporter.limits = {"call_seconds": 10, "memory_bytes": 4 * 2**30}
