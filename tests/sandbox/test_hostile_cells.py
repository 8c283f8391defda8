"""What hostile cells try, and what they get: nothing, and never somebody else's marks."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.errors import SandboxError
from autograder.records import Call, Cell, Job
from autograder.sandbox import Sandbox, attack, claims, conversation, selftest
from autograder.sandbox.endings import Ended
from autograder.sandbox.inside import wire
from tests.sandboxes import FORBIDDEN, SHORT, job


@pytest.mark.parametrize("path", FORBIDDEN, ids=str)
def test_the_course_is_not_there(sandbox, path):
    """Neither its folders nor anything in them can be opened or listed."""
    (file, *_) = (found for found in path.rglob("*") if found.is_file())
    source = f"import os\nos.listdir({str(path)!r})", f"open({str(file)!r}).read()"
    kinds = [cell.failure.kind for cell in sandbox.run(job(*source)).cells]
    assert set(kinds) <= {"FileNotFoundError", "PermissionError"}


def test_the_machine_outside_is_not_there(sandbox):
    """The folders that every machine has are empty, or not there at all."""
    if sandbox.isolation != "bubblewrap":
        pytest.skip("without mounts of its own the folders are there, and may not be read")
    source = (
        "import os\ndef f():\n    seen = {}\n"
        "    for path in ('/proc', '/tmp', '/home', '/dev/shm', '/etc', '/var', '/work', '/sys'):\n"
        "        seen[path] = os.listdir(path) if os.path.isdir(path) else []\n"
        "    return seen"
    )
    (call,) = sandbox.run(job(source, calls=[("f",)])).calls
    assert {name: seen for name, seen in call.value.items() if seen} in (
        {},
        {"/etc": ["ld.so.cache"]},
    )


@pytest.mark.parametrize("name", ["autograder", "solutions", "nbgrader", "nbformat", "pytest"])
def test_only_the_runtime_can_be_imported(sandbox, name):
    """No site-packages is bound."""
    failure = sandbox.run(job(f"import {name}")).cells[0].failure
    assert failure.kind == "ModuleNotFoundError"


def test_everything_the_self_test_tries_works_where_nothing_holds():
    """The attack is no straw man: without isolation it gets through, and is told by name."""
    with (
        Sandbox(isolation="none", workers=1, limits=SHORT) as open_door,
        pytest.raises(SandboxError) as told,
    ):
        selftest.prove(open_door._workers[0], SHORT, FORBIDDEN)
    for breach in ("read ", "opened a socket", "started a process", "could signal", "reached exec"):
        assert breach in str(told.value)


def test_every_attack_fails(sandbox):
    """The list of what worked is empty, with the pids of zygote and grader given away."""
    source = Path(attack.__file__).read_text()
    pids = [1, 2, 3, os.getpid(), sandbox._workers[0].pid]
    arguments = ([str(path) for path in FORBIDDEN], pids, 2**20)
    (call,) = sandbox.run(job(source, calls=[("attack", *arguments)])).calls
    assert (call.status, call.value) == ("returned", [])


@pytest.mark.parametrize(
    "source",
    [
        "import os, signal\nos.kill(0, signal.SIGKILL)",
        "import os, signal\nos.killpg(0, signal.SIGKILL)",
        "import os, signal\nos.kill(-1, signal.SIGKILL)",
        "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
        "import os\nos.closerange(0, 1000)",
        "import os\nos.write(4, b'x' * 10**6)",
        "import os\nos.write(4, bytes(8))",
        "import os\nos.write(4, (2**60).to_bytes(8, 'little'))",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
        "import ctypes\nctypes.memset(0, 1, 1)",
        "import builtins\nbuiltins.__dict__.clear()",
        "import sys\nsys.modules.clear()",
        "get_ipython().run_cell = None\nget_ipython().user_ns.clear()",
        "import gc\nfor o in gc.get_objects():\n    if type(o) is dict:\n        o.clear()",
        "import os\nos.write = os.read = None\nimport json\njson.dumps = None",
    ],
)
def test_the_next_submission_does_not_notice(sandbox, source):
    """Whatever a cell does to its own process."""
    sandbox.run(job(source, "x = 1", calls=[("len", "abc")]))
    after = sandbox.run(job("def f(x):\n    return x + 1", calls=[("f", 1)]))
    assert (after.cells[0].status, after.calls[0].value) == ("ran", 2)


def test_a_forged_answer_is_a_claim_like_any_other(sandbox):
    """It may stand in for the function's own value, and never for a judgement."""
    forged = wire.encode(("answer", 0, "returned", 42, None, (), ()))
    source = (
        f"import os\ndef f(x):\n    os.write(4, {forged!r})\n    return 1\ndef g(x):\n    return x"
    )
    calls = sandbox.run(job(source, calls=[("f", 1), ("g", 2)])).calls
    assert calls[0].value == 42
    assert calls[1].status == "ended"  # the frame in its place has another number


