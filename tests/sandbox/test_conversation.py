"""Whatever a fork sends, whenever it sends it: an outcome, and never a fault of the grader.

The fork is played here: frames that are nearly right, in any order, with questions to the
stand-ins and raw bytes in between. A short run each time; 100,000 inputs in `make nightly`.
"""

import json
import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.records import Call, Cell, Job
from autograder.sandbox.conversation import converse
from autograder.sandbox.inside import wire
from autograder.sandbox.lending import Broken, Lender, Refused
from autograder.sandbox.worker import Fork, in_words
from autograder.settings import AskLimits
from tests.sandbox.test_fuzz import AS_IT_IS, nodes
from tests.sandbox.test_wire import body, trees
from tests.sandboxes import SHORT

RUNS = pytest.mark.parametrize(
    "inputs", [60, pytest.param(100_000, marks=pytest.mark.nightly)], ids=["short", "long"]
)
LENT = ("sigmoid", "softmax")
LIMITS = replace(SHORT, answer_bytes=2**12, output_bytes=2**12)
JOB = Job(
    cells=(Cell("1", "extra"), Cell("2", "solution")),
    calls=tuple(Call(name, (1.0,), lent=LENT) for name in ("f", "g", "f")),
)
MANY_EMOJI = "😀" * 200_000


@dataclass
class Played:
    """A worker whose forks say what was written down for them, and then hang up."""

    scripts: list[bytes]
    open_files: list = field(default_factory=list)

    def fork(self) -> Fork:
        """The next one; when all have spoken, they are silent."""
        said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the fork
        said.write(self.scripts.pop(0) if self.scripts else b"")
        said.seek(0)
        answers = os.dup(said.fileno())
        said.close()
        heard = os.open(os.devnull, os.O_WRONLY)
        return Silent(pid=0, pidfd=None, requests=heard, answers=answers, scratch=None)

    def how_ended(self, _: Fork) -> str:
        """Nobody knows."""
        return "it ended"


class Silent(Fork):
    """There is no process to stop."""

    def close(self) -> None:
        """Let go of the pipes."""
        os.close(self.requests)
        os.close(self.answers)


def frame(tree) -> bytes:
    """A frame as a hostile process writes it: whatever its size."""
    try:
        return wire.encode(tree)
    except wire.FrameError:
        return raw({"tuple": ["odd"]})


def fill(spoken: list[list[Callable[[], bytes]]]) -> list[bytes]:
    """What each fork says, and enough forks for every cell and every call to end.

    A seal comes before student code. Frames are written here, not where they are drawn: hypothesis
    keeps what it drew, and 50,000 conversations with large texts in them are gigabytes.
    """
    return [*(b"".join(write() for write in frames) for frames in spoken), *[SEALED] * 9]


def raw(header, buffers=b"") -> bytes:
    made = body(header, buffers)
    return len(made).to_bytes(wire.LENGTH_BYTES, "little") + made


words = st.sampled_from(
    ["cell", "answer", "ask", "ran", "raised", "returned", "missing", "unstarted", *LENT, ""]
)
odd = trees | words | st.integers(-2, 4) | st.just(MANY_EMOJI) | st.just(np.zeros(2_000))
failures = st.none() | st.tuples(odd, odd, st.lists(odd, max_size=2))
streams = st.fixed_dictionaries({"output_type": words | st.just("stream"), "text": odd})
cells = st.tuples(st.just("cell"), st.integers(0, 2), words, failures, st.lists(streams | odd))
answers = st.tuples(
    st.just("answer"), st.integers(0, 3), words, odd, failures, st.lists(odd), st.lists(odd)
)
asks = st.tuples(
    st.just("ask"),
    words | odd,
    st.lists(odd, max_size=3).map(tuple) | odd,
    st.dictionaries(st.text(max_size=5), odd, max_size=2) | odd,
)
frames = (
    (cells | answers | asks | odd).map(lambda tree: partial(frame, tree))
    | nodes.map(lambda header: partial(raw, header))
    | st.binary(max_size=30).map(lambda content: partial(bytes, content))
    | st.sampled_from([("sealed",), ("cell", 0, "ran", None, [])]).map(
        lambda tree: partial(frame, tree)
    )
)
SEALED = frame(("sealed",))
RAN = b"".join(frame(("cell", number, "ran", None, [])) for number in range(2))
starts = st.sampled_from([SEALED, SEALED + RAN]).map(lambda content: partial(bytes, content))
scripts = st.lists(
    st.builds(lambda start, rest: [start, *rest], starts, st.lists(frames, max_size=6)),
    max_size=4,
)


def knows_something(name, arguments, named, _left):
    """A source that answers with what it was asked, refuses, or breaks."""
    if name == "softmax":
        raise Broken if named else Refused
    return list(arguments)


@RUNS
@pytest.mark.parametrize("lends", [False, True])
def test_any_conversation_has_an_outcome(inputs, lends):
    """Each cell and each call has one, within the budgets, and it can be written."""

    @settings(max_examples=inputs // 2, **AS_IT_IS)
    @given(scripts, st.booleans())
    def fuzz(spoken, outputs):
        lender = Lender(knows_something, AskLimits(per_call=5)) if lends else None
        job = replace(JOB, outputs=outputs)
        outcome = converse(Played(fill(spoken)), job, LIMITS, "none", lender)
        assert len(outcome.cells) == len(job.cells)
        assert len(outcome.calls) == len(job.calls)
        assert outcome.used.answer_bytes <= LIMITS.answer_bytes + 2**16
        assert outcome.used.output_bytes <= LIMITS.output_bytes + 2**12
        told = [str(one.failure) + str(getattr(one, "outputs", "")) for one in outcome.cells]
        json.dumps([*told, *[str(one.failure) for one in outcome.calls]]).encode()

    fuzz()


def test_a_question_of_a_million_emoji_is_refused():
    """Re-encoded with escapes it was larger than any frame, and the grader failed."""
    text = ("😀" * 10**6).encode()
    told = {"tuple": [{"text": [len(text), 0]}]}
    question = raw({"tuple": ["ask", "sigmoid", told, {"dict": []}]}, text)
    answer = frame(("answer", 0, "returned", 1.0, None, [], []))
    lender = Lender(knows_something)
    limits = replace(SHORT, answer_bytes=2**24)
    job = Job((), (Call("f", (1.0,), lent=LENT),))
    (call,) = converse(Played([SEALED + question + answer]), job, limits, "none", lender).calls
    assert (call.value, call.asked) == (1.0, ())


def test_any_end_of_a_process_has_words():
    """Real-time signals have no names, and a student may choose one."""
    for status in (*range(1, 65), *(code << 8 for code in range(256))):
        assert in_words(status).startswith("it ")
    assert in_words(signal.SIGRTMIN + 1) == f"it was stopped by signal {signal.SIGRTMIN + 1}"
    assert in_words(signal.SIGSEGV) == "it was stopped by SIGSEGV"
