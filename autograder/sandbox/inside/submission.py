"""One submission, inside its fork: run the cells, then answer the calls, frame by frame.

The student shares this process and may patch anything in it. Nothing here is trusted: the
grader treats each frame as a claim about values and does all judging itself.
"""

import os
import sys
import warnings
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

from . import failures, named, standins, wire
from .outputs import Outputs, Stream
from .premade import Given
from .shell import Shell, run_cell
from .tree import Named, Tree

MAX_WARNINGS = 5
MAX_WARNING = 200
Write = Callable[[Tree], None]


def converse(
    shell: Shell, modules: Given, pipes: tuple[int, int], scratch: str, answer_bytes: int
) -> None:
    """Serve one conversation to its end; raises EOFError when the grader hangs up."""
    requests, answers = pipes
    read, write = _reader(requests), _writer(answers)
    write(("sealed",))
    job = wire.read_frame(read)
    given = frozenset(lay_files(job["files"], scratch, modules))
    owns = failures.owner_of(scratch, given)
    for number, source, wanted in job["cells"]:
        text = source.tobytes().decode("utf-8", "surrogatepass")
        write(("cell", number, *run_cell(shell, text, wanted, owns)))
    sys.stdout, sys.stderr = (Stream(name, Outputs(0)) for name in ("stdout", "stderr"))
    ask = standins.asker(read, write)
    for number in count():
        _, name, arguments, lent = wire.read_frame(read)
        with standins.lent(shell.user_ns, lent, ask):
            answer = answer_call(shell.user_ns.get(name), arguments, owns)
        try:
            write(("answer", number, *answer), answer_bytes)
        except Exception as problem:  # too large, or with methods of the student's that raise
            told: failures.Told = ("TooLarge", str(problem), [])
            write(("answer", number, "raised", None, told, *answer[3:]))


def lay_files(files: list[Any], scratch: str, modules: Given) -> list[str]:
    """Write the assignment's own files into the scratch folder; returns their names."""
    for name, array in files:
        content = array.tobytes()
        modules.adopt(name, content)
        path = os.path.join(scratch, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return [name for name, _ in files]


def answer_call(function: Any, arguments: Any, owns: failures.Owns) -> tuple[Any, ...]:
    """Make one call: (status, value, failure, changed positions, warnings)."""
    if function is None:
        return "missing", None, None, (), ()
    if not callable(function):
        kind = type(function).__name__[:80]
        return "missing", None, ("TypeError", f"the name holds a value of type {kind}", []), (), ()
    before = copied(arguments)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        status, value, told = _call(function, with_functions(arguments), owns)
    changed = _changed(arguments, before)
    return status, value, told, changed, _texts(seen)


def with_functions(tree: Any) -> Any:
    """Put functions in the places of their names, also within tuples."""
    if isinstance(tree, Named):
        return named.FUNCTIONS[tree.name]
    if isinstance(tree, tuple):
        return tuple(map(with_functions, tree))
    return tree


def copied(tree: Any) -> Any:
    """The same once more, as far as a call can change it."""
    if isinstance(tree, np.ndarray):
        return tree.copy()
    if isinstance(tree, list | tuple):
        return type(tree)(map(copied, tree))
    if isinstance(tree, dict):
        return {key: copied(part) for key, part in tree.items()}
    return tree


def same(left: Any, right: Any) -> bool:
    """Are two trees alike to the last bit?"""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        alike = left.dtype == right.dtype and left.shape == right.shape
        return bool(alike and left.tobytes() == right.tobytes())
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


def _call(function: Any, arguments: Any, owns: failures.Owns) -> tuple[str, Any, Any]:
    try:
        return "returned", function(*arguments), None
    except NotImplementedError as problem:
        return "unstarted", None, failures.tell(problem, owns)
    except BaseException as problem:  # SystemExit and KeyboardInterrupt are failures as well
        return "raised", None, failures.tell(problem, owns)


def _changed(left: Any, right: Any) -> tuple[int, ...]:
    pairs = enumerate(zip(left, right, strict=True))
    return tuple(place for place, (one, other) in pairs if not same(one, other))


def _texts(seen: list[warnings.WarningMessage] | None) -> tuple[str, ...]:
    try:
        texts = [f"{entry.category.__name__}: {entry.message}" for entry in seen or []]
    except BaseException:  # a warning of the student's own making
        return ()
    return tuple(text[:MAX_WARNING] for text in dict.fromkeys(texts))[:MAX_WARNINGS]


def _reader(descriptor: int, read: Callable[[int, int], bytes] = os.read) -> wire.Reader:
    here = bytearray()

    def read_exactly(size: int, /) -> bytes:
        while len(here) < size:
            part = read(descriptor, 2**18)
            if not part:
                raise EOFError
            here.extend(part)
        content = bytes(here[:size])
        del here[:size]
        return content

    return read_exactly


def _writer(descriptor: int, send: Callable[[int, bytes], int] = os.write) -> Any:
    def write(tree: Tree, max_bytes: int = wire.MAX_FRAME_BYTES) -> None:
        frame = memoryview(wire.encode(tree))
        if len(frame) > max_bytes:
            raise wire.FrameError(f"the value takes {len(frame)} bytes, more than {max_bytes}")
        while frame:
            frame = frame[send(descriptor, bytes(frame[: 2**16])) :]

    return write
