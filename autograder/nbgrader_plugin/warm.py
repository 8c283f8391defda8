"""One warm grader per assignment, for as long as the process lives.

Starting a sandbox costs more than grading a submission, and the formgrader's button grades one
submission at a time in a long-lived server.
"""

import atexit
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course import course_root
from autograder.extract.release import read_release
from autograder.sandbox.launched import launched
from autograder.settings import Isolation, Limits

if TYPE_CHECKING:
    from autograder.pipeline import Grader

Key = tuple[Path, str, Limits, Isolation]
Make = Callable[[str, Limits, Isolation, int], "Grader"]


class WarmGraders:
    """Graders by course, assignment and settings; `make` starts one."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._open: dict[Key, tuple[Grader, ExitStack]] = {}

    def grader(
        self,
        assignment: str,
        limits: Limits = Limits(),
        isolation: Isolation = "auto",
        workers: int = 1,
    ) -> "Grader":
        """A grader with so many workers at least, made anew where its release has changed."""
        key = (course_root(), assignment, limits, isolation)
        current = self._open.get(key)
        if current and current[0].workers >= workers and _fresh(current[0]):
            return current[0]
        if current:
            self._open.pop(key)[1].close()
        stack = ExitStack()
        grader = stack.enter_context(self._make(assignment, limits, isolation, workers))
        self._open[key] = (grader, stack)
        return grader

    def close(self) -> None:
        """End all of them."""
        while self._open:
            self._open.popitem()[1][1].close()


@cache
def warm_graders() -> WarmGraders:
    """The process's own, closed when it ends."""
    graders = WarmGraders(_start)
    atexit.register(graders.close)
    return graders


def _start(assignment: str, limits: Limits, isolation: Isolation, workers: int) -> "Grader":
    """Launch the sandbox, and import the rest of the grader while it warms up."""
    settings: dict[str, Any] = {
        "workers": workers,
        "outputs": True,
        "limits": limits,
        "isolation": isolation,
    }
    sandbox = launched(assignment, **settings)
    from autograder.pipeline import Grader

    # a score takes the place of what a test cell says
    return Grader(assignment, sandbox=sandbox, checks=False, **settings)


def _fresh(grader: "Grader") -> bool:
    return grader.release.digest == read_release(grader.release.assignment).digest
