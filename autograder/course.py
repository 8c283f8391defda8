"""Where the course's files are: answers, notebooks, the secret; and where caches are kept."""

import os
import secrets
from pathlib import Path
from stat import S_IMODE, S_ISDIR

from autograder.errors import Misuse

ROOT_VARIABLE = "AUTOGRADER_COURSE"
CACHE_VARIABLE = "XDG_CACHE_HOME"
MARKER = "nbgrader_config.py"
NAMED = "named.py"
"""exercises/named.py, where there is one, holds `FUNCTIONS` that both sides of the trust line know
by name, for arguments such as `f`. It imports nothing but numpy."""
JUDGES = "judges.py"
"""exercises/judges.py, where there is one, holds `JUDGES`: what `check` may ask as well."""


def course_root() -> Path:
    """Find the course's folder, or raise Misuse.

    $AUTOGRADER_COURSE, else the folder of nbgrader_config.py at or above the working directory.
    """
    named = os.environ.get(ROOT_VARIABLE)
    here = Path.cwd()
    candidates = [Path(named)] if named else [here, *here.parents]
    for folder in candidates:
        if (folder / MARKER).is_file() and (folder / "solutions").is_dir():
            return folder.resolve()
    raise Misuse(
        f"No course here: {candidates[0]} has no {MARKER} beside a solutions/ folder. "
        f"Run this inside the course, set {ROOT_VARIABLE} to its folder, or make a course with "
        "`autograder new-course FOLDER`."
    )


def release_notebook(assignment: str) -> Path:
    """The release notebook of an assignment; raises Misuse where there is none."""
    path = course_root() / "release" / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        raise Misuse(f"{path} is missing. Run `nbgrader generate_assignment {assignment}` first.")
    return path


def named_source() -> str:
    """The text of the course's exercises/named.py; empty where there is none."""
    return _text_of(NAMED)


def judges_source() -> str:
    """The text of the course's exercises/judges.py; empty where there is none."""
    return _text_of(JUDGES)


def _text_of(name: str) -> str:
    path = course_root() / "exercises" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def course_secret() -> bytes:
    """What the hidden cases are drawn from; made on first use, readable by its owner alone."""
    path = course_root() / "course_secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
    secret = path.read_bytes().strip()
    if len(secret) < 16:
        raise Misuse(f"{path} is too short to be a secret. Delete it, and a new one is made.")
    return secret


def cache_folder(*names: str) -> Path | None:
    """A cache of the user's own, made where it is missing; None where it would not be private."""
    try:
        home = os.environ.get(CACHE_VARIABLE) or str(Path.home() / ".cache")
        folder = Path(home, "autograder", *names)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):  # a home that is read-only, or none
        return None
    ours = S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return folder if ours and S_IMODE(found.st_mode) & 0o077 == 0 else None
