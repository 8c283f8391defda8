"""What a hostile notebook may try with functions that it is lent, in the real sandbox."""

import importlib

import numpy as np
import pytest

from autograder.follow.reference import Reference, References
from autograder.records import Call, Cell, Job
from autograder.sandbox.clock import within
from autograder.sandbox.lending import Broken, Lender, Refused
from autograder.settings import AskLimits
from tests.course import SECRET

NAMES = ("sigmoid", "outer", "deep_loss", "train")
OUTER = "import numpy as np\ndef outer(a, b):\n    return 'my own'\n"
ASKER = """
def asker(f):
    cells = zip(f.__code__.co_freevars, f.__closure__)
    return {name: cell.cell_contents for name, cell in cells}["ask"]
"""
FORGERY = """
import os, json
def forge(name, arguments):
    node = {"tuple": ["ask", name, {"tuple": arguments}, {"dict": []}]}
    header = json.dumps(node).encode()
    body = len(header).to_bytes(4, "little") + header
    return len(body).to_bytes(8, "little") + body
"""
NO_VALUE = "has no value for these arguments"


@pytest.fixture(scope="module")
def functions():
    deep = importlib.import_module("solutions.deep_networks")
    train = importlib.import_module("solutions.softmax_networks").train
    found = deep.sigmoid, deep.bilinear_transposed_gradient, deep.deep_loss, train
    return dict(zip(NAMES, found, strict=True))


@pytest.fixture(scope="module")
def reference(functions):
    made = Reference(functions, AskLimits(cpu_seconds=0))
    yield made
    made.close()


@pytest.fixture
def play(sandbox, reference):
    """Run one cell, then calls of its functions, with functions lent; the outcomes."""

    def run(source, *names, lent=("outer",), limits=AskLimits(), argument=2.0):
        calls = tuple(Call(name, (argument,), lent=lent) for name in names)
        return sandbox.run(Job((Cell(source, "extra"),), calls), Lender(reference.ask, limits))

    return run


def one(outcome):
    (call,) = outcome.calls
    return call


def refused(call) -> bool:
    return call.status == "raised" and NO_VALUE in call.failure.message and call.asked == ()


def test_a_stand_in_has_the_right_values(play):
    """With names or without, numbers and arrays; the call tells what it used."""
    source = OUTER + (
        "def f(x):\n    a = np.array([x, 1.0])\n"
        "    return outer(b=a, a=np.array([3.0])), outer(a, a)"
    )
    call = one(play(source, "f"))
    np.testing.assert_array_equal(call.value[0], [[6.0], [3.0]])
    np.testing.assert_array_equal(call.value[1], [[4.0, 2.0], [2.0, 1.0]])
    assert call.asked == ("outer",)


def test_numbers_come_back_as_numbers(play):
    """Not as arrays without axes, which could be changed in place."""
    source = (
        "def f(x):\n    return type(sigmoid(x)).__name__, type(np.float64(sigmoid(x))).__name__"
    )
    call = one(play("import numpy as np\nsigmoid = 0\n" + source, "f", lent=("sigmoid",)))
    assert call.value == ("float64", "float64")


def test_lists_cross(play):
    """As ps7's networks need them."""
    source = (
        "import numpy as np\ndef f(x):\n"
        "    return deep_loss(np.ones((2, 3)), np.array([0, 1, 1]), [np.ones((2, 2))],"
        " [np.zeros((2, 1))], reg=x)"
    )
    assert one(play(source, "f", lent=("deep_loss",))).value == pytest.approx(np.log(2) + 4)


def test_the_students_own_function_is_back_after_the_call(sandbox, reference):
    """A stand-in lasts for one call."""
    source = OUTER + "def f(x):\n    return outer(np.ones(1), np.ones(1))"
    calls = tuple(Call("f", (1.0,), lent=lent) for lent in (("outer",), (), NAMES[:2]))
    outcome = sandbox.run(Job((Cell(source, "extra"),), calls), Lender(reference.ask))
    values = [call.value for call in outcome.calls]
    assert values[1] == "my own"
    assert [call.asked for call in outcome.calls] == [NAMES[1:2], (), NAMES[1:2]]


