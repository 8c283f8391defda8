"""The folder of one run of the grader, and what runs that were killed have left behind.

A run holds a lock on a file in its folder. The kernel lets go of it when the process ends, however
it ends, so that a lock which can be had is that of a dead run: no process ids, which are used
again. What has no such file, or belongs to somebody else, is not ours to remove.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.sandbox import scratch

PREFIX = "autograder-"
LOCK = "held-by-a-running-grader"


class RunFolder:
    """A folder that lasts as long as its run, which every user may enter."""

    def __init__(self) -> None:
        remove_leftovers(Path(tempfile.gettempdir()))
        while True:  # before it is locked, another run may take it for a leftover
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
            self._lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            if _is_at(self._lock, self.path / LOCK):
                break
            os.close(self._lock)
        self.path.chmod(0o755)

    def close(self) -> None:
        """Remove it; closing twice is fine."""
        if self._lock >= 0:
            scratch.remove(self.path)
            os.close(self._lock)
            self._lock = -1


def remove_leftovers(parent: Path) -> None:
    """Remove the folders of dead runs of this user."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError), _taken(folder):
            scratch.remove(folder)


@contextmanager
def _taken(folder: Path) -> Iterator[None]:
    """Hold the lock of a dead run; raises OSError where it is alive, foreign or no run's."""
    found = folder.lstat()
    if found.st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    with scratch.opened(folder) as inside:
        lock = os.open(LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=inside)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _is_at(lock, folder / LOCK):
                raise FileNotFoundError("another run has removed it")
            yield
        finally:
            os.close(lock)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
