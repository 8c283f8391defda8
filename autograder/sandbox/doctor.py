"""What `autograder doctor` prints: which layers of the sandbox hold on this machine."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox import launch
from autograder.sandbox.inside import kernel
from autograder.sandbox.pool import SIGNAL_SCOPES, Sandbox
from autograder.sandbox.syscalls import compile_filter
from autograder.settings import Isolation

SETTINGS = Path("/proc/sys")
SWITCHES = (
    ("user.max_user_namespaces", "0", "15000", ""),
    ("kernel.unprivileged_userns_clone", "0", "1", ""),
    (
        "kernel.apparmor_restrict_unprivileged_userns",
        "1",
        "0",
        ", or an AppArmor profile for bwrap",
    ),
)
"""Settings that refuse user namespaces: name, the value that does, a better one, another way."""


@dataclass(frozen=True)
class Layer:
    """One layer of the sandbox: whether it holds here, what was seen, and how to fix it."""

    name: str
    holds: bool
    detail: str
    fix: str = ""


def layers(isolation: Isolation = "auto", forbidden: Sequence[Path] = ()) -> tuple[Layer, ...]:
    """Look at each layer; the last ones start a sandbox and let its self-test attack it."""
    return (
        _bubblewrap(),
        _user_namespaces(),
        _landlock(),
        _filter(),
        *_started(isolation, forbidden),
    )


def _bubblewrap() -> Layer:
    found = launch.bubblewrap()
    if found is None:
        return Layer("bubblewrap", False, "not found on PATH", "apt install bubblewrap")
    words = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return Layer("bubblewrap", True, f"{words.strip()} at {found}")


def _user_namespaces() -> Layer:
    for name, refusing, better, otherwise in SWITCHES:
        path = SETTINGS / name.replace(".", "/")
        if path.exists() and path.read_text().strip() == refusing:
            fix = f"sysctl -w {name}={better}{otherwise}"
            return Layer("user namespaces", False, f"{path} is {refusing}", fix)
    return Layer("user namespaces", True, "no setting of the kernel refuses them")


def _landlock() -> Layer:
    version = kernel.landlock_abi()
    detail = f"version {version}"
    if version >= SIGNAL_SCOPES:
        return Layer("landlock", True, f"{detail}, with signal scoping")
    fix = "Linux 6.12 or newer; bubblewrap holds without it"
    return Layer("landlock", False, detail if version else "not in this kernel", fix)


def _filter() -> Layer:
    try:
        program = compile_filter()
    except SandboxError as problem:
        fact, _, fix = str(problem).partition(". ")
        return Layer("seccomp", False, fact, fix)
    return Layer("seccomp", True, f"a filter of {len(program) // 8} instructions")


def _started(isolation: Isolation, forbidden: Sequence[Path]) -> tuple[Layer, ...]:
    try:
        with Sandbox(isolation=isolation, workers=1, forbidden=forbidden) as sandbox:
            way = sandbox.isolation
    except SandboxError as problem:
        return (Layer("self-test", False, str(problem), "fix the layers above"),)
    return _what_held(way, len(forbidden))


def _what_held(way: str, paths: int) -> tuple[Layer, ...]:
    own = way == "bubblewrap"
    install = "" if own else "apt install bubblewrap, and allow user namespaces"
    user = "an ordinary user of its own per worker" if os.geteuid() == 0 else "your own user"
    tested = way != "none"
    return (
        Layer("isolation", tested, way, "" if tested else "leave out `--isolation none`"),
        Layer(
            "own namespaces for each submission",
            own,
            "process, mount and IPC" if own else f"not with {way}",
            install,
        ),
        Layer("limits", True, f"memory, threads, files, time; student code runs as {user}"),
        Layer(
            "no network",
            tested,
            "no network namespace to leave, and sockets are refused" if own else "sockets refused",
        ),
        Layer("self-test", tested, f"every attack failed; {paths} paths of the course unreadable"),
    )
