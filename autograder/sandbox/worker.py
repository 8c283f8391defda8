"""The grader's side of one zygote: start it, ask it for forks, know how they ended."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.errors import SandboxError
from autograder.sandbox import launch, scratch
from autograder.sandbox.inside import control
from autograder.sandbox.inside.seal import Plan
from autograder.sandbox.runtime import Runtime
from autograder.settings import Limits

READY_SECONDS = 60.0
START_SECONDS = 20.0
END_SECONDS = 2.0
CLOSE_SECONDS = 5.0


class WorkerDied(Exception):
    """The zygote is gone."""


@dataclass(frozen=True)
class Setting:
    """What all workers of a sandbox share."""

    isolation: str
    runtime: Runtime
    limits: Limits
    filter: str
    """The seccomp program in base64."""
    base: Path
    """A folder of the sandbox's own, which every user may enter."""
    site: Path
    """The packages, gathered by links (where nothing can be mounted)."""
    outputs: bool


@dataclass(frozen=True)
class Fork:
    """One running submission: where to write, where to read, and how to stop it."""

    pid: int
    pidfd: int | None
    requests: int
    answers: int
    scratch: Path | None

    def close(self) -> None:
        """Stop the process at once and let go of everything."""
        with suppress(ProcessLookupError):
            if self.pidfd is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        if self.scratch is not None:
            scratch.await_end(self.pidfd)
            scratch.remove(self.scratch)
        for descriptor in (self.pidfd, self.requests, self.answers):
            if descriptor is not None:
                os.close(descriptor)


class Worker:
    """One zygote. Used by one thread at a time."""

    def __init__(self, slot: int, setting: Setting) -> None:
        self._slot = slot
        self._setting = setting
        self._ended: dict[int, int] = {}
        self._pidfd: int | None = None
        self._last_words = ""
        self.launch()

    def launch(self) -> None:
        """Start the process, without waiting for it; where that fails nothing stays open."""
        with ExitStack() as opened:
            self._control, theirs = map(opened.enter_context, socket.socketpair())
            self._words = opened.enter_context(tempfile.TemporaryFile())
            command, environment = self._command(theirs.fileno())
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                pass_fds=[theirs.fileno()],
                cwd="/",
                start_new_session=True,
            )
            opened.pop_all()  # closed with the worker
        theirs.close()

    def wait_ready(self) -> None:
        """Wait until the zygote is warm; raises SandboxError with its last words."""
        self._control.settimeout(READY_SECONDS)
        try:
            message = control.listen(self._control)
        except TimeoutError:
            message = None
        if message is None or message[0] != control.READY:
            self.close()
            raise SandboxError(f"The {self._setting.isolation} worker did not start: {self.words}.")
        self._pidfd = message[3]

    def restart(self) -> None:
        """Put a new zygote in the place of a dead one."""
        self.close()
        self._ended.clear()
        self.launch()
        self.wait_ready()

    def fork(self) -> Fork:
        """Start a sealed fork; raises WorkerDied."""
        folder = self._scratch()
        requests, to_fork = os.pipe()
        from_fork, answers = os.pipe()
        place = launch.SCRATCH if folder is None else str(folder)
        try:
            socket.send_fds(self._control, [place.encode()], [requests, answers])
            pid, pidfd = self._started()
        except (OSError, WorkerDied):
            os.close(to_fork)
            os.close(from_fork)
            raise WorkerDied from None
        finally:
            os.close(requests)
            os.close(answers)
        self._ended.pop(pid, None)  # of an earlier fork, which had this number
        return Fork(pid, pidfd, to_fork, from_fork, folder)

    def how_ended(self, fork: Fork) -> str:
        """Say how a fork came to its end that nobody stopped; raises WorkerDied."""
        until = time.monotonic() + END_SECONDS
        while fork.pid not in self._ended:
            self._control.settimeout(max(until - time.monotonic(), 0.001))
            try:
                self._note(self._listen())
            except TimeoutError:
                return "it closed its connection to the grader"
        return in_words(self._ended.pop(fork.pid))

    @property
    def pid(self) -> int:
        """The process that was started: bubblewrap, or the zygote itself."""
        return self._process.pid

    @property
    def words(self) -> str:
        """The last line that the process wrote to its standard error."""
        return self._last_words

    def kill(self) -> None:
        """End the zygote and with it everything inside, while another thread may use it."""
        if self._pidfd is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        else:
            self._process.kill()

    def close(self) -> None:
        """End the zygote and let go of everything."""
        self._control.close()
        if self._pidfd is not None:
            self.kill()
            os.close(self._pidfd)
            self._pidfd = None
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._last_words = _last_line(self._words) if not self._words.closed else ""
        self._words.close()

    def _started(self) -> tuple[int, int | None]:
        self._control.settimeout(START_SECONDS)
        while True:
            kind, pid, status, pidfd = self._listen()
            if kind == control.STARTED:
                return pid, pidfd
            self._note((kind, pid, status, pidfd))

    def _listen(self) -> tuple[bytes, int, int, int | None]:
        message = control.listen(self._control)
        if message is None:
            raise WorkerDied
        return message

    def _note(self, message: tuple[bytes, int, int, int | None]) -> None:
        kind, pid, status, _ = message
        if kind == control.ENDED:
            if len(self._ended) > 1000:
                self._ended.clear()
            self._ended[pid] = status

    def _scratch(self) -> Path | None:
        """A folder for one submission, where a fork cannot mount its own."""
        if self._setting.isolation == "bubblewrap":
            return None
        return self._own_folder("scratch")

    def _own_folder(self, name: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-{self._slot}-", dir=self._setting.base))
        if os.geteuid() == 0 and self._setting.isolation != "none":
            user = launch.FIRST_USER + self._slot
            os.chown(folder, user, user)
        return folder

    def _command(self, descriptor: int) -> tuple[list[str], dict[str, str]]:
        setting = self._setting
        plan = _plan(setting, descriptor)
        if setting.isolation == "bubblewrap":
            command = launch.bubblewrap_command(setting.runtime, plan)
            environ: dict[str, str] = {}
        else:
            config = self._own_folder("config")
            if setting.runtime.fonts is not None:
                shutil.copy(setting.runtime.fonts, config)
            folder = str(config)
            command = launch.python_command(setting.runtime, plan, str(setting.runtime.code.parent))
            environ = launch.environment(folder, folder)
        if setting.isolation != "none":
            command = launch.as_ordinary_user(command, setting.runtime, self._slot, environ)
        return command, environ


def _plan(setting: Setting, descriptor: int) -> Plan:
    limits = setting.limits
    own = setting.isolation == "bubblewrap"
    readable = [str(path) for path in setting.runtime.readable]
    return Plan(
        isolation=setting.isolation,
        control=descriptor,
        scratch=launch.SCRATCH,
        readable=("/",) if own else (*readable, str(setting.site), *launch.DEVICE_PATHS),
        site=launch.INSIDE_SITE if own else str(setting.site),
        filter=setting.filter,
        memory_bytes=limits.memory_bytes,
        processes=limits.processes,
        scratch_bytes=limits.scratch_bytes,
        scratch_files=limits.scratch_files,
        output_bytes=limits.output_bytes,
        answer_bytes=limits.answer_bytes,
        outputs=setting.outputs,
    )


def in_words(status: int) -> str:
    """A wait status, for a sentence."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"it ended itself with exit code {code}"
    known = {number.value: number.name for number in signal.Signals}
    return f"it was stopped by {known.get(-code, f'signal {-code}')}"


def _last_line(file: IO[bytes]) -> str:
    file.seek(0)
    lines = file.read(2**16).decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it said nothing"
