"""The wire: what goes in comes out, and garbage is an error and nothing else."""

import json
import math
import struct
import time
import tracemalloc
from collections import OrderedDict, defaultdict, deque, namedtuple
from enum import IntEnum
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.exercise.plain_data import Foreign, Named
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.submission import same
from autograder.sandbox.inside.wire import FrameError

arrays = hnp.arrays(
    st.sampled_from(sorted(wire.DTYPES)).map(np.dtype),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | arrays
    | st.builds(Named, st.text(max_size=8))
)
trees = st.recursive(
    leaves,
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), parts, max_size=4)
    ),
    max_leaves=12,
)


def round_trip(tree):
    return wire.decode(wire.encode(tree)[wire.LENGTH_BYTES :])


def body(header, buffers=b""):
    text = json.dumps(header).encode()
    return len(text).to_bytes(wire.HEADER_LENGTH_BYTES, "little") + text + buffers


@settings(max_examples=150, deadline=None)
@given(trees)
def test_a_tree_comes_back_as_it_was(tree):
    """Types, dtypes, shapes and every bit survive."""
    assert same(round_trip(tree), tree)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_garbage_is_a_frame_error(garbage):
    """No bytes at all make `decode` raise anything but FrameError."""
    try:
        wire.decode(garbage)
    except FrameError:
        return
    size = int.from_bytes(garbage[:4], "little")
    json.loads(garbage[4 : 4 + size])  # what is accepted had at least a JSON header


@settings(max_examples=300, deadline=None)
@given(trees, st.data())
def test_a_damaged_frame_is_decoded_or_refused(tree, data):
    """One changed byte gives another tree or a FrameError, never another exception."""
    frame = bytearray(wire.encode(tree)[wire.LENGTH_BYTES :])
    place = data.draw(st.integers(0, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))
    try:
        wire.decode(bytes(frame))
    except FrameError:
        return
    assert len(frame) >= wire.HEADER_LENGTH_BYTES


@pytest.mark.parametrize(
    "header",
    [
        [1, 2],
        {"array": ["float64", [2], 0]},
        {"array": ["float64", [-1], 0]},
        {"array": ["float64", [0, 2**70], 0]},
        {"array": ["object", [1], 0]},
        {"array": [["float64"], [1], 0]},
        {"array": ["uint8", [1], -1]},
        {"array": ["uint8", [1], 0.0]},
        {"array": ["uint8", [1] * 33, 0]},
        {"list": 3},
        {"dict": [["a"]]},
        {"int": "no number"},
        {"int": 3},
        {"float": [1]},
        {"text": [9, 0]},
        {"text": [-1, 0]},
        {"text": [1, 1]},
        {"text": 3},
        {"foreign": [1]},
        {"named": {"dict": []}},
        {"dict": [[1, 2]]},
        {"pickle": "x"},
        {"list": [], "tuple": []},
        {},
    ],
)
def test_a_header_that_lies_is_refused(header):
    """Bare lists, arrays outside their frame, unknown tags."""
    with pytest.raises(FrameError):
        wire.decode(body(header, b"12345678"))


def test_deep_nesting_is_refused_on_both_sides():
    """A list that holds itself ends in an error, and so does its like on the wire."""
    loop: list = []
    loop.append(loop)
    with pytest.raises(FrameError):
        wire.encode(loop)
    header = b'{"list":[' * 50_000 + b"1" + b"]}" * 50_000
    with pytest.raises(FrameError):
        wire.decode(len(header).to_bytes(4, "little") + header)


def test_too_many_parts_are_refused_on_both_sides():
    """The count of nodes is bounded whatever the shape."""
    with pytest.raises(FrameError):
        wire.encode([0] * (wire.MAX_NODES + 1))
    with pytest.raises(FrameError):
        wire.decode(body({"list": [0] * (wire.MAX_NODES + 1)}))


def test_an_announced_length_beyond_the_cap_is_refused_unread():
    """Nothing is read for a frame that is too long."""
    left = struct.pack("<Q", 2**40)

    def read(size):
        assert size == wire.LENGTH_BYTES
        return left

    with pytest.raises(FrameError):
        wire.read_frame(read)


def test_what_is_no_plain_data_crosses_as_the_name_of_its_type():
    """Objects, complex and structured arrays, and huge integers become Foreign."""
    values = [
        object(),
        np.array([1j]),
        np.array([None]),
        {1: 2},
        2**5000,
        2**1023,
        np.ma.array(1),
    ]
    came = round_trip(values)
    assert all(type(value) is Foreign for value in came)
    assert came[0].type_name == "object"
    assert "complex128" in came[1].type_name


def test_every_integer_that_crosses_is_a_float_too():
    """Whoever judges an answer makes floats of it, and must not raise."""
    largest = 2**1023 - 1
    assert round_trip([largest, -largest]) == [largest, -largest]
    assert np.isfinite(np.asarray([largest, -largest], np.float64)).all()
    forged = wire.encode([2**1023 - 1]).replace(b"0x7f", b"0xff")
    with pytest.raises(FrameError):
        wire.decode(forged[wire.LENGTH_BYTES :])


Gradients = namedtuple("Gradients", "dW db")


