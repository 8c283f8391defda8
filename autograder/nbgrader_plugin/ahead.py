"""Grading ahead: while nbgrader books one submission, the sandbox runs the next ones.

Nothing is taken on trust. What was graded ahead is used only where the file still holds the bytes
that were graded; else it is graded again, there and then.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.nbgrader_plugin.grading import Content, content_of, graded_page_of
from autograder.pipeline import Grader

HELD_BYTES = 128 * 2**20
"""What the notebooks that wait for nbgrader may take together; one may always wait."""
PER_WORKER = 3


@dataclass(frozen=True)
class Coming:
    """A submission that nbgrader is going to grade: its folder, and whose it is."""

    folder: Path
    student: str


@dataclass(frozen=True)
class Held:
    """A submission that is being graded, or waits; `bytes` is the most that it can take."""

    coming: Coming
    content: Content
    page: Future[Any]
    bytes: int


class GradingAhead:
    """Graded notebooks in the order in which nbgrader asks for them; `close` ends it at once."""

    def __init__(self, grader: Grader, coming: Iterable[Coming]) -> None:
        self._grader = grader
        self._coming: Iterator[Coming] = iter(coming)
        self._held: list[Held] = []
        self._pool = ThreadPoolExecutor(grader.workers, thread_name_prefix="ahead")
        self._look_further()

    def page(self, folder: Path, student: str) -> Any:
        """The graded notebook of what the folder holds now."""
        wanted = Coming(folder, student)
        found = self._taken(wanted)
        content = self._read(wanted)
        self._look_further()
        if found is not None and found.content == content:
            return found.page.result()
        return graded_page_of(content, student, self._grader)

    def close(self) -> bool:
        """Begin nothing more; says whether something still runs."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        return any(not held.page.done() for held in self._held)

    def _taken(self, wanted: Coming) -> Held | None:
        """The one that is wanted; nbgrader has left out those that should have come before."""
        for place, held in enumerate(self._held):
            if held.coming == wanted:
                del self._held[: place + 1]
                return held
        return None

    def _look_further(self) -> None:
        """Begin with as many as may wait."""
        while self._has_room():
            coming = next(self._coming, None)
            if coming is None:
                return
            try:
                content = self._read(coming)
            except Exception:  # said when nbgrader asks for this one, and not for another
                continue
            page = self._pool.submit(graded_page_of, content, coming.student, self._grader)
            size = len(content.bytes) + self._grader.limits.output_bytes
            self._held.append(Held(coming, content, page, size))

    def _has_room(self) -> bool:
        taken = sum(held.bytes for held in self._held)
        most = self._grader.limits.notebook_bytes + self._grader.limits.output_bytes
        many = len(self._held) >= PER_WORKER * self._grader.workers
        return not self._held or (not many and taken + most <= HELD_BYTES)

    def _read(self, coming: Coming) -> Content:
        return content_of(coming.folder, self._grader.release, self._grader.limits)
