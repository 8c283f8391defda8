"""Sandboxes to test with: short limits, and the shapes of job that the tests write down."""

import signal
from pathlib import Path

from autograder.records import Call, Cell, Job
from autograder.settings import Limits

ROOT = Path(__file__).parents[1]
FORBIDDEN = (ROOT / "solutions", ROOT / "source", ROOT / "exercises")
SHORT = Limits(
    cell_seconds=2.0,
    call_seconds=1.0,
    submission_seconds=40.0,
    memory_bytes=2**29,
    output_bytes=2**16,
    answer_bytes=2**20,
    scratch_bytes=2**22,
    scratch_files=50,
)


def job(*sources, calls=(), outputs=False, files=()):
    """A job of extra cells; `calls` are (function, argument, …)."""
    cells = tuple(Cell(source, "extra", place) for place, source in enumerate(sources))
    made = tuple(Call(name, tuple(arguments)) for name, *arguments in calls)
    return Job(cells, made, outputs, tuple(files))


def text_of(outcome):
    """All that the cells printed to stdout."""
    outputs = (output for cell in outcome.cells for output in cell.outputs)
    return "".join(o["text"] for o in outputs if o.get("name") == "stdout")


def heed_ctrl_c() -> None:
    """Also where the tests run in the background, and a shell made them ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def alive(pid):
    """Is there such a process, and is it more than a zombie?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def family_of(pid):
    """A process and all that descend from it."""
    family = [pid]
    for one in family:
        family += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
    return family