def test_calls_come_only_after_the_last_cell(sandbox):
    """A cell that waits for the inputs of the calls waits in vain."""
    source = "import os, select\nprint(select.select([3], [], [], 0.2)[0])"
    outcome = sandbox.run(job(source, "x = 1", calls=[("f", 1)], outputs=True))
    assert outcome.cells[0].outputs[0]["text"] == "[]\n"


GOOD = ("answer", 0, "returned", 1, None, (), ())


@pytest.mark.parametrize(
    "claim",
    [
        None,
        (),
        GOOD[:-1],
        [*GOOD],
        ("cell", *GOOD[1:]),
        ("answer", 1, *GOOD[2:]),
        ("answer", False, *GOOD[2:]),
        ("answer", 0.0, *GOOD[2:]),
        (*GOOD[:2], "passed", *GOOD[3:]),
        (*GOOD[:2], ["returned"], *GOOD[3:]),
        (*GOOD[:4], "text", (), ()),
        (*GOOD[:4], (1, 2, 3), (), ()),
        (*GOOD[:5], 3, ()),
        (*GOOD[:5], (), (1,)),
        (*GOOD[:2], np.array(["x"] * 2).shape, *GOOD[3:]),
        (np.zeros(3), *GOOD[1:]),
        (*GOOD[:2], np.zeros(3), *GOOD[3:]),
        ("answer", np.zeros(1), *GOOD[2:]),
    ],
    ids=repr,
)
def test_a_claim_out_of_form_ends_the_conversation(claim):
    """Wrong kind, number, status, or parts of another type."""
    with pytest.raises(Ended):
        claims.call_outcome(claim, 0)


@pytest.mark.parametrize(
    "output",
    [
        3,
        {},
        {"output_type": "stream", "name": "stdin", "text": ""},
        {"output_type": "stream", "name": "stdout", "text": 3},
        {"output_type": "error", "ename": "a", "evalue": "b", "traceback": [1]},
        {"output_type": "display_data", "data": {"image/png": 3}},
        {"output_type": "execute_result", "data": {}},
        {"output_type": ["stream"]},
        {"output_type": np.zeros(2), "name": "stdout", "text": ""},
    ],
    ids=repr,
)
def test_an_output_out_of_form_ends_the_conversation(output):
    """The grader rebuilds outputs from known fields."""
    with pytest.raises(Ended):
        claims.cell_outcome(("cell", 0, "ran", None, [output]), 0, 2**16)


def test_outputs_lose_what_they_must_not_hold():
    """Scripts, unknown fields, metadata, half characters, and all beyond the cap."""
    data = {"text/plain": "\ud800", "application/javascript": "alert(1)"}
    shown = {"output_type": "display_data", "data": data, "metadata": {"x": 1}, "more": 1}
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 10**5}
    told = claims.cell_outcome(("cell", 0, "ran", None, [shown, long, shown]), 0, 2**16)
    assert told.outputs == (
        {"output_type": "display_data", "data": {"text/plain": "?"}, "metadata": {}},
    )


def test_a_flood_of_bytes_is_not_read_to_its_end(sandbox):
    """Nor kept: the call ends once it has sent more than an answer may hold."""
    source = (
        "import os\ndef f():\n    os.write(4, (2**50).to_bytes(8, 'little'))\n"
        "    while True:\n        os.write(4, bytes(2**16))"
    )
    started = time.monotonic()
    (call,) = sandbox.run(job(source, calls=[("f",)])).calls
    assert call.status == "ended"
    assert time.monotonic() - started < SHORT.call_seconds


def test_a_fork_that_cannot_be_sealed_is_the_graders_fault(sandbox, monkeypatch):
    """No score is made of it."""
    monkeypatch.setattr(conversation, "SEAL_SECONDS", 0.0)
    with pytest.raises(SandboxError, match="could not be sealed"):
        sandbox.run(Job((Cell("x = 1", "extra"),), (Call("f", ()),)))
    monkeypatch.undo()
    assert sandbox.run(job("x = 1")).cells[0].status == "ran"
