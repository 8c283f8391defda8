"""What a long run shows: a bar with rate and remaining time, or plain lines where nobody looks."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

T = TypeVar("T")
LINE_EVERY = 100


class Rate(ProgressColumn):
    """Submissions per second; nothing until two have been seen."""

    def render(self, task: Task) -> Text:
        """Three digits are enough."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.3g}/s")


def with_progress(results: Iterable[T], kept: int, total: int, console: Console) -> Iterator[T]:
    """Pass the results on, and show how far they are; `kept` of the total need no grading."""
    return (_bar if console.is_terminal else _lines)(results, kept, total, console)


def _bar(results: Iterable[T], kept: int, total: int, console: Console) -> Iterator[T]:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), Rate())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("grading", total=total)
        for done, result in enumerate(results, start=kept + 1):
            progress.update(task, completed=done)
            yield result


def _lines(results: Iterable[T], kept: int, total: int, console: Console) -> Iterator[T]:
    for done, result in enumerate(results, start=kept + 1):
        if done % LINE_EVERY == 0 or done == total:
            console.print(f"graded {done} of {total}")
        yield result
