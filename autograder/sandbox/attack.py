"""What a hostile cell would try. The self-test runs this text inside; every success is a breach."""

import ctypes
import fcntl
import importlib
import os
import resource
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, MS_BIND, PTRACE_ATTACH, F_SETOWN = 0x10000000, 4096, 16, 8
FAMILIES = ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_VSOCK")
MODULES = ("autograder", "solutions", "nbgrader")
FOLDERS = ("/", "/tmp", "/home", "/dev", "/dev/shm", "/config", "/var/tmp", "/runtime/site", "..")


def attack(forbidden: list[str], processes: list[int], address: int) -> list[str]:
    """Try everything; returns what worked. `address` is where a sibling keeps an array."""
    tries: dict[str, Callable[[], Any]] = {
        "started a process by fork": _fork,
        "started a program": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "reached exec": _reached_exec,
        "made a user namespace": lambda: _must(libc.unshare(CLONE_NEWUSER)),
        "mounted a folder": lambda: _must(libc.mount(b"/", b".", None, MS_BIND, None)),
        "signalled its process group": lambda: os.killpg(0, 0),
        "raised its own limits": _raise_limit,
        "connected two datagram sockets": lambda: socket.socketpair(type=socket.SOCK_DGRAM),
    }
    folders = (*FOLDERS, os.environ["MPLCONFIGDIR"], os.path.dirname(os.__file__))
    tries |= {f"read {path}": partial(_read, path) for path in forbidden}
    tries |= {f"imported {name}": partial(importlib.import_module, name) for name in MODULES}
    tries |= {f"opened a socket, {name}": partial(_open_socket, name) for name in FAMILIES}
    tries |= {f"wrote into {folder}": partial(_write, folder) for folder in folders}
    for pid in processes:
        tries |= _on_process(pid, address)
    return [name for name, attempt in tries.items() if _works(attempt)]


def _works(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except (OSError, ImportError, ValueError, AttributeError):
        return False
    return True


def _on_process(pid: int, address: int) -> dict[str, Callable[[], Any]]:
    """Signals and memory: process 1 is the attacker itself where it has its own namespace."""
    others = {
        "wrote into the memory of": lambda: _write_memory(pid, address),
        "opened the memory of": lambda: os.open(f"/proc/{pid}/mem", os.O_RDWR),
        "traced": lambda: _must(libc.ptrace(PTRACE_ATTACH, pid, None, None)),
        "opened a descriptor of": lambda: os.pidfd_open(pid),
        "could signal": lambda: os.kill(pid, 0),
        "could direct signals to": lambda: fcntl.fcntl(3, F_SETOWN, pid),
    }
    return {f"{what} process {pid}": attempt for what, attempt in others.items()}


def _must(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _reached_exec() -> None:
    libc.execve(b"/nowhere", None, None)
    if ctypes.get_errno() == 1:
        raise PermissionError


def _raise_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most + 1, most + 1))


def _open_socket(family: str) -> None:
    socket.socket(getattr(socket, family)).close()


def _read(path: str) -> None:
    if os.path.isdir(path):
        os.listdir(path)
    else:
        with open(path, "rb") as file:
            file.read(1)


def _write(folder: str) -> None:
    path = os.path.join(folder, "breach")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT))
    os.unlink(path)


def _write_memory(pid: int, address: int) -> None:
    class Vector(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    ours = ctypes.create_string_buffer(8)
    here, there = Vector(ctypes.addressof(ours), 8), Vector(address, 8)
    one = ctypes.c_ulong(1)
    vectors = (ctypes.byref(here), one, ctypes.byref(there), one)
    _must(libc.process_vm_writev(pid, *vectors, ctypes.c_ulong(0)))