def test_nan_is_an_argument_like_any(play):
    call = one(play(OUTER + "def f(x):\n    return outer([np.nan], [x])", "f"))
    assert np.isnan(call.value).all()


@pytest.mark.parametrize(
    "arguments",
    [
        "np.ones(10**5), np.ones(2)",
        "np.ones(9_000), np.ones(9_000)",
        "np.ones((0, 10**9)), np.ones(1)",
        "[1.0] * 90_000, [1.0]",
        "'a' * 500_000, [1.0]",
        "outer, outer",
        "object(), np.array([None])",
        "np.ones(2)",
        "np.ones(2), np.ones(2), np.ones(2)",
        "'text', {'a': [None]}",
    ],
)
def test_arguments_that_no_exercise_has_are_refused(play, arguments):
    """Too large, no data, too many: an error in the student's code, and the next call works."""
    source = (
        OUTER
        + f"def f(x):\n    return outer({arguments})\n"
        + "def g(x):\n    return outer([x], [x])"
    )
    bad, good = play(source, "f", "g").calls
    assert refused(bad)
    assert good.value == 4.0


def test_a_question_too_large_for_the_pipe_is_not_sent(play):
    source = OUTER + "def f(x):\n    return outer(np.ones(10**6 // 2), x)"
    call = one(play(source, "f"))
    assert call.status == "raised"
    assert "cannot take these arguments" in call.failure.message


def test_an_endless_computation_ends_the_reference_process_alone(functions):
    """`steps=10**12`: the kernel stops it, and the next question finds a new process."""
    two, one = np.ones((2, 2)), np.ones(2)
    endless = (two, np.array([0, 1]), two, one, two, one, 0.1, 0.0, 10**12)
    reference = Reference(functions, AskLimits(cpu_seconds=0))
    try:
        with pytest.raises(Broken):
            reference.ask("train", endless, {}, within(60))
        value = reference.ask("sigmoid", (0.0,), {}, within(60))
        with pytest.raises(Broken):
            reference.ask("train", endless, {}, within(0.05))
    finally:
        reference.close()
    assert value == 0.5


def test_who_breaks_the_process_twice_gets_no_more_answers(play):
    """Each failure costs a restart; a submission has two."""
    source = (
        "import numpy as np\ndef f(x):\n    two, one = np.ones((2, 2)), np.ones(2)\n"
        "    return train(two, np.array([0, 1]), two, one, two, one, 0.1, 0.0, 10**12)\n"
        "def g(x):\n    return sigmoid(x)"
    )
    lent = ("train", "sigmoid")
    *_, last = play(source, "f", "g", lent=lent, limits=AskLimits(failures=1)).calls
    assert refused(last)
    *_, last = play(source, "f", "g", lent=lent).calls
    assert last.status == "returned"


def test_memory_is_limited(reference):
    """An outer product of 3 GB is refused, by the process itself."""
    large = np.ones(20_000)
    with pytest.raises(Refused) as refusal:
        reference.ask("outer", (large, large), {}, within(60))
    assert not isinstance(refusal.value, Broken)


def test_names_that_were_not_granted_are_refused(play):
    """Neither other functions of the set, nor anything else of the process."""
    for name in ("sigmoid", "exit", "np", "__import__", ""):
        source = OUTER + ASKER + f"def f(x):\n    return asker(outer)({name!r}, (x,), {{}})"
        assert refused(one(play(source, "f"))), name


def test_a_million_questions_end_the_process(play):
    """Caught refusals, too, count; other functions are answered in a fresh process."""
    source = OUTER + (
        "def f(x):\n    for _ in range(10**6):\n        outer([x], [x])\n"
        "def g(x):\n    return outer([x], [x])\n"
        "def h(x):\n    while True:\n        try:\n            outer(x, x, x)\n"
        "        except RuntimeError:\n            pass"
    )
    f, h, g = play(source, "f", "h", "g").calls
    assert (f.status, h.status) == ("ended", "ended")
    assert "too often" in f.failure.message
    assert g.value == 4.0


