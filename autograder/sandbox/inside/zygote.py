"""A warm Python that forks once per submission, and never reads one itself.

The grader sends two pipe ends and a scratch folder; a sealed fork talks through the pipes. The
answers on the control socket: `ready`, `started` (with a pidfd of the fork) and `ended`.
"""

import gc
import os
import random
import select
import signal
import socket
import sys
import warnings
from contextlib import suppress
from typing import NoReturn

import matplotlib
import numpy as np
from matplotlib import font_manager

from . import backend, control, failures, kernel, submission, wire
from .outputs import Outputs
from .premade import FOLDER, Given
from .seal import Plan, seal
from .shell import Shell, build_shell, run_cell

PICTURE = """
import matplotlib.pyplot as plt
figure, axes = plt.subplots(1, 2)
axes[0].plot([1, 2], [3, 4], 'o-', label='$x$')
axes[0].legend()
axes[0].set_title('a'), axes[0].grid(True)
axes[1].imshow([[1, 2], [3, 4]], cmap='RdBu')
"""
LAZY_MODULES = (
    "import numpy.fft, numpy.linalg, numpy.ma, numpy.polynomial, numpy.random, numpy.testing\n"
    "import asyncio, collections, copy, csv, dataclasses, functools, itertools, json, math, time"
)
WARM_CELLS = (
    LAZY_MODULES,
    "1 + 1",
    "print('a')\n!true",
    "%time None",
    "import numpy as np\nnp.eye(2)",
    PICTURE,
)


def main(text: str) -> None:
    """Warm up, say so, and serve until the grader hangs up."""
    plan = Plan.from_json(text)
    grader = socket.socket(fileno=plan.control)
    shell, modules = warm_up(plan), Given(FOLDER, plan.scratch)
    if plan.isolation != "none":
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    control.tell(grader, control.READY, os.getpid())
    Zygote(plan, grader, shell, modules).serve()


def warm_up(plan: Plan) -> Shell:
    """Build the shell and use once what is imported or computed on first use."""
    matplotlib.use(backend.NAME)
    outputs = Outputs(plan.output_bytes)
    shell = build_shell(outputs)
    for source in WARM_CELLS:
        status, told, _ = run_cell(
            shell, source, plan.outputs, failures.owner_of(plan.scratch, frozenset())
        )
        if status != "ran":
            raise SystemExit(f"the zygote cannot run {source!r}: {told}")
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    wire.decode(wire.encode({"a": [np.zeros(2)]})[wire.LENGTH_BYTES :])
    _forget_fonts()
    np.random.seed(0)  # forks inherit it: a regrade draws what the grading drew
    shell.reset(new_session=False)
    shell.execution_count = 0
    shell.outputs = Outputs(plan.output_bytes)
    return shell


def _forget_fonts() -> None:
    """Matplotlib does this in each fork, where every touched page has to be copied first."""
    fonts = vars(font_manager).get("_get_font")
    if fonts is not None:
        fonts.cache_clear()


class Zygote:
    """Forks on request and tells how the forks ended."""

    def __init__(self, plan: Plan, grader: socket.socket, shell: Shell, modules: Given) -> None:
        self._plan = plan
        self._grader = grader
        self._shell = shell
        self._modules = modules
        self._forks: set[int] = set()
        self._home = control.pidfd(os.getpid())
        self._wake, wake = socket.socketpair()
        self._wake.setblocking(False)
        wake.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.detach())

    def serve(self) -> None:
        """Answer requests until the control socket is closed, then take the forks along."""
        gc.freeze()  # a collection in a fork would copy every page it looks at
        gc.enable()  # off since the start: what is imported stays
        waiting = select.poll()
        for source in (self._grader, self._wake):
            waiting.register(source, select.POLLIN)
        while True:
            ready = [fd for fd, _ in waiting.poll()]
            if self._wake.fileno() in ready:
                self._reap()
            if self._grader.fileno() in ready and not self._start():
                for pid in self._forks:
                    os.kill(pid, signal.SIGKILL)
                return

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            self._wake.recv(4096)
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._forks.discard(pid)
                control.tell(self._grader, control.ENDED, pid, status)

    def _start(self) -> bool:
        message, pipes, _, _ = socket.recv_fds(self._grader, 4096, 2)
        if not message:
            return False
        pid = self._fork()
        if pid == 0:
            self._run(message.decode(), (pipes[0], pipes[1]))
        for pipe in pipes:
            os.close(pipe)
        self._forks.add(pid)
        control.tell(self._grader, control.STARTED, pid)
        return True

    def _fork(self) -> int:
        """Fork; with namespaces of its own the child is process 1 of a new pid namespace."""
        if self._plan.isolation != "bubblewrap" or self._home is None:
            return os.fork()
        kernel.unshare(kernel.CLONE_NEWPID)
        pid = os.fork()
        if pid:
            kernel.setns(self._home, kernel.CLONE_NEWPID)
        return pid

    def _run(self, scratch: str, pipes: tuple[int, int]) -> NoReturn:
        """The fork's whole life."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            pipes = self._sealed(scratch, pipes)
            sys.path.append(scratch)
            random.seed(0)  # Python seeds it anew in each fork; see warm_up
            most = self._plan.answer_bytes
            submission.converse(self._shell, self._modules, pipes, scratch, most)
        except EOFError:
            status = 0
        finally:
            os._exit(status)

    def _sealed(self, scratch: str, pipes: tuple[int, int]) -> tuple[int, int]:
        try:
            return seal(self._plan, scratch, pipes)
        except BaseException as problem:
            why = f"{type(problem).__name__}: {problem}"
            for answers in {pipes[1], 4}:
                with suppress(OSError):
                    os.write(answers, wire.encode(("unsealed", why)))
            raise


def start() -> None:
    """The entry point: the plan is the last argument."""
    warnings.simplefilter("default")
    main(sys.argv[-1])
