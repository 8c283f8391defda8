"""The reference process: it computes right values for whatever arguments a student chose.

It holds the reference functions and nothing else (no secret, no hidden inputs), and its limits
are its own: where an answer takes too much, the process ends or refuses, and nobody else notices.
"""

import importlib.util
import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import numpy as np

from autograder.exercise.load import enter
from autograder.exercise.plain_data import Tree
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.standins import scalars

REFUSED = ("refused", None)


def main(text: str) -> None:
    """Answer questions on standard input until it closes; `text` is the plan, as JSON."""
    plan = json.loads(text)
    enter(Path(plan["course"]))
    functions = load(plan["functions"])
    limit(plan["memory_bytes"])
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    answers = sys.stdout.buffer
    send(answers, ("ready", None))
    while question := read_question(sys.stdin.buffer):
        limit_cpu(plan["cpu_seconds"])
        send(answers, answer(functions, question, plan["value_bytes"]))


def load(places: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Load functions by name from {name: (file, name in the file)}."""
    modules = {path: _module(path) for path, _ in places.values()}
    return {name: getattr(modules[path], its) for name, (path, its) in places.items()}


def limit(memory_bytes: int) -> None:
    """No files, no core dumps, and no more than so much memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def limit_cpu(seconds: int) -> None:
    """Let the process compute for so much longer; then the kernel ends it."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, most))


def read_question(requests: BinaryIO) -> Any:
    """The next (name, arguments, named arguments); None when the grader has hung up."""
    try:
        return wire.read_frame(lambda size: _exactly(requests, size))
    except EOFError:
        return None


def answer(functions: dict[str, Any], question: Any, value_bytes: int) -> Tree:
    """Compute one value. Whatever goes wrong with a student's arguments is a refusal."""
    name, arguments, named = question
    try:
        value = functions[name](*scalars(arguments), **scalars(named))
        fits = len(wire.encode(value)) <= value_bytes
    except Exception:
        return REFUSED
    return ("value", value) if fits else REFUSED


def send(answers: BinaryIO, tree: Tree) -> None:
    """Write one frame."""
    answers.write(wire.encode(tree))
    answers.flush()


def _module(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(os.path.basename(path).removesuffix(".py"), path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _exactly(requests: BinaryIO, size: int) -> bytes:
    part = requests.read(size)
    if len(part) < size:
        raise EOFError
    return part
