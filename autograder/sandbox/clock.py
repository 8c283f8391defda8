"""What a submission is charged: the clock on the wall, less what it waited for a core.

On a busy machine right code takes longer, and that is not the student's doing. The kernel counts
how long a process stood in line for a core; where a limit is reached, that is taken off. It may
be most of the time, but not all: a limit on the wall's clock, some times longer, stands behind.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Left = Callable[[], float]
"""Tells how many seconds of a limit are left; none or fewer: it is over."""
NANOSECOND = 1e-9
SHORT_LIFE = 0.5
"""Seconds: what a fork that lived no longer waited is not worth asking for."""


@dataclass(frozen=True)
class Effort:
    """What the kernel counts of a process's first thread, in seconds since it began."""

    worked: float = 0.0
    waited: float = 0.0
    """It could have worked, and others had the cores."""


def effort(pidfd: int | None) -> Effort:
    """The effort of a process; none where it is gone or the system does not count."""
    try:
        lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
        pid = next(line.split()[1] for line in lines if line.startswith("Pid:"))
        worked, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    except (OSError, StopIteration, ValueError):
        return Effort()
    return Effort(int(worked) * NANOSECOND, int(waited) * NANOSECOND)


def within(seconds: float) -> Left:
    """A limit that takes nothing off."""
    until = time.monotonic() + seconds
    return lambda: until - time.monotonic()


class Clock:
    """The time of one submission, which may use several forks, one after the other.

    `seconds` are left to it; on the wall's clock it may take `wall_factor` times as long.
    """

    def __init__(self, seconds: float, wall_factor: float) -> None:
        self._seconds = seconds
        self._share = 1 - 1 / max(wall_factor, 1.0)
        self._start = time.monotonic()
        self._forgiven = 0.0
        self._pidfd: int | None = None
        self._forgiven_here = 0.0
        self._fork_start = self._start
        self._aside = 0.0

    @property
    def charged(self) -> float:
        """Seconds so far."""
        wall = time.monotonic() - self._start
        return wall - min(self._forgiven + self._aside, wall * self._share)

    @property
    def over(self) -> bool:
        """Is all of the submission's time used up?"""
        return self.charged >= self._seconds

    def watch(self, pidfd: int | None) -> None:
        """From here on this fork works."""
        self._pidfd, self._forgiven_here, self._fork_start = pidfd, 0.0, time.monotonic()

    def settle(self) -> None:
        """The fork's work is done: take off what it waited and no limit has asked for."""
        life = time.monotonic() - self._fork_start
        if life > SHORT_LIFE:
            self._forgive(self._waited(life))

    @contextmanager
    def limit(self, seconds: float) -> Iterator[Left]:
        """Count down `seconds`, or what the submission has left where that is less.

        The kernel is asked only when the limit is reached: most calls end long before.
        """
        seconds = min(seconds, self._seconds - self.charged)
        start, aside, waited = time.monotonic(), self._aside, 0.0

        def left() -> float:
            nonlocal waited
            wall = time.monotonic() - start
            if wall >= seconds:
                waited = self._waited(wall - (self._aside - aside))
            return seconds - wall + min(waited + self._aside - aside, wall * self._share)

        try:
            yield left
        finally:
            self._forgive(waited)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What the grader does meanwhile is not charged, either."""
        start = time.monotonic()
        try:
            yield
        finally:
            self._aside += time.monotonic() - start

    def _forgive(self, seconds: float) -> None:
        self._forgiven += seconds
        self._forgiven_here += seconds

    def _waited(self, wall: float) -> float:
        """What the fork waited, as far as it has not been taken off yet."""
        waited = effort(self._pidfd).waited - self._forgiven_here
        return min(max(waited, 0.0), wall)
