"""The sandbox as the rest of the grader sees it: one object, any number of threads."""

import base64
import os
import queue
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from autograder.errors import SandboxError
from autograder.sandbox import launch
from autograder.sandbox.fonts import font_list
from autograder.sandbox.inside import kernel
from autograder.sandbox.run_folder import RunFolder
from autograder.sandbox.runtime import find_runtime, lay_code
from autograder.sandbox.syscalls import compile_filter
from autograder.sandbox.worker import Setting, Worker, WorkerDied
from autograder.settings import Isolation, Limits

if TYPE_CHECKING:
    from autograder.records import Job, Outcome
    from autograder.sandbox.lending import Lender

ATTEMPTS = 2
SIGNAL_SCOPES = 6
"""The landlock version that keeps signals in."""


class Sandbox:
    """Runs jobs of untrusted code. Starts warm workers at once; raises SandboxError.

    With `wait=False` it is launched and no more: call `ready` before the first job.

    `forbidden` are paths that the self-test must fail to read from the inside.
    `named` is the text of the module of functions that the course's inputs name.
    `first_slot` numbers its workers, who as root become users of their own.
    `given` are files that most jobs will bring: what can be made of them once, is.
    Without `outputs` few cells will draw: the workers warm up without drawing a picture.
    `isolation` is the way in force: `bubblewrap`, `landlock` or `none`.
    """

    def __init__(
        self,
        *,
        isolation: Isolation = "auto",
        workers: int | None = None,
        limits: Limits = Limits(),
        forbidden: Sequence[Path] = (),
        named: str = "",
        given: Sequence[tuple[str, bytes]] = (),
        outputs: bool = True,
        first_slot: int = 0,
        wait: bool = True,
    ) -> None:
        self._limits = limits
        self._first_slot = first_slot
        self._count = workers or os.cpu_count() or 1
        self._forbidden = tuple(forbidden)
        self._named = named
        self._given = tuple(given)
        self._outputs = outputs
        self._workers: list[Worker] = []
        self._stopped = False
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._folder = RunFolder()
        self._base = self._folder.path
        self._ways = ("bubblewrap", "landlock") if isolation == "auto" else (isolation,)
        self._hindered: SandboxError | None = None
        self.isolation = ""
        try:
            self._launch(self._ways[0])
        except SandboxError as problem:
            self._hindered = problem  # told by `ready`, which may know another way
        except BaseException:
            self.close()
            raise
        if wait:
            self.ready()

    def ready(self) -> None:
        """Wait until the workers are warm and proven; where that fails, nothing stays open."""
        try:
            self.isolation = self._open()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def workers(self) -> int:
        """How many jobs run side by side."""
        return self._count

    def run(self, job: "Job", lender: "Lender | None" = None) -> "Outcome":
        """Run one job and wait for it; safe to call from many threads at once.

        `lender` answers for the functions that the job's calls are lent.
        """
        from autograder.sandbox import conversation  # numpy: not before the workers are launched

        worker = self._idle.get()
        try:
            for _ in range(ATTEMPTS):
                try:
                    return conversation.converse(worker, job, self._limits, self.isolation, lender)
                except WorkerDied:
                    if self._stopped:
                        raise SandboxError("The sandbox was closed before the job's end.") from None
                    worker.restart()
        finally:
            self._idle.put(worker)
        raise SandboxError(
            f"The sandbox's worker died {ATTEMPTS} times on one submission. Is there enough memory?"
        )

    def stop(self) -> None:
        """End what runs at once; its threads meet a SandboxError. Close it then."""
        self._stopped = True
        for worker in self._workers:
            worker.kill()

    def close(self) -> None:
        """End all workers."""
        self.stop()
        for worker in self._workers:
            worker.close()
        self._workers.clear()
        self._folder.close()

    def _open(self) -> str:
        """Start the workers the first way that works; `none` only where it was asked for."""
        if len(self._ways) == 1:
            self._start(self._ways[0])
            return self._ways[0]
        problems = []
        for way in self._ways:
            try:
                self._start(way)
            except SandboxError as problem:
                problems.append(f"{way}: {problem}")
                self._stop_workers()
            else:
                return way
        raise SandboxError("No way to run student code safely works here. " + " ".join(problems))

    def _launch(self, isolation: str) -> None:
        _require(isolation)
        setting = self._setting(isolation)
        for slot in range(self._first_slot, self._first_slot + self._count):
            self._workers.append(Worker(slot, setting))  # one by one: `close` ends those there are

    def _start(self, isolation: str) -> None:
        if isolation != self._ways[0]:
            self._launch(isolation)
        elif self._hindered is not None:
            raise self._hindered
        from autograder.sandbox import selftest

        for worker in self._workers:
            worker.wait_ready()
            if worker is self._workers[0] and isolation != "none":
                selftest.prove(worker, self._limits, self._forbidden)
            self._idle.put(worker)

    def _setting(self, isolation: str) -> Setting:
        base = self._base / isolation
        base.mkdir()
        own = isolation == "bubblewrap"  # else each fork has another scratch folder
        code = lay_code(base, self._named, self._given if own else ())
        runtime = replace(find_runtime(code), fonts=_laid_fonts(base))
        shared = isolation == "landlock"
        program = b"" if isolation == "none" else compile_filter(shared_files=shared)
        site = launch.site_folder(runtime, base)
        text = base64.b64encode(program).decode()
        return Setting(isolation, runtime, self._limits, text, base, site, self._outputs)

    def _stop_workers(self) -> None:
        for worker in self._workers:
            worker.close()
        self._workers.clear()
        self._idle = queue.SimpleQueue()


def _laid_fonts(base: Path) -> Path | None:
    """Put the list of fonts where every worker's user can read it."""
    found = font_list()
    if found is None:
        return None
    name, content = found
    laid = base / name
    laid.write_bytes(content)
    laid.chmod(0o644)
    return laid


def _require(isolation: str) -> None:
    """Refuse a way that cannot hold here; raises SandboxError with the fix."""
    if isolation == "bubblewrap" and launch.bubblewrap() is None:
        raise SandboxError(launch.NO_BUBBLEWRAP)
    if isolation == "landlock" and kernel.landlock_abi() < SIGNAL_SCOPES:
        raise SandboxError(
            f"landlock here is version {kernel.landlock_abi()}, and version {SIGNAL_SCOPES} is "
            "needed to keep signals in. Use Linux 6.12 or newer, or bubblewrap."
        )