@pytest.mark.parametrize(
    ("value", "same"),
    [
        (OrderedDict(a=1, b=(2,)), {"a": 1, "b": (2,)}),
        (defaultdict(list, a=[1]), {"a": [1]}),
        (MappingProxyType({"a": 1}), {"a": 1}),
        (Gradients(1.5, [2]), (1.5, [2])),
        (deque([1, 2]), [1, 2]),
        (range(3), [0, 1, 2]),
        ({"a": 1}.values(), [1]),
        (IntEnum("Size", "N")(1), 1),
    ],
)
def test_other_containers_cross_as_the_plain_ones(value, same):
    came = round_trip(value)
    assert came == same
    assert type(came) is type(same)


def test_other_arrays_cross_as_plain_ones():
    pair = np.array([[1.0, 2.0]])
    for value in (pair.view(np.matrix), pair.astype(np.longdouble)):
        came = round_trip(value)
        assert type(came) is np.ndarray
        assert came.tolist() == [[1.0, 2.0]]
    ragged = np.empty(2, dtype=object)
    ragged[:] = [np.ones(2), np.ones((3, 1))]
    assert [part.shape for part in round_trip(ragged)] == [(2,), (3, 1)]


def lying(base):
    """A subclass whose own methods all lie, and say when they are asked."""
    asked = []

    def lie(name):
        def method(self, *arguments):
            asked.append(name)
            return base.__new__(base)

        return method

    names = ("__iter__", "__len__", "__getitem__", "__float__", "__index__", "__add__", "__str__")
    methods = {name: lie(name) for name in (*names, "__eq__", "__array__", "items", "keys", "view")}
    return type("Lying", (base,), {**methods, "__hash__": lambda self: 0}), asked


@pytest.mark.parametrize("content", [{"a": 1.5}, [1.5, 2], (1.5, 2), "text", 7, 2.5])
def test_what_crosses_is_what_is_stored_whatever_a_subclass_says_of_itself(content):
    kind, asked = lying(type(content))
    came = round_trip(kind(content))
    assert came == content
    assert type(came) is type(content)
    assert asked == []


def test_an_array_subclass_is_not_asked_either():
    kind, asked = lying(np.ndarray)
    assert round_trip(np.ones(2).view(kind)).tolist() == [1.0, 1.0]
    assert asked == []


def test_nan_and_infinities_cross():
    """As scalars and within arrays."""
    nan, plus, minus = round_trip([math.nan, math.inf, -math.inf])
    assert math.isnan(nan)
    assert (plus, minus) == (math.inf, -math.inf)
    assert np.isnan(round_trip(np.array([np.nan]))[0])


def test_numpy_scalars_become_arrays_without_axes():
    """A float64 scalar and a 0-d array are the same on the wire."""
    assert round_trip(np.float64(2.5)).shape == ()


def test_numbers_of_another_byte_order_are_the_same_numbers():
    """As files in network order give them."""
    came = round_trip(np.array([1.5, -2.0], dtype=">f8"))
    assert came.dtype == np.float64
    assert came.tolist() == [1.5, -2.0]


def test_half_characters_do_not_break_the_wire():
    """A lone surrogate is a valid Python string."""
    assert round_trip("\ud800") == "\ud800"


def test_a_value_that_is_too_large_is_refused():
    """Without being copied first."""
    with pytest.raises(FrameError):
        wire.encode(np.broadcast_to(np.zeros(1), (10**6, 10**6)))


@pytest.mark.parametrize("text", ["long " * 20, "😀" * 10**6, "\ud83d" * 100, "\x00" * 10**6])
def test_a_long_text_takes_its_own_bytes(text):
    """No escapes: what prints a megabyte sends a megabyte."""
    assert round_trip([text, np.ones(2), text])[0] == text
    assert len(wire.encode(text)) < len(text.encode("utf-8", "surrogatepass")) + 100


def encoding_seconds(count):
    """The least of three, so that a busy machine tells nothing."""
    value, seconds = [np.zeros(1)] * count, []
    for _ in range(3):
        started = time.process_time()
        wire.encode(value)
        seconds.append(time.process_time() - started)
    return min(seconds)


def test_encoding_takes_time_in_proportion():
    """Sixteen times the arrays, about sixteen times as long, and not 256 times."""
    assert encoding_seconds(32_000) < 64 * encoding_seconds(2_000)


HEAVY = {
    "lists": ('{"list":[', '{"list":[]}', "]}"),
    "dicts of one": ('{"list":[', '{"dict":[["",0]]}', "]}"),
    "names": ('{"list":[', '{"named":"é"}', "]}"),
    "arrays": ('{"list":[', '{"array":["bool",[0],0]}', "]}"),
    "texts": ('{"list":[', '{"text":[0,0]}', "]}"),
    "floats": ('{"list":[', "1e5", "]}"),
    "keys": ('{"dict":[', '["a%d",0]', "]}"),
    "one wide character": ('"😀', "a" * 20, '"'),
}


@pytest.mark.parametrize("shape", HEAVY)
def test_a_tree_is_no_heavier_than_its_frame_says(shape):
    """`weight` bounds what stays in memory, for the shapes that are worst."""
    start, part, end = HEAVY[shape]
    parts = [part.replace("%d", str(n)) for n in range(min(45_000, 2_000_000 // len(part)))]
    text = (start + ("" if end == chr(34) else ",").join(parts) + end).encode()
    frame = len(text).to_bytes(wire.HEADER_LENGTH_BYTES, "little") + text
    tracemalloc.start()
    tree = wire.decode(frame)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert tree
    assert kept < wire.weight(frame)
    assert peak < 3 * wire.weight(frame)
