"""Talking to a fork that may be slow, silent, loud or hostile: every wait has an end."""

import os
import select
from collections.abc import Callable
from typing import Any

from autograder.sandbox.clock import Left
from autograder.sandbox.endings import Ended, TimedOut
from autograder.sandbox.inside import wire

CHUNK = 2**18
GLANCE_SECONDS = 0.1
"""How often `look` is called while nothing comes."""


class Pipes:
    """Frames over two pipes, without ever blocking on either.

    `look` is called every now and then while frames are awaited, and may raise Ended.
    """

    def __init__(
        self, requests: int, answers: int, look: Callable[[], None] = lambda: None
    ) -> None:
        self._requests, self._answers = requests, answers
        self._look = look
        self._outgoing = bytearray()
        self._incoming = bytearray()
        self.weight = 0
        """How many bytes of memory the frame that came last may take."""
        for descriptor in (requests, answers):
            os.set_blocking(descriptor, False)

    def send(self, frame: bytes) -> None:
        """Queue a frame; it leaves while answers are awaited."""
        self._outgoing += frame
        self._push()

    @property
    def unread(self) -> int:
        """How many bytes wait here because the other side does not read."""
        return len(self._outgoing)

    def receive(self, left: Left, max_bytes: int) -> Any:
        """The next frame, of at most `max_bytes`; raises TimedOut and Ended."""
        self._fill(wire.LENGTH_BYTES, left)
        length = int.from_bytes(self._incoming[: wire.LENGTH_BYTES], "little")
        if length > max_bytes:
            raise Ended(f"it sent {length} bytes, allowed are {max_bytes}")
        end = wire.LENGTH_BYTES + length
        self._fill(end, left)
        body = bytes(self._incoming[wire.LENGTH_BYTES : end])
        del self._incoming[:end]
        self.weight = wire.weight(body)
        try:
            return wire.decode(body)
        except wire.FrameError as problem:
            raise Ended(str(problem)) from None

    def _fill(self, size: int, left: Left) -> None:
        """Wait until at least `size` bytes are here."""
        while len(self._incoming) < size:
            self._look()
            seconds = left()
            if seconds <= 0:
                raise TimedOut
            waiting = select.poll()
            waiting.register(self._answers, select.POLLIN)
            if self._outgoing:
                waiting.register(self._requests, select.POLLOUT)
            for descriptor, _ in waiting.poll(min(seconds, GLANCE_SECONDS) * 1000):
                if descriptor == self._answers:
                    self._pull()
                else:
                    self._push()

    def _pull(self) -> None:
        part = os.read(self._answers, CHUNK)
        if not part:
            raise Ended("")
        self._incoming += part

    def _push(self) -> None:
        while self._outgoing:
            try:
                sent = os.write(self._requests, self._outgoing[:CHUNK])
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._outgoing.clear()  # whatever it still said can be read
                return
            del self._outgoing[:sent]
