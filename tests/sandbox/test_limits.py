"""Time, memory, threads, files and bytes are bounded, and one fault costs no other part."""

import os
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from autograder.records import Used
from autograder.sandbox import Sandbox
from tests.sandboxes import SHORT, job, text_of


def test_an_endless_cell_is_stopped_and_the_rest_goes_on(sandbox):
    """Names from before it are there again, its own are not."""
    outcome = sandbox.run(
        job(
            "before = 1\nprint('once')",
            "during = 1\nwhile True: pass",
            "print(before, 'during' in globals())",
            calls=[("print", 1)],
            outputs=True,
        )
    )
    assert [cell.status for cell in outcome.cells] == ["ran", "timed_out", "ran"]
    assert text_of(outcome) == "once\n1 False\n"


def test_an_endless_function_costs_one_wait_and_no_other_function(sandbox):
    """Its other calls are not tried; calls after them are answered in a fresh process."""
    source = "def f(x):\n    while x: pass\n    return 1\ndef g(x):\n    return x"
    calls = [("g", 1), ("f", 0), ("f", 1), ("f", 0), ("g", 2), ("f", 1), ("g", 3)]
    outcome = sandbox.run(job(source, calls=calls))
    assert outcome.used.seconds < 2 * SHORT.call_seconds
    assert [call.status for call in outcome.calls] == [
        "returned",
        "returned",
        "timed_out",
        "timed_out",
        "returned",
        "timed_out",
        "returned",
    ]
    assert [call.value for call in outcome.calls] == [1, 1, None, None, 2, None, 3]


@pytest.mark.parametrize(
    ("death", "said"),
    [
        ("import os\n    os._exit(5)", "exit code 5"),
        ("import ctypes\n    ctypes.string_at(0)", "SIGSEGV"),
        ("import os\n    os.abort()", "SIG"),
    ],
)
def test_a_process_that_dies_in_a_call_is_told_how(sandbox, death, said):
    """The call has ended, the next function is answered."""
    source = f"def f(x):\n    {death}\ndef g(x):\n    return x"
    first, second = sandbox.run(job(source, calls=[("f", 1), ("g", 2)])).calls
    assert first.status == "ended"
    assert said in first.failure.message
    assert (second.status, second.value) == ("returned", 2)


def test_a_process_that_dies_in_a_cell_costs_that_cell(sandbox):
    """The others run."""
    outcome = sandbox.run(job("x = 1", "import os\nos._exit(0)", "y = x", calls=[("len", "a")]))
    assert [cell.status for cell in outcome.cells] == ["ran", "raised", "ran"]
    assert outcome.cells[1].failure.kind == "ProcessEnded"


def test_after_three_stopped_cells_the_rest_is_not_run(sandbox):
    """Each restart costs time; calls are still made with what there is."""
    death = "import os\nos._exit(0)"
    outcome = sandbox.run(job("def f():\n    return 1", *[death] * 4, "z = 1", calls=[("f",)]))
    assert [cell.status for cell in outcome.cells] == [
        "ran",
        "raised",
        "raised",
        "raised",
        "not_run",
        "not_run",
    ]
    assert outcome.calls[0].value == 1


def test_the_submission_as_a_whole_has_a_time():
    """Many slow cells together are stopped as well, and so are their calls."""
    limits = replace(SHORT, submission_seconds=1.0)
    with Sandbox(isolation="none", workers=1, limits=limits) as short:
        outcome = short.run(job(*["import time\ntime.sleep(0.4)"] * 6, calls=[("f",)]))
    statuses = [cell.status for cell in outcome.cells]
    last = statuses.index("timed_out")
    assert statuses == ["ran"] * last + ["timed_out"] + ["not_run"] * (5 - last)
    assert last <= 2
    assert outcome.calls[0].status == "timed_out"
    assert 1.0 <= outcome.used.seconds < 2.0


WORK = "import time\ndef f(seconds):\n    while time.process_time() < seconds: pass\n    return 1"


