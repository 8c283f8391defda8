"""The grader's side of the reference processes: one for each submission that asks at a time."""

import inspect
import json
import queue
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.course import course_root
from autograder.errors import GraderFault
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Function
from autograder.sandbox.clock import Left, within
from autograder.sandbox.endings import Ended, TimedOut
from autograder.sandbox.inside import wire
from autograder.sandbox.lending import Broken, Refused
from autograder.sandbox.pipes import Pipes
from autograder.settings import AskLimits

START_SECONDS = 60.0
FRAME_RESERVE = 2**10
PACKAGES = Path(__file__).resolve().parents[2]
PROGRAM = (
    "import sys; sys.path.insert(0, {packages!r}); "
    "from autograder.follow.serve import main; main(sys.argv[1])"
)
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Reference:
    """One reference process. Used by one thread at a time; started anew after it has died."""

    def __init__(self, functions: Mapping[str, Function], limits: AskLimits) -> None:
        self._plan = json.dumps(
            {**asdict(limits), "functions": _places(functions), "course": str(course_root())}
        )
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._start()

    def ask(
        self, name: str, arguments: tuple[Tree, ...], named: dict[str, Tree], left: Left
    ) -> Tree:
        """The right value, in the time that is left; raises Refused, or Broken where it died."""
        if self._process is None:
            self._start()
        try:
            self._pipes.send(wire.encode((name, arguments, named)))
            kind, value = self._pipes.receive(left, self._limits.value_bytes + FRAME_RESERVE)
        except (TimedOut, Ended):
            self.close()
            raise Broken from None
        if kind != "value":
            raise Refused
        return value

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None and process.stdin and process.stdout:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()

    def _start(self) -> None:
        program = PROGRAM.format(packages=str(PACKAGES))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", program, self._plan],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._pipes = Pipes(self._process.stdin.fileno(), self._process.stdout.fileno())
        try:
            self._pipes.receive(within(START_SECONDS), FRAME_RESERVE)
        except (TimedOut, Ended):
            self.close()
            raise GraderFault(
                "The reference process did not start. Do all modules in solutions/ load?"
            ) from None


class References:
    """Processes that are started when first needed and used again; safe to share."""

    def __init__(self, functions: Mapping[str, Function], limits: AskLimits) -> None:
        self._functions, self._limits = functions, limits
        self._idle: queue.SimpleQueue[Reference] = queue.SimpleQueue()
        self._closed = False

    @contextmanager
    def borrowed(self) -> Iterator[Reference]:
        """One process for one submission."""
        try:
            reference = self._idle.get_nowait()
        except queue.Empty:
            reference = Reference(self._functions, self._limits)
        try:
            yield reference
        finally:
            self._idle.put(reference)
            if self._closed:  # the grader was left while this submission was on its way
                self.close()

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()


def _places(functions: Mapping[str, Function]) -> dict[str, tuple[Any, str]]:
    """Where each function is defined: (file, name)."""
    return {name: (inspect.getsourcefile(f), f.__name__) for name, f in functions.items()}
