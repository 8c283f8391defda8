"""The socket between the grader and a zygote: fixed messages, and descriptors beside them."""

import os
import socket
import struct
from contextlib import suppress

MESSAGE = struct.Struct("=cii")
"""Kind, process id as the zygote sees it, wait status."""
READY, STARTED, ENDED = b"R", b"S", b"E"


def tell(control: socket.socket, kind: bytes, pid: int, status: int = 0) -> None:
    """Send one message; `ready` and `started` carry a pidfd where the system has them."""
    descriptor = None if kind == ENDED else pidfd(pid)
    with suppress(BrokenPipeError):
        message = MESSAGE.pack(kind, pid, status)
        socket.send_fds(control, [message], [] if descriptor is None else [descriptor])
    if descriptor is not None:
        os.close(descriptor)


def listen(control: socket.socket) -> tuple[bytes, int, int, int | None] | None:
    """Receive one message: (kind, pid, status, pidfd); None when the other side is gone."""
    try:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE.size, 1)
    except ConnectionError:
        return None
    if len(message) < MESSAGE.size:
        return None
    kind, pid, status = MESSAGE.unpack(message)
    return kind, pid, status, descriptors[0] if descriptors else None


def pidfd(pid: int) -> int | None:
    """A descriptor of a process; None where the system has no such thing."""
    return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
