"""Whatever is in a file, a frame or a value: a clean answer, never an exception.

A short run each time; 100,000 inputs in `make nightly`.
"""

import json
import warnings

import nbformat
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import Misuse
from autograder.exercise.answers import Answers, answer
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.plain_data import Foreign, Named
from autograder.extract.extract import read_release, read_submission
from autograder.extract.release import Release
from autograder.judge.score import score_exercise
from autograder.records import CallOutcome, Submission
from autograder.sandbox import claims
from autograder.sandbox.endings import Ended
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.wire import FrameError
from autograder.settings import Marking
from tests.hostile.attack import ASSIGNMENT
from tests.sandbox.test_wire import trees

SHORT, LONG = 40, 20_000
"""Inputs per test; five tests make 100,000."""
AS_IT_IS = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
RUNS = pytest.mark.parametrize(
    "inputs", [SHORT, pytest.param(LONG, marks=pytest.mark.nightly)], ids=["short", "long"]
)

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
jsons = st.recursive(
    plain,
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=12), part, max_size=4)
    ),
    max_leaves=20,
)
nodes = st.recursive(
    plain,
    lambda part: (
        st.fixed_dictionaries({}, optional=dict.fromkeys(("list", "tuple", "dict", "int"), part))
        | st.builds(lambda tag, content: {tag: content}, st.sampled_from(
            ("list", "tuple", "dict", "array", "int", "float", "named", "foreign")), part)
        | st.tuples(st.sampled_from(sorted(wire.DTYPES)), st.lists(st.integers(-1, 9), max_size=3),
                    st.integers(-8, 99)).map(lambda array: {"array": list(array)})
        | st.lists(part, max_size=4)
    ),
    max_leaves=20,
)  # fmt: skip
EXTREMES = (
    None, 2**4000, -(2**70), float("nan"), float("-inf"), 1e308, 5e-324, "0.5", "\ud800", True,
    Foreign("\ud800"), Foreign("complex"), Named("sum_of_squares"), [], (), {}, {"\ud800": 1},
    np.float16(6e4), np.uint64(2**64 - 1), np.zeros(0), np.zeros((0, 3)), np.full((3, 4), np.nan),
    np.full(5, 1e308), np.full(7, np.inf), [np.zeros(2), np.zeros(3)], [[1.0], [2.0, 3.0]],
)  # fmt: skip


@pytest.fixture(scope="module")
def release() -> Release:
    """A real one."""
    return read_release(ASSIGNMENT)


def read(content: bytes, release: Release, folder) -> Submission:
    path = folder / f"{ASSIGNMENT}.ipynb"
    path.write_bytes(content)
    return read_submission(path, student="ada", release=release)


def clean(found: Submission) -> None:
    """A reason, or a notebook that can be saved."""
    assert bool(found.problem) != bool(found.cells)
    json.dumps([found.problem, found.repairs]).encode()
    if found.cells:
        nbformat.validate(found.notebook)
        nbformat.writes(found.notebook).encode()


@RUNS
def test_any_bytes_are_a_reason(inputs, release, tmp_path):
    """Bytes from nowhere, and a notebook with some of its bytes changed."""
    good = (json.dumps(release.notebook)).encode()

    @settings(max_examples=inputs, **AS_IT_IS)
    @given(st.binary(max_size=99), st.integers(0, len(good) - 1), st.integers(0, 99))
    def fuzz(some, place, length):
        clean(read(some, release, tmp_path))
        clean(read(good[:place] + some + good[place + length :], release, tmp_path))

    fuzz()


@RUNS
def test_any_value_in_any_place_of_a_notebook(inputs, release, tmp_path):
    """The release notebook with parts replaced, removed or doubled."""
    text = json.dumps(release.notebook)

    @settings(max_examples=inputs, **AS_IT_IS)
    @given(st.data())
    def fuzz(data):
        notebook = json.loads(text)
        for _ in range(data.draw(st.integers(1, 3))):
            change(notebook, data)
        clean(read(json.dumps(notebook).encode(), release, tmp_path))

    fuzz()


