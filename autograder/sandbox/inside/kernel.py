"""The kernel's own calls that Python has no name for: namespaces, mounts, landlock, seccomp.

Every function raises OSError when the kernel refuses.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWPID = 0x20000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND = 1, 2, 4, 32, 4096
MS_REC, MS_PRIVATE = 16384, 1 << 18

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 63

LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1, 2, 4, 8, 1 << 14
ACCESS_BITS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which ABI on how many kinds of file access can be handled."""
READ_ONLY = READ_FILE | READ_DIR
FILE_ONLY = WRITE_FILE | READ_FILE | TRUNCATE
ALL_NET, ALL_SCOPES = 3, 3
"""Bind and connect TCP (ABI 4); abstract sockets and signals (ABI 6)."""

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int) -> int:
    """Turn a C call's -1 into an OSError."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names."""
    check(libc.unshare(flags))


def setns(descriptor: int, flags: int) -> None:
    """Join the namespaces of a process (a pidfd) or of a namespace file."""
    check(libc.setns(descriptor, flags))


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a filesystem, or change how one is mounted."""
    words = [word.encode() if word is not None else None for word in (source, target, kind)]
    check(libc.mount(*words, ctypes.c_ulong(flags), options.encode() or None))


def prctl(option: int, *arguments: int) -> int:
    """Set something about this process; unused arguments are zero."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    return check(libc.prctl(option, *(ctypes.c_ulong(argument) for argument in padded)))


def drop_capabilities() -> None:
    """Give up every capability for good: bounding, ambient, permitted, effective."""
    for capability in range(LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one, or nothing left to drop it with
    try:
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    finally:
        header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
        check(libc.capset(header, bytes(24)))


def landlock_abi() -> int:
    """The version of landlock that the kernel offers; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    flags = ctypes.c_uint(LANDLOCK_CREATE_RULESET_VERSION)
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), flags)
    return max(int(version), 0)


def landlock(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow this process nothing but reading beneath `readable` and all beneath `writable`.

    With ABI 4 no TCP, with ABI 6 no signals and no abstract sockets to the outside.
    Needs no_new_privs; does nothing where the kernel has no landlock.
    """
    abi = landlock_abi()
    if abi == 0:
        return
    bits = max(count for since, count in ACCESS_BITS if since <= abi)
    everything = (1 << bits) - 1
    attributes = struct.pack(
        "=QQQ", everything, ALL_NET if abi >= 4 else 0, ALL_SCOPES if abi >= 6 else 0
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = check(libc.syscall(LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0))
    for path in readable:
        _allow(ruleset, path, READ_ONLY)
    for path in writable:
        _allow(ruleset, path, everything & ~EXECUTE)
    check(libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not os.path.isdir(path):
            access &= FILE_ONLY if access & WRITE_FILE else READ_FILE
        rule = struct.pack("=Qi", access, beneath)
        arguments = (ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
        check(libc.syscall(LANDLOCK_ADD_RULE, *arguments))
    finally:
        os.close(beneath)


class Program(ctypes.Structure):
    """A seccomp filter as the kernel wants it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load_filter(program: bytes) -> None:
    """Install a seccomp filter, given as BPF instructions of 8 bytes. Needs no_new_privs."""
    loaded = Program(len(program) // 8, program)
    address = ctypes.addressof(loaded)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, address)
