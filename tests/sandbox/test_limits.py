"""Time, memory, threads, files and bytes are bounded, and one fault costs no other part."""

import time

import pytest

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
    started = time.monotonic()
    outcome = sandbox.run(job(source, calls=calls))
    assert time.monotonic() - started < 2 * SHORT.call_seconds
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
    from dataclasses import replace

    limits = replace(SHORT, submission_seconds=1.0)
    with Sandbox(isolation="none", workers=1, limits=limits) as short:
        started = time.monotonic()
        outcome = short.run(job(*["import time\ntime.sleep(0.4)"] * 6, calls=[("f",)]))
    assert time.monotonic() - started < 2.5
    statuses = [cell.status for cell in outcome.cells]
    assert statuses[:4] == ["ran", "ran", "timed_out", "not_run"]
    assert outcome.calls[0].status == "timed_out"


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
