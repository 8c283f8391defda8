"""How full a scratch folder is, where no filesystem of its own bounds it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.sandbox.pipes import Ended
from autograder.settings import Limits

LOOK_SECONDS = 0.1
BLOCK = 512


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
            _measure(folder, limits)
            last = time.monotonic()

    return look


def _measure(folder: Path, limits: Limits) -> None:
    size = 0
    for count, entry in enumerate(_entries(str(folder)), start=1):
        size += _size(entry)
        if count > limits.scratch_files:
            raise Ended(f"it made more than {limits.scratch_files} files and folders")
        if size > limits.scratch_bytes:
            raise Ended(f"it wrote more than {limits.scratch_bytes // 2**20} MB of files")


def _entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    """Everything below a folder, which may change meanwhile; links are not followed."""
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    yield entry
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:
            continue  # gone, or closed to us: what is in it cannot be many bytes


def _size(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat(follow_symlinks=False).st_blocks * BLOCK
    except OSError:
        return 0
