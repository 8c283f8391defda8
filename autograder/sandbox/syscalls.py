"""Which system calls a sealed fork may not make, compiled to BPF with libseccomp.

Everything is allowed but what reaches outside the process, starts another one, or opens a part
of the kernel that numpy has no use for. Calls newer than this list do not exist (ENOSYS).
"""

import errno
import io
import os
import struct
import tempfile
from types import ModuleType

from autograder.errors import SandboxError

DENIED = """
    socket connect bind listen accept accept4
    execve execveat fork vfork
    kill tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal pidfd_getfd
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    mount umount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick
    mount_setattr statmount listmount quotactl quotactl_fd swapon swapoff
    unshare setns bpf perf_event_open userfaultfd seccomp keyctl add_key request_key
    io_uring_setup io_uring_enter io_uring_register io_setup io_submit
    memfd_create memfd_secret shmget shmat shmctl msgget msgsnd msgrcv msgctl semget semop
    semtimedop semctl mq_open mq_unlink mq_notify mq_timedsend mq_timedreceive mq_getsetattr
    name_to_handle_at open_by_handle_at fanotify_init fanotify_mark lookup_dcookie
    init_module finit_module delete_module create_module kexec_load kexec_file_load
    reboot syslog acct nfsservctl uselib vhangup personality modify_ldt iopl ioperm
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    setpriority ioprio_set sched_setscheduler sched_setattr sched_setparam sched_setaffinity
    move_pages migrate_pages mbind set_mempolicy set_mempolicy_home_node
    landlock_create_ruleset landlock_add_rule landlock_restrict_self
"""
"""Never allowed, whatever the arguments."""

NOT_ON_SHARED_FILES = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
"""
"""Landlock does not stop these on files outside scratch; where nothing is mounted, this does."""

LAST_KNOWN = {"x86_64": 462, "aarch64": 462}
"""mseal: the newest call that was looked at."""

CLONE_THREAD = 0x00010000
AF_UNIX, SOCK_TYPE_MASK, SOCK_DGRAM = 1, 0xF, 2
FCNTL = {"F_SETOWN": 8, "F_SETSIG": 10, "F_SETOWN_EX": 15, "F_NOTIFY": 1026, "F_SETPIPE_SZ": 1031}
IOCTL = {"FIOSETOWN": 0x8901, "SIOCSPGRP": 0x8902, "TIOCSTI": 0x5412, "TIOCLINUX": 0x541C}
PRCTL = {"PR_SET_PDEATHSIG": 1, "PR_SET_DUMPABLE": 4, "PR_SET_MM": 35, "PR_SET_PTRACER": 0x59616D61}
INT32 = 0xFFFFFFFF

LOAD_NUMBER = struct.pack("=HBBI", 0x20, 0, 0, 0)
RETURN_ENOSYS = struct.pack("=HBBI", 0x06, 0, 0, 0x00050000 | errno.ENOSYS)


def compile_filter(*, shared_files: bool = False) -> bytes:
    """The seccomp program for this machine; raises SandboxError where it cannot be made.

    `shared_files`: the fork sees the machine's own files, not a read-only view of few.
    """
    machine = os.uname().machine
    if machine not in LAST_KNOWN:
        raise SandboxError(
            f"There is no system-call filter for {machine}. Grade on x86_64 or aarch64."
        )
    names = [*DENIED.split(), *(NOT_ON_SHARED_FILES.split() if shared_files else [])]
    skip_newer = struct.pack("=HBBI", 0x25, 0, 1, LAST_KNOWN[machine])  # also all x32 calls
    return LOAD_NUMBER + skip_newer + RETURN_ENOSYS + _export(_rules(_library(), names))


def _library() -> ModuleType:
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as problem:
        raise SandboxError(
            f"The system-call filter cannot be compiled: {problem}. "
            "Install libseccomp (`apt install libseccomp2`) and pyseccomp."
        ) from None
    found: ModuleType = pyseccomp
    return found


def _rules(seccomp: ModuleType, names: list[str]):  # type: ignore[no-untyped-def]
    made = seccomp.SyscallFilter(seccomp.ALLOW)
    made.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in names:
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
            made.add_rule(refuse, name)
    _add_conditions(seccomp, made, refuse)
    return made


def _add_conditions(seccomp, made, refuse) -> None:  # type: ignore[no-untyped-def]
    """Calls that honest code needs, without the arguments that it does not."""
    masked, other = seccomp.MASKED_EQ, seccomp.NE
    made.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")  # glibc then asks for clone
    made.add_rule(refuse, "clone", seccomp.Arg(0, masked, CLONE_THREAD, 0))
    made.add_rule(refuse, "socketpair", seccomp.Arg(0, other, AF_UNIX))
    made.add_rule(refuse, "socketpair", seccomp.Arg(1, masked, SOCK_TYPE_MASK, SOCK_DGRAM))
    made.add_rule(refuse, "prlimit64", seccomp.Arg(0, other, 0))
    for call, place, values in (("fcntl", 1, FCNTL), ("ioctl", 1, IOCTL), ("prctl", 0, PRCTL)):
        for value in values.values():
            made.add_rule(refuse, call, seccomp.Arg(place, masked, INT32, value))


def _export(made) -> bytes:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0, io.SEEK_SET)
        return file.read()
