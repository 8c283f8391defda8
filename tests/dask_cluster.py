"""A real Dask cluster on the loopback, each part a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

Process = subprocess.Popen[bytes]
START_SECONDS = 30


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[Process]]]:
    """A scheduler and its workers: (address, the workers' processes)."""
    facts, place = folder / "scheduler.json", ("--host", "127.0.0.1")
    with ExitStack() as stack:
        stack.enter_context(dask("scheduler", *place, "--port", 0, "--scheduler-file", facts))
        _await(facts)
        address = json.loads(facts.read_text())["address"]
        options = ("--nthreads", 1, "--no-nanny", *place, "--local-directory", folder)
        yield (
            address,
            [stack.enter_context(dask("worker", address, *options)) for _ in range(workers)],
        )


@contextmanager
def dask(
    program: str, *words: object, environment: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """One of Dask's own programs, ended with the block."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{program}",
            *map(str, words),
            "--no-dashboard",
        ],
        env={**os.environ, **(environment or {})},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _await(path: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not path.exists() or not path.read_text():
        assert time.monotonic() < until, f"{path} did not come"
        time.sleep(0.02)