def test_a_submission_has_so_many_questions(play):
    """Shared out over few or many calls."""
    source = OUTER + "def f(x):\n    return [outer([x], [x]) for _ in range(10)]\n"
    outcome = play(source + "g = f", "f", "f", "g", limits=AskLimits(per_submission=25))
    assert [call.status for call in outcome.calls] == ["returned", "returned", "ended"]


def test_recursion_through_questions_ends(play):
    """By Python's own limit, by the count, or by the clock."""
    source = OUTER + "def f(x):\n    return f(outer([x], [x])[0, 0])"
    assert one(play(source, "f")).status in ("raised", "ended", "timed_out")


def test_forged_questions_in_a_cell_stop_the_cell(play):
    """Nothing is answered before the calls."""
    forged = FORGERY + 'os.write(4, forge("outer", [1, 2]))\nf = len'
    outcome = play(forged, "f")
    assert outcome.cells[0].failure.kind == "ProcessEnded"
    assert one(outcome).status == "missing"


def test_forged_questions_without_a_lender_end_the_call(sandbox):
    """In the first run nobody answers."""
    source = FORGERY + 'def f(x):\n    os.write(4, forge("sigmoid", [x]))\n    return x'
    outcome = sandbox.run(Job((Cell(source, "extra"),), (Call("f", (1.0,)),)))
    assert one(outcome).status == "ended"


def test_who_asks_and_does_not_listen_is_stopped(play):
    """Answers do not pile up in the grader."""
    source = FORGERY + (
        "frame = forge('outer', [{'list': [1.0] * 300}] * 2)\n"
        "def f(x):\n    while True:\n        rest = frame\n"
        "        while rest:\n            rest = rest[os.write(4, rest):]"
    )
    call = one(play(source, "f", limits=AskLimits(per_call=10**6, per_submission=10**6)))
    assert call.status == "ended"
    assert "did not listen" in call.failure.message


def test_malformed_questions_end_the_call(play):
    """A name that is no text, arguments that are no tuple."""
    for frame in ("forge([], [])", "forge(3, [])", "forge('x', []).replace(b'tuple', b'tulip')"):
        source = FORGERY + f"def f(x):\n    os.write(4, {frame})\n    return x"
        assert one(play(source, "f")).status == "ended", frame


def test_a_question_after_its_call_gets_nothing(sandbox, reference):
    """A thread that goes on asking meets the next call's grants."""
    source = OUTER + (
        "import threading, time\nheard = []\n"
        "def late(ask):\n    time.sleep(0.2)\n    try:\n        heard.append(ask([1.0], [1.0]))\n"
        "    except RuntimeError as problem:\n        heard.append(str(problem))\n"
        "def f(x):\n    threading.Thread(target=late, args=(outer,)).start()\n"
        "def g(x):\n    time.sleep(0.5)\n    return heard"
    )
    calls = (Call("f", (1.0,), lent=("outer",)), Call("g", (1.0,)))
    outcome = sandbox.run(Job((Cell(source, "extra"),), calls), Lender(reference.ask))
    (heard,) = outcome.calls[1].value
    assert NO_VALUE in heard


def test_the_reference_process_knows_no_secret(reference):
    """Neither in its environment nor on its command line; its memory and files are limited."""
    folder = f"/proc/{reference._process.pid}"
    from pathlib import Path

    environ, command, limits = (
        Path(folder, name).read_text() for name in ("environ", "cmdline", "limits")
    )
    assert "AUTOGRADER_COURSE" not in environ
    assert SECRET not in environ + command
    assert f"{2**30}" in limits.split("Max address space")[1].split("\n")[0]


def test_processes_are_used_again_and_end_with_the_grader(functions):
    references = References(functions, AskLimits())
    with references.borrowed() as first, references.borrowed() as second:
        assert first is not second
    with references.borrowed() as third:
        assert third in (first, second)
    references.close()
    assert first._process is second._process is None
    with references.borrowed() as late:
        assert late._process is not None
    assert late._process is None
