"""A scratch folder where no filesystem of its own bounds it: how full it is, and its removal.

A student made the tree, may have closed folders to their owner, nested them past any path's
length, and may change it while it is looked at. So every folder is opened from the one it stands
in, never through a link, and opened up where it is closed.
"""

import os
import select
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path

from autograder.sandbox.endings import Ended
from autograder.settings import Limits

LOOK_SECONDS = 0.1
BLOCK = 512
MAX_DEPTH = 32
"""Each level takes a descriptor while it is measured."""
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
END_SECONDS = 2.0


def watch(folder: Path | None, limits: Limits) -> Callable[[], None]:
    """A function that looks into the folder now and then; it raises Ended once there is too much.

    A file that was removed while it is open is not seen; RLIMIT_FSIZE bounds what it can hold.
    """
    if folder is None:
        return lambda: None
    last = time.monotonic()

    def look() -> None:
        nonlocal last
        if time.monotonic() - last > LOOK_SECONDS:
            measure(folder, limits)
            last = time.monotonic()

    return look


def measure(folder: Path, limits: Limits) -> None:
    """Raise Ended where the folder holds too much, or what cannot be measured."""
    size = 0
    with suppress(FileNotFoundError), opened(folder) as top:
        for number, blocks in enumerate(_blocks(top, MAX_DEPTH), start=1):
            size += blocks * BLOCK
            if number > limits.scratch_files:
                raise Ended(f"it made more than {limits.scratch_files} files and folders")
            if size > limits.scratch_bytes:
                raise Ended(f"it wrote more than {limits.scratch_bytes // 2**20} MB of files")


def remove(folder: Path) -> None:
    """Remove a folder and all below it, whatever it is; what is gone already is fine.

    Deep folders are moved to the top first, so that one descriptor is enough.
    """
    with suppress(OSError):
        with opened(folder) as top:
            waiting = _emptied(top)
            while waiting:
                name = waiting.pop()
                with suppress(OSError), opened(name, top) as inner:
                    waiting += [_lifted(deep, inner, top) for deep in _emptied(inner)]
                with suppress(OSError):
                    os.rmdir(name, dir_fd=top)
        os.rmdir(folder)


def await_end(pidfd: int | None) -> None:
    """Wait until a stopped process is gone: until then it may write."""
    if pidfd is not None:
        ending = select.poll()
        ending.register(pidfd, select.POLLIN)
        ending.poll(END_SECONDS * 1000)


@contextmanager
def opened(folder: Path | str, beside: int | None = None) -> Iterator[int]:
    """A folder's descriptor; a closed one is opened up first. Raises OSError, also for a link."""
    try:
        descriptor = os.open(folder, FOLDER, dir_fd=beside)
    except PermissionError:
        _open_up(folder, beside)
        descriptor = os.open(folder, FOLDER, dir_fd=beside)
    try:
        if not os.fstat(descriptor).st_mode & stat.S_IXUSR:  # its names can be read, and no more
            os.chmod(descriptor, 0o700)
        yield descriptor
    finally:
        os.close(descriptor)


def _open_up(folder: Path | str, beside: int | None) -> None:
    held = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=beside)
    try:
        os.chmod(f"/proc/self/fd/{held}", 0o700)  # the folder itself, whatever has its name now
    finally:
        os.close(held)


def _blocks(folder: int, depth: int) -> Iterator[int]:
    """The size of everything below a folder, which may change meanwhile."""
    if depth == 0:
        raise Ended(f"it nested more than {MAX_DEPTH} folders")
    with os.scandir(folder) as found:
        for entry in found:
            try:
                yield entry.stat(follow_symlinks=False).st_blocks
                if entry.is_dir(follow_symlinks=False):
                    with opened(entry.name, folder) as inner:
                        yield from _blocks(inner, depth - 1)
            except (FileNotFoundError, NotADirectoryError):
                continue  # it was there a moment ago
            except OSError as problem:
                if problem.errno != ELOOP:
                    raise Ended(f"it made a folder that cannot be measured: {problem}") from None


def _emptied(folder: int) -> list[str]:
    """Remove all files of a folder; returns the folders in it."""
    os.chmod(folder, 0o700)  # it may be open for reading only
    folders = []
    with os.scandir(folder) as found:
        for entry in list(found):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                with suppress(OSError):
                    os.unlink(entry.name, dir_fd=folder)
    return folders


def _lifted(name: str, folder: int, top: int) -> str:
    """Move a folder to the top, under a name that nobody has thought of; returns that."""
    lifted = os.urandom(16).hex()
    with suppress(OSError):
        _open_up(name, folder)  # a folder that moves is written to
        os.rename(name, lifted, src_dir_fd=folder, dst_dir_fd=top)
    return lifted