def change(node, data) -> None:
    """Walk to some place, and put something else there."""
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        deeper = isinstance(node[place], dict | list) and data.draw(st.integers(0, 3))
        if not deeper:
            break
        node = node[place]
    if data.draw(st.booleans()):
        node[place] = data.draw(jsons)
    elif isinstance(node, list):
        node.append(node[place])
    else:
        del node[place]


@RUNS
def test_any_frame_is_a_tree_or_an_error(inputs):
    """Random bytes, and headers that are nearly right; a tree that comes out is no bomb."""

    @settings(max_examples=inputs, **AS_IT_IS)
    @given(nodes, st.binary(max_size=64), st.binary(max_size=200))
    def fuzz(header, buffers, garbage):
        text = json.dumps(header).encode()
        made = len(text).to_bytes(wire.HEADER_LENGTH_BYTES, "little") + text + buffers
        for body in (made, garbage):
            try:
                tree = wire.decode(body)
            except FrameError:
                continue
            assert size_of(tree) <= len(body)
            wire.encode(tree)

    fuzz()


def size_of(tree) -> int:
    """Bytes of all arrays together."""
    if isinstance(tree, np.ndarray):
        return tree.nbytes
    parts = (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ()
    )
    return sum(map(size_of, parts))


@RUNS
def test_any_claim_is_an_outcome_or_ends_the_conversation(inputs):
    """And what is kept of it can be written."""
    words = st.sampled_from(["cell", "answer", "ran", "raised", "returned", "missing", 0, 1])
    claimed = trees | st.lists(words | trees, min_size=5, max_size=7).map(tuple)

    @settings(max_examples=inputs, **AS_IT_IS)
    @given(claimed)
    def fuzz(claim):
        for judge in (
            lambda: claims.cell_outcome(claim, 0, 99),
            lambda: claims.call_outcome(claim, 0),
        ):
            try:
                outcome = judge()
            except Ended:
                continue
            str(outcome.failure).encode()

    fuzz()


@RUNS
def test_any_value_can_be_judged(inputs):
    """Odd values, and right ones with a twist, in place of every exercise's results."""
    keys = [key for name in released() for key in answers_of(name)]

    @settings(max_examples=inputs, **AS_IT_IS)
    @given(st.data())
    def fuzz(data):
        key = data.draw(st.sampled_from(keys))
        outcomes = {
            call.key: CallOutcome(
                "returned", crossed(data.draw(near(key.wants[call.key[1]][call.key[2]])))
            )
            for call in key.calls
        }
        report = score_exercise(key, outcomes, Marking())
        assert 0 <= report.score <= report.points
        json.dumps(str(report), ensure_ascii=False).encode()

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what staff would see on a terminal
        fuzz()


def released() -> list[str]:
    """Assignments that this checkout can load."""
    found = []
    for name in assignment_names():
        try:
            load_assignment(name)
        except Misuse:
            continue
        found.append(name)
    return found


def answers_of(assignment: str) -> list[Answers]:
    secret = b"the secret that fuzzing uses"
    return [answer(exercise, secret, 5) for exercise in load_assignment(assignment).exercises]


def crossed(tree):
    """As it arrives from the sandbox."""
    return wire.decode(wire.encode(tree)[wire.LENGTH_BYTES :])


def near(want):
    """Values like the right one: scaled, turned, cast, listed, damaged."""
    odd = st.sampled_from(EXTREMES) | trees
    if isinstance(want, tuple | list):
        return st.tuples(*map(near, want)).map(type(want)) | odd
    if isinstance(want, dict):
        return st.fixed_dictionaries({key: near(value) for key, value in want.items()}) | odd
    if isinstance(want, str):
        return st.just(want) | odd
    array = np.asarray(want, float)
    with np.errstate(all="ignore"):
        turned = (array, array.T, array[None], array[..., None], array.ravel(), array.tolist())
        scaled = (-array, array * 1e308, array * np.nan, array / 3, np.round(array, 2), array * 0)
        cast = (array.astype(np.float16), array.astype(np.int8), array > 0, [array] * 3)
    return st.sampled_from((*turned, *scaled, *cast)) | odd
