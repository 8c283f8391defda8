"""Frames of plain data between the grader and the sandbox: no pickle, nothing executable.

A frame is ``length (8 bytes, little endian) | header length (4) | JSON header | raw buffers``.
The header is a tree of tagged nodes; an array's node gives dtype, shape and where its bytes start,
a long text's its length and the same. What `decode` accepts, `encode` can send again.

What crosses is a tree (tree.py). This file runs on both sides of the trust line, so it imports
nothing but numpy, the tree and what makes values plain.
"""

import json
import math
from typing import Any, Protocol

import numpy as np

from .plain import plain
from .tree import Foreign, Named, Tree

LENGTH_BYTES = 8
HEADER_LENGTH_BYTES = 4
MAX_FRAME_BYTES = 64 * 2**20
MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_HEADER_BYTES = 21 * MAX_NODES  # a number takes 20 at most
HEADER_WEIGHT = 12
"""A byte of a header may become so many bytes of Python objects, and no more: `[],` is a list."""
LONG_TEXT = 64
"""Characters. Longer texts travel beside the header, where a byte stays a byte."""
PLAIN_INTEGERS = 2**53
"""JSON has no bound on integers, float64 has: beyond this, hexadecimal keeps every digit."""
MAX_INTEGER_BITS = 1023  # no float64 holds a larger one, and who judges an answer could but raise
FLOATS = ("float16", "float32", "float64")
INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
DTYPES = {name: np.dtype(name) for name in ("bool", *INTEGERS, *FLOATS)}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
"""numpy's own `dtype.name` is put together anew each time it is asked for."""
AS_THEY_ARE = frozenset((str, float, bool, type(None)))
"""What stands for itself in a header, whatever its value."""
IN_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
FROM_JSON = json.JSONDecoder().decode


class FrameError(Exception):
    """The bytes are no well-formed frame, or the value does not fit in one."""


class Reader(Protocol):
    """What `read_frame` reads from: returns exactly `size` bytes or raises FrameError."""

    def __call__(self, size: int, /) -> bytes:
        """Read."""
        ...


def encode(tree: Tree) -> bytes:
    """Turn a tree into one frame."""
    buffers: list[bytes] = []
    node = _node(tree, buffers, _Budget())
    header = _in_bytes(IN_JSON(node))
    body = b"".join([len(header).to_bytes(HEADER_LENGTH_BYTES, "little"), header, *buffers])
    if len(header) > MAX_HEADER_BYTES:
        raise FrameError("the value has too many parts")
    if len(body) > MAX_FRAME_BYTES:
        raise FrameError(f"the value takes {len(body)} bytes, more than {MAX_FRAME_BYTES}")
    return len(body).to_bytes(LENGTH_BYTES, "little") + body


def read_frame(read: Reader, max_bytes: int = MAX_FRAME_BYTES) -> Any:
    """Read one frame with `read` and decode it; raises FrameError on anything unexpected."""
    length = int.from_bytes(read(LENGTH_BYTES), "little")
    if not HEADER_LENGTH_BYTES <= length <= max_bytes:
        raise FrameError(f"a frame announces {length} bytes, allowed are {max_bytes}")
    return decode(read(length))


def decode(body: bytes) -> Any:
    """Decode a frame's body (without its length prefix); raises FrameError."""
    size = _header_bytes(body)
    start = HEADER_LENGTH_BYTES + size
    if size > MAX_HEADER_BYTES or start > len(body):
        raise FrameError("the header does not fit in its frame")
    try:
        header = FROM_JSON(_in_words(body[HEADER_LENGTH_BYTES:start]))
        budget = _Budget()
        budget.spend(0)
        return _value(header, memoryview(body)[start:], budget, 0)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as problem:
        raise FrameError(f"the frame is malformed: {type(problem).__name__}") from None


def weight(body: bytes) -> int:
    """How many bytes of memory the tree in a frame's body may take, at most."""
    return len(body) + HEADER_WEIGHT * min(_header_bytes(body), len(body))


def _header_bytes(body: bytes) -> int:
    return int.from_bytes(body[:HEADER_LENGTH_BYTES], "little")


