"""The command line that starts one zygote, for each way of keeping it apart."""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox import drop
from autograder.sandbox.inside.seal import Plan
from autograder.sandbox.runtime import Runtime

FIRST_USER = 65_100
"""As root, worker n becomes user 65100 + n, whom no system gives files to."""
INSIDE_USER = "1000"
INSIDE_CODE, INSIDE_SITE, SCRATCH, CONFIG = "/runtime/code", "/runtime/site", "/scratch", "/config"
DEVICES = ("null", "zero", "full", "random", "urandom")
DEVICE_PATHS = tuple(f"/dev/{device}" for device in DEVICES)
NAMESPACES = ("user", "pid", "net", "ipc", "uts", "cgroup-try")
START = (
    "import gc, sys; gc.disable(); sys.path.insert(0, {code!r}); sys.path.append({site!r}); "
    "from inside.zygote import start; sys.path.remove({code!r}); start()"
)
NO_BUBBLEWRAP = (
    "bubblewrap is not installed. Run `apt install bubblewrap` (or your system's equivalent)."
)


def environment(scratch: str, config: str) -> dict[str, str]:
    """All that the zygote's environment holds."""
    return {
        "HOME": config,
        "TMPDIR": scratch,
        "MPLCONFIGDIR": config,
        "IPYTHONDIR": config,
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "VECLIB_MAXIMUM_THREADS": "1",
    }


def bubblewrap() -> str | None:
    """Where bubblewrap is."""
    return shutil.which("bwrap")


def python_command(runtime: Runtime, plan: Plan, code: str) -> list[str]:
    """Start the zygote with nothing on the path but the standard library and the runtime."""
    start = START.format(code=code, site=plan.site)
    flags = ["-s", "-S", "-P", "-B", "-X", "utf8"]
    return [str(runtime.python), *flags, "-c", start, plan.to_json()]


def bubblewrap_command(runtime: Runtime, plan: Plan) -> list[str]:
    """The zygote in namespaces of its own, with a read-only view of the runtime."""
    found = bubblewrap()
    if found is None:
        raise SandboxError(NO_BUBBLEWRAP)
    words = [found, *(f"--unshare-{name}" for name in NAMESPACES), "--as-pid-1"]
    words += ["--uid", INSIDE_USER, "--gid", INSIDE_USER, "--hostname", "sandbox"]
    words += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"]
    words += _view(runtime)
    for folder in ("/proc", "/tmp", "/home", "/dev/shm", SCRATCH):
        words += ["--dir", folder]
    words += ["--tmpfs", CONFIG]
    if runtime.fonts is not None:
        words += ["--ro-bind", str(runtime.fonts), f"{CONFIG}/{runtime.fonts.name}"]
    words += ["--remount-ro", "/", "--chdir", "/", "--clearenv"]
    for name, value in environment(SCRATCH, CONFIG).items():
        words += ["--setenv", name, value]
    return [*words, *python_command(runtime, plan, INSIDE_CODE)]


def _view(runtime: Runtime) -> list[str]:
    words: list[str] = []
    for path in (*runtime.libraries, runtime.python):
        words += ["--ro-bind", str(path), str(path)]
    for link, target in runtime.links:
        words += ["--symlink", target, link]
    for folder in runtime.covered:
        words += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
    words += ["--ro-bind", str(runtime.code), f"{INSIDE_CODE}/inside"]
    for entry in runtime.packages:
        words += ["--ro-bind", str(entry), f"{INSIDE_SITE}/{entry.name}"]
    for device in DEVICES:
        words += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    return words


def site_folder(runtime: Runtime, base: Path) -> Path:
    """A folder of links to the packages, for where nothing can be mounted."""
    site = base / "site"
    site.mkdir()
    for entry in runtime.packages:
        (site / entry.name).symlink_to(entry)
    return site


def as_ordinary_user(
    command: Sequence[str], runtime: Runtime, slot: int, environ: dict[str, str]
) -> list[str]:
    """As root: put a step before `command` that drops to the slot's own user."""
    if os.geteuid() != 0:
        return list(command)
    hidden = [path for path in runtime.readable if drop.closed_folder(path) is not None]
    user = FIRST_USER + slot
    plan = {"user": user, "reveal": [str(path) for path in hidden]}
    text = json.dumps({**plan, "command": list(command), "environment": environ})
    return [sys.executable, "-I", "-S", "-B", drop.__file__, text]
