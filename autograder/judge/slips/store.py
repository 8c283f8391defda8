"""Where banks are kept between runs: a folder of the user's own, under a digest of all they need.

A bank holds fingerprints of hidden inputs' results, so nobody else may read it, and none that
somebody else wrote is read.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from autograder.course import cache_folder

KIND = "slips"
ENGINE = Path(__file__).resolve().parents[2]
ROOMS = ("exercise", "judge/slips", "student")
"""Where the code is on which rows depend, below the engine's folder."""


def digest_of(root: Path, assignment: str, exercise: str, secret: bytes) -> str:
    """What a bank depends on: the course's records and answers, the secret, the engine, numpy."""
    what = "/".join((_sources(root), np.__version__, sys.version, assignment, exercise))
    return hashlib.sha256(secret + b"/" + what.encode()).hexdigest()


def load(digest: str) -> bytes | None:
    """The bank kept under a digest; None where there is none that we wrote."""
    folder = cache_folder(KIND)
    with suppress(OSError):
        if folder is not None:
            path = folder / f"{digest}.npz"
            if path.lstat().st_uid == os.getuid():
                return path.read_bytes()
    return None


def keep(digest: str, data: bytes) -> bool:
    """Keep a bank for the next run; False where there is no folder to keep it in."""
    folder = cache_folder(KIND)
    if folder is None:
        return False
    try:
        with NamedTemporaryFile(dir=folder, delete=False) as file:  # readable by its owner alone
            file.write(data)
        os.replace(file.name, folder / f"{digest}.npz")
    except OSError:
        return False
    return True


@lru_cache(maxsize=8)
def _sources(root: Path) -> str:
    """The digest of all source that rows depend on."""
    digest = hashlib.sha256()
    for path in sorted(_files(root)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for folder in (root / "exercises", root / "solutions", *(ENGINE / room for room in ROOMS)):
        yield from folder.rglob("*.py")
