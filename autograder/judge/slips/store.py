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
from stat import S_IMODE, S_ISDIR
from tempfile import NamedTemporaryFile

import numpy as np

CACHE_VARIABLE = "XDG_CACHE_HOME"
FOLDER = ("autograder", "slips")
PRIVATE = 0o700
ENGINE = Path(__file__).resolve().parents[2]
ROOMS = ("exercise", "judge/slips")
"""Where the code is on which rows depend, below the engine's folder."""


def digest_of(root: Path, assignment: str, exercise: str, secret: bytes) -> str:
    """What a bank depends on: the course's records and answers, the secret, the engine, numpy."""
    what = "/".join((_sources(root), np.__version__, sys.version, assignment, exercise))
    return hashlib.sha256(secret + b"/" + what.encode()).hexdigest()


def load(digest: str) -> bytes | None:
    """The bank kept under a digest; None where there is none that we wrote."""
    folder = cache_folder()
    with suppress(OSError):
        if folder is not None:
            path = folder / f"{digest}.npz"
            if path.lstat().st_uid == os.getuid():
                return path.read_bytes()
    return None


def keep(digest: str, data: bytes) -> bool:
    """Keep a bank for the next run; False where there is no folder to keep it in."""
    folder = cache_folder()
    if folder is None:
        return False
    try:
        with NamedTemporaryFile(dir=folder, delete=False) as file:  # readable by its owner alone
            file.write(data)
        os.replace(file.name, folder / f"{digest}.npz")
    except OSError:
        return False
    return True


def cache_folder() -> Path | None:
    """The user's own cache folder, made where it is missing; None where it would not be private."""
    try:
        home = os.environ.get(CACHE_VARIABLE) or str(Path.home() / ".cache")
        folder = Path(home).joinpath(*FOLDER)
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):  # a home that is read-only, or none
        return None
    ours = S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return folder if ours and S_IMODE(found.st_mode) & 0o077 == 0 else None


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
