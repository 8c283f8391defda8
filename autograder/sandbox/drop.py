"""Run by root before bubblewrap, as a script: become an ordinary user that can read the runtime.

`drop.py PLAN`, where PLAN is JSON: user, reveal (paths below folders that others cannot enter),
command and environment. What is revealed is seen by this process alone: it has a mount namespace
of its own.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(text: str) -> None:
    """Reveal, drop, and become the command."""
    plan = json.loads(text)
    paths = [Path(path) for path in plan["reveal"]]
    try:
        reveal(paths)
    except OSError as problem:
        sys.exit(
            f"{paths[0]} is closed to ordinary users, and root may not mount here ({problem}). "
            "Install Python where every user can read it, or grade as an ordinary user"
        )
    os.setgroups([])
    os.setresgid(plan["user"], plan["user"], plan["user"])
    os.setresuid(plan["user"], plan["user"], plan["user"])
    os.execve(plan["command"][0], plan["command"], plan["environment"])


def closed_folder(path: Path) -> Path | None:
    """The outermost folder above `path` that users without rights cannot enter."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def reveal(paths: Sequence[Path]) -> None:
    """Show `paths`, and nothing else, of the closed folders above them; raises OSError."""
    if not paths:
        return
    from inside import kernel  # type: ignore[import-not-found]

    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    opened = [(path, closed_folder(path), os.open(path, os.O_PATH)) for path in paths]
    for folder in {str(closed) for _, closed, _ in opened if closed is not None}:
        kernel.mount("tmpfs", folder, "tmpfs", 0, "mode=0755,size=1m")
    for path, _, descriptor in opened:
        _make_place(path, os.path.isdir(f"/proc/self/fd/{descriptor}"))
        source = f"/proc/self/fd/{descriptor}"
        kernel.mount(source, str(path), None, kernel.MS_BIND | kernel.MS_REC)


def _make_place(path: Path, folder: bool) -> None:
    (path if folder else path.parent).mkdir(parents=True, exist_ok=True)
    if not folder:
        path.touch()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(sys.argv[1])
