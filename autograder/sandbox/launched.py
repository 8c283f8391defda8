"""The sandbox of an assignment, launched before the rest of the grader is imported.

Its workers take a second to warm up, most of which goes by while the grader reads its own modules,
the course and the release. So this imports little: no numpy, no nbformat.
"""

from collections.abc import Iterator
from pathlib import Path

from autograder.course import course_root, course_secret, named_source
from autograder.sandbox.pool import Sandbox
from autograder.settings import Isolation, Limits

QUIET_CHECK = b"""def check(*_): pass
def ready(*_): return False
def tried(*_): pass
"""
"""Takes the place of check.py where nobody sees what it says: compiling it costs a fork's time."""
HIDDEN = ("exercises", "solutions", "source", "course_secret", "gradebook.db")
"""What no submission may read, below the course's folder; the sandbox's self-test tries each."""


def launched(
    assignment: str,
    *,
    isolation: Isolation = "auto",
    workers: int | None = None,
    outputs: bool = False,
    limits: Limits = Limits(),
    first_slot: int = 0,
) -> Sandbox:
    """A sandbox that warms up while its caller goes on; `Sandbox.ready` waits for it."""
    course_secret()  # made on first use: the self-test shall try to read it
    return Sandbox(
        isolation=isolation,
        workers=workers,
        limits=limits,
        forbidden=forbidden_paths(),
        named=named_source(),
        given=(("check.py", QUIET_CHECK), *(_modules(assignment) if outputs else ())),
        outputs=outputs,
        first_slot=first_slot,
        wait=False,
    )


def forbidden_paths() -> tuple[Path, ...]:
    """What the sandbox proves at start that it cannot read."""
    package = Path(__file__).parents[1]
    course = [course_root() / name for name in HIDDEN]
    return tuple(path.resolve() for path in [*course, package] if path.exists())


def _modules(assignment: str) -> Iterator[tuple[str, bytes]]:
    """The modules that lie beside the release notebook, check.py among them."""
    for path in sorted((course_root() / "release").glob(f"{assignment}/*.py")):
        yield path.name, path.read_bytes()