def _in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _in_words(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


class _Budget:
    """Counts nodes and bytes, so that a small frame cannot stand for a large tree.

    A list that holds itself, or a thousand arrays on one buffer, end in an error.
    """

    def __init__(self) -> None:
        self.left = MAX_NODES
        self.taken = 0

    def spend(self, depth: int, nodes: int = 1) -> None:
        self.left -= nodes
        if nodes and (self.left < 0 or depth > MAX_DEPTH):
            raise FrameError("the value is nested too deeply or has too many parts")

    def place(self, size: int) -> int:
        """Where the next `size` bytes stand: buffers follow each other without gaps."""
        self.taken += size
        return self.taken - size


def _node(tree: Any, buffers: list[bytes], budget: _Budget, depth: int = 0) -> Any:
    """Describe `tree` as JSON; array bytes are appended to `buffers`. Plain data only."""
    budget.spend(depth)
    if type(tree) is np.ndarray and tree.dtype in NAMES:
        return _array_node(tree, buffers, budget)
    tree = plain(tree)
    kind = type(tree)
    if tree is None or kind is bool:
        return tree
    if kind is str:
        return tree if len(tree) <= LONG_TEXT else _text_node(tree, buffers, budget)
    if kind is int:
        if abs(tree) < PLAIN_INTEGERS:
            return tree
        small = tree.bit_length() <= MAX_INTEGER_BITS
        return {"int": hex(tree)} if small else {"foreign": "int"}
    if kind is float:
        return tree if math.isfinite(tree) else {"float": repr(tree)}
    if kind is np.ndarray or isinstance(tree, np.generic):
        return _array_node(np.asarray(tree), buffers, budget)
    if kind in (list, tuple):
        return {kind.__name__: [_node(part, buffers, budget, depth + 1) for part in list(tree)]}
    if kind is dict:
        parts = [[key, _node(part, buffers, budget, depth + 1)] for key, part in tree.items()]
        return {"dict": parts}
    if kind is Named:
        return {"named": tree.name}
    return {"foreign": tree.type_name if kind is Foreign else str(kind.__name__)[:80]}


def _text_node(text: str, buffers: list[bytes], budget: _Budget) -> Any:
    buffers.append(_in_bytes(text))
    size = len(buffers[-1])
    return {"text": [size, budget.place(size)]}


def _array_node(array: np.ndarray, buffers: list[bytes], budget: _Budget) -> Any:
    if array.nbytes > MAX_FRAME_BYTES:
        raise FrameError(f"the value takes {array.nbytes} bytes, more than {MAX_FRAME_BYTES}")
    name = NAMES.get(array.dtype)
    if name is None:
        native = array.dtype.newbyteorder("=")
        if native in NAMES:  # of another byte order: the same numbers
            return _array_node(array.astype(native), buffers, budget)
        if array.dtype.kind == "f":  # of more digits than float64
            return _array_node(array.astype(np.float64), buffers, budget)
        return {"foreign": f"array of {array.dtype.name}"[:80]}
    buffers.append(np.ascontiguousarray(array).tobytes())
    return {"array": [name, list(array.shape), budget.place(array.nbytes)]}


def _value(node: Any, buffers: memoryview, budget: _Budget, depth: int) -> Tree:
    """What a node stands for, which is counted already."""
    if not isinstance(node, dict):
        if isinstance(node, list):
            raise ValueError("a bare list")
        if type(node) is int and abs(node) >= PLAIN_INTEGERS:
            raise ValueError("a bare large integer")
        return node
    ((tag, content),) = node.items()
    if tag in ("list", "tuple"):
        parts = _values(content, buffers, budget, depth + 1)
        return parts if tag == "list" else tuple(parts)
    if tag == "dict":
        budget.spend(depth + 1, len(content))
        return {_word(key): _value(part, buffers, budget, depth + 1) for key, part in content}
    if tag == "array":
        return _array(content, buffers, budget)
    if tag == "text":
        size, offset = content
        return _in_words(bytes(_taken(size, offset, buffers, budget)))
    if tag == "int":
        return _integer(content)
    if tag == "float":
        return float(content)
    if tag == "named":
        return Named(_word(content))
    if tag == "foreign":
        return Foreign(_word(content)[:80])
    raise ValueError(f"unknown tag {tag!r}")


def _values(nodes: Any, buffers: memoryview, budget: _Budget, depth: int) -> list[Tree]:
    budget.spend(depth, len(nodes))
    return [
        node if type(node) in AS_THEY_ARE else _value(node, buffers, budget, depth)
        for node in nodes
    ]


def _word(content: Any) -> str:
    if type(content) is not str:
        raise ValueError("a name that is not text")
    return content


def _integer(content: Any) -> int:
    if len(content) <= MAX_INTEGER_BITS // 4 + 4:  # sign and 0x
        number = int(content, 16)
        if number.bit_length() <= MAX_INTEGER_BITS:
            return number
    raise ValueError("an integer too large")


def _array(content: Any, buffers: memoryview, budget: _Budget) -> np.ndarray:
    name, shape, offset = content
    if name not in DTYPES or len(shape) > 32 or any(type(n) is not int or n < 0 for n in shape):
        raise ValueError("no such array")
    dtype = DTYPES[name]
    content = _taken(math.prod(shape) * dtype.itemsize, offset, buffers, budget)
    array: np.ndarray = np.frombuffer(content, dtype).reshape(shape).copy()
    return array


def _taken(size: int, offset: int, buffers: memoryview, budget: _Budget) -> memoryview:
    """Buffers follow each other as their nodes do, so that each byte is copied once."""
    if type(size) is not int or type(offset) is not int or size < 0:
        raise ValueError("no such place")
    if offset != budget.place(size) or budget.taken > len(buffers):
        raise ValueError("the bytes are not where they must be")
    return buffers[offset : budget.taken]