@pytest.fixture
def crowd():
    """Four processes for each core, each in a session of its own: Linux shares by session."""
    busy = [sys.executable, "-c", "while True: pass"]
    count = 4 * (os.cpu_count() or 1)
    others = [subprocess.Popen(busy, start_new_session=True) for _ in range(count)]
    yield
    for other in others:
        other.kill()
        other.wait()


def test_waiting_for_a_core_is_not_charged(crowd):
    """Where others have the cores, right code has its time all the same."""
    limits = replace(SHORT, wall_factor=40.0)
    with Sandbox(isolation="none", workers=1, limits=limits) as crowded:
        started = time.monotonic()
        (call,) = crowded.run(job(WORK, calls=[("f", 0.8)])).calls
        wall = time.monotonic() - started
        (endless,) = crowded.run(job(WORK, calls=[("f", 1e9)])).calls
    assert wall > SHORT.call_seconds, "the machine is not crowded, and this tests nothing"
    assert call.value == 1
    assert endless.status == "timed_out"


def test_the_clock_on_the_wall_stands_behind(crowd):
    """Who makes a crowd of his own threads gains no more than its factor."""
    limits = replace(SHORT, wall_factor=1.5)
    with Sandbox(isolation="none", workers=1, limits=limits) as crowded:
        outcome = crowded.run(job("def f():\n    while True: pass", calls=[("f",)]))
    assert outcome.calls[0].status == "timed_out"
    assert outcome.used.seconds < 2 * SHORT.call_seconds


def test_sleeping_is_charged(sandbox):
    """It is not waiting for a core."""
    started = time.monotonic()
    outcome = sandbox.run(job("import time\ndef f():\n    time.sleep(60)", calls=[("f",)]))
    assert outcome.calls[0].status == "timed_out"
    assert time.monotonic() - started < SHORT.wall_factor * SHORT.call_seconds


def test_memory_is_bounded(sandbox):
    """More than the limit is a MemoryError, and a cell later there is memory again."""
    outcome = sandbox.run(job("x = bytearray(2 * 10**9)", "y = bytearray(10**8)"))
    assert outcome.cells[0].failure.kind == "MemoryError"
    assert outcome.cells[1].status == "ran"


