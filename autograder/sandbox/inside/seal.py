"""Seal a fork before any student code runs in it: own namespaces, limits, landlock, seccomp."""

import base64
import fcntl
import json
import os
import resource
import signal
import sys
from dataclasses import asdict, dataclass

from . import kernel

ADDRESS_SPACE_RESERVE = 2**30  # libraries and thread arenas: address space, not memory
OPEN_FILES = 256
SPARE, LAST_DESCRIPTOR = 100, 4096  # descriptors that the zygote does not have
STACK_BYTES = 8 * 2**20
SHARE = 8
"""Without a mount of its own one file may have this part of what all may have together."""


@dataclass(frozen=True)
class Plan:
    """How forks are sealed; the grader decides, and hands it over as JSON."""

    isolation: str
    """`bubblewrap`: own namespaces; `landlock`: none of its own; `none`: limits only."""
    control: int
    """The descriptor of the socket to the grader."""
    scratch: str
    """Where scratch is mounted; without namespaces the grader names a folder for each fork."""
    readable: tuple[str, ...]
    site: str
    """The folder of numpy, IPython and matplotlib."""
    filter: str
    """The seccomp program, BPF in base64; empty where there is none."""
    memory_bytes: int
    processes: int
    scratch_bytes: int
    scratch_files: int
    output_bytes: int
    answer_bytes: int
    outputs: bool
    """May forks be asked for what cells show? Then one picture is drawn to warm up."""

    def to_json(self) -> str:
        """The plan as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Read what `to_json` wrote."""
        fields = json.loads(text)
        return cls(**{**fields, "readable": tuple(fields["readable"])})


def seal(plan: Plan, scratch: str, kept: tuple[int, int]) -> tuple[int, int]:
    """Make this fork a stranger to everything but its scratch and two pipes.

    Returns the pipes' new descriptors, 3 and 4. Raises OSError when the kernel refuses a step.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()  # kill(0) would reach the zygote's process group, whatever the pid namespace
    if plan.isolation == "bubblewrap":
        kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
        _mount_scratch(plan)
    os.chdir(scratch)
    os.umask(0o077)
    pipes = _keep_only(kept)
    _limit(plan)
    if plan.isolation != "none":
        _give_up_rights(plan, scratch)
    return pipes


def _mount_scratch(plan: Plan) -> None:
    options = f"size={plan.scratch_bytes},nr_inodes={plan.scratch_files},mode=0700"
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("scratch", plan.scratch, "tmpfs", flags, options)


def _keep_only(kept: tuple[int, int]) -> tuple[int, int]:
    """Close every descriptor but two, which become 3 and 4; 0, 1 and 2 become /dev/null."""
    nothing = os.open(os.devnull, os.O_RDWR)
    wished = (nothing, nothing, nothing, *kept)
    for place, fd in enumerate([fcntl.fcntl(fd, fcntl.F_DUPFD, SPARE) for fd in wished]):
        os.dup2(fd, place)
    os.closerange(len(wished), LAST_DESCRIPTOR)
    return 3, 4


def _limit(plan: Plan) -> None:
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    own = plan.isolation == "bubblewrap"  # the mount bounds all files together
    _set(resource.RLIMIT_FSIZE, plan.scratch_bytes if own else plan.scratch_bytes // SHARE)
    _set(resource.RLIMIT_STACK, STACK_BYTES)
    if plan.isolation != "none":
        _set(resource.RLIMIT_NPROC, plan.processes)
    if sys.platform == "linux":
        _set(resource.RLIMIT_DATA, plan.memory_bytes)
        _set(resource.RLIMIT_AS, plan.memory_bytes + ADDRESS_SPACE_RESERVE)
        _set(resource.RLIMIT_MEMLOCK, 0)
        _set(resource.RLIMIT_MSGQUEUE, 0)


def _set(kind: int, limit: int) -> None:
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(kind, (limit, limit))


def _give_up_rights(plan: Plan, scratch: str) -> None:
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.landlock(plan.readable, (scratch, os.devnull))
    kernel.load_filter(base64.b64decode(plan.filter))