def test_threads_are_bounded(sandbox):
    """A thread bomb ends in an error, not in a machine without processes."""
    source = (
        "import threading, time\n"
        "for _ in range(500):\n"
        "    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    )
    failure = sandbox.run(job(source)).cells[0].failure
    assert failure.message == "can't start new thread"


@pytest.mark.parametrize(
    "source",
    [
        "open('a', 'wb').write(bytes(10**7))",
        "for i in range(9):\n    open(f'{i}', 'wb').write(bytes(10**6))",
        "for i in range(99):\n    open(f'{i}', 'w').close()",
        "files = [open('a', 'w') for _ in range(2000)]",
    ],
)
def test_scratch_is_bounded(sandbox, source):
    """In bytes, also of several files together, in number of files, and of open files."""
    if sandbox.isolation != "bubblewrap":
        pytest.skip("without mounts of its own scratch is bounded per file only")
    assert sandbox.run(job(source)).cells[0].failure.kind == "OSError"


def test_many_threads_share_a_few_workers():
    """`run` may be called from any number of threads."""
    from concurrent.futures import ThreadPoolExecutor

    with Sandbox(isolation="none", workers=2, limits=SHORT) as shared:
        jobs = [job(f"def f():\n    return {n}", calls=[("f",)]) for n in range(12)]
        with ThreadPoolExecutor(6) as pool:
            values = [outcome.calls[0].value for outcome in pool.map(shared.run, jobs)]
    assert values == list(range(12))


def test_a_dead_zygote_is_replaced():
    """The submission is tried once more with a fresh one."""
    with Sandbox(isolation="none", workers=1, limits=SHORT) as one:
        (worker,) = one._workers
        worker._process.kill()
        worker._process.wait()
        assert one.run(job("x = 1")).cells[0].status == "ran"


BIG = "import numpy as np\ndef f(x):\n    return np.ones(50_000)\ndef g(x):\n    return x"


def test_what_all_calls_return_is_bounded(sandbox):
    """Answers wait for their judgement, so it is their sum that counts; the rest is answered."""
    calls = [*[("f", n) for n in range(12)], ("g", 1.0)]
    outcome = sandbox.run(job(BIG, calls=calls))
    kept = [call.value for call in outcome.calls if call.value is not None]
    statuses = [call.status for call in outcome.calls]
    assert statuses == [*["returned"] * 2, *["ended"] * 10, "returned"]
    assert sum(np.asarray(value).nbytes for value in kept) < SHORT.answer_bytes
    assert outcome.used.answer_bytes > 800_000


def test_what_an_earlier_run_used_is_used(sandbox):
    """Bytes and seconds: a second run of the same submission has what the first has left."""
    first = sandbox.run(job(BIG, calls=[("f", 1)]))
    second = sandbox.run(replace(job(BIG, calls=[("f", n) for n in range(3)]), used=first.used))
    assert [call.status for call in second.calls] == ["returned", "ended", "ended"]
    spent = Used(seconds=SHORT.submission_seconds - 0.5)
    third = sandbox.run(replace(job("while True: pass", "x = 1"), used=spent))
    assert third.cells[0].status == "timed_out"
    assert third.cells[1].status in ("timed_out", "not_run")  # it may be given back some waiting
    assert 0 <= third.used.seconds - SHORT.submission_seconds < SHORT.cell_seconds


FORGED = """
import os, numpy
def send(kind, number, *rest):
    node = {"tuple": [kind, number, *rest]}
    import json
    header = json.dumps(node).encode()
    body = len(header).to_bytes(4, "little") + header
    frame = len(body).to_bytes(8, "little") + body
    while frame:
        frame = frame[os.write(4, frame):]
"""
LONG_OUTPUT = (
    "text = {'dict': [['output_type', 'stream'], ['name', 'stdout'], ['text', 'x' * 60_000]]}\n"
    "send('cell', %d, 'ran', None, {'list': [text]})\n"
    "import time\ntime.sleep(60)"
)


def test_outputs_are_bounded_for_all_cells_together(sandbox):
    """Also those of a process that counts wrongly on purpose: the grader counts as well."""
    cells = [FORGED, *[LONG_OUTPUT % number for number in range(1, 3)], "print('y' * 9)"]
    outcome = sandbox.run(job(*cells, outputs=True))
    assert sum(len(str(cell.outputs)) for cell in outcome.cells) < 2 * SHORT.output_bytes
    assert outcome.used.output_bytes < 2 * SHORT.output_bytes


def test_outputs_that_nobody_asked_for_are_not_kept(sandbox):
    """A forged frame has some, and one of a megabyte ends the process."""
    small = LONG_OUTPUT.replace("60_000", "6") % 1
    outcome = sandbox.run(job(FORGED, small, calls=[("len", "ab")]))
    assert outcome.cells[1].status == "ran"
    assert [cell.outputs for cell in outcome.cells] == [(), ()]
    assert outcome.used.output_bytes == 0
    outcome = sandbox.run(job(FORGED, LONG_OUTPUT.replace("60_000", "10**6") % 1))
    assert outcome.cells[1].failure.kind == "ProcessEnded"


def test_many_small_outputs_count_for_what_holds_them(sandbox):
    """A display of one letter takes half a kilobyte of the budget, kindly cut inside."""
    source = "for n in range(1000):\n    display(n)"
    (cell,) = sandbox.run(job(source, outputs=True)).cells
    assert cell.status == "ran"
    assert 100 < len(cell.outputs) < SHORT.output_bytes / 400
    assert "left out" in cell.outputs[-1]["text"]
