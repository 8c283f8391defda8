"""Calls of student functions: what comes back, and what is said when nothing does."""

import numpy as np
import pytest

from autograder.exercise.plain_data import Foreign, Named
from exercises.named import SCALARS
from tests.sandboxes import job


def call_one(sandbox, source, *call):
    """Run one cell, make one call."""
    return sandbox.run(job(source, calls=[call])).calls[0]


def test_arrays_go_in_and_come_back(sandbox):
    """Types and values survive both ways."""
    source = "def f(x, pair, table):\n    return {'y': (x * 2, pair[0]), 'n': len(table), 's': 's'}"
    x = np.arange(6.0).reshape(2, 3)
    call = call_one(sandbox, source, "f", x, (1.5, 2), {"a": [x]})
    assert call.status == "returned"
    np.testing.assert_array_equal(call.value["y"][0], 2 * x)
    assert (call.value["y"][1], call.value["n"], call.value["s"]) == (1.5, 1, "s")


def test_tuples_arrive_as_tuples_and_numbers_without_axes_as_arrays(sandbox):
    """Shapes, and programs made of texts, tuples and numbers."""
    source = (
        "def f(shape, program, x):\n"
        "    (name, inputs, more), = program\n"
        "    kinds = [type(v).__name__ for v in (shape, shape[0], program, inputs, more, x)]\n"
        "    return kinds, name, x.shape"
    )
    program = [("sum", (0, 1), {"axis": 0})]
    call = call_one(sandbox, source, "f", (3, 4), program, np.array(2.5))
    assert call.value == (["tuple", "int", "list", "tuple", "dict", "ndarray"], "sum", ())


@pytest.mark.parametrize(
    ("source", "status", "kind"),
    [
        ("", "missing", None),
        ("f = 3", "missing", "TypeError"),
        ("def f(x):\n    raise NotImplementedError('later')", "unstarted", "NotImplementedError"),
        ("def f(x):\n    return y", "raised", "NameError"),
        ("def f():\n    return 1", "raised", "TypeError"),
        ("def f(x):\n    raise SystemExit", "raised", "SystemExit"),
        ("def f(x):\n    raise KeyboardInterrupt", "raised", "KeyboardInterrupt"),
        ("def f(x):\n    return f(x)", "raised", "RecursionError"),
        ("def f(x):\n    return np.zeros(10**12)", "raised", None),
        ("import numpy as np\ndef f(x):\n    return np.zeros(10**9)", "raised", None),
        ("def f(x):\n    return [0] * 10**6", "raised", "TooLarge"),
        ("import numpy as np\ndef f(x):\n    return np.zeros(10**6)", "raised", "TooLarge"),
        ("def f(x):\n    a = []\n    a.append(a)\n    return a", "raised", "TooLarge"),
    ],
)
def test_what_becomes_of_a_call(sandbox, source, status, kind):
    """Each way of not answering has its status."""
    call = call_one(sandbox, source, "f", 1.0)
    assert call.status == status, call
    assert kind is None or call.failure.kind == kind


def test_a_failure_shows_the_students_frames(sandbox):
    """The line that raised, and the exception's own words, cut."""
    source = "def f(x):\n    return g(x)\n\ndef g(x):\n    raise ValueError('w' * 9999)"
    failure = call_one(sandbox, source, "f", 1.0).failure
    assert failure.traceback == (
        "f, line 2: return g(x)",
        "g, line 5: raise ValueError('w' * 9999)",
    )
    assert failure.message == "w" * 500


def test_changed_arguments_are_told_by_position(sandbox):
    """In-place work is seen, also within a list, and does not reach the next call."""
    source = "def f(a, b, c, d):\n    b += 1\n    d[1].sort()\n    return float(b[0])"
    arguments = (np.zeros(2), np.zeros(2), 1.0, [1, np.array([2.0, 1.0])])
    outcome = sandbox.run(job(source, calls=[("f", *arguments), ("f", *arguments)]))
    assert [call.changed for call in outcome.calls] == [(1, 3), (1, 3)]
    assert [call.value for call in outcome.calls] == [1.0, 1.0]


def test_warnings_are_kept_and_prints_are_not(sandbox):
    """Distinct ones, with their category; a warning fails nothing."""
    source = (
        "import numpy as np\ndef f(x):\n    print('x' * 10**6)\n"
        "    for _ in range(3):\n        y = np.exp(x)\n    return y"
    )
    call = call_one(sandbox, source, "f", np.array([1000.0]))
    assert call.status == "returned"
    assert call.warnings == ("RuntimeWarning: overflow encountered in exp",)


def test_named_arguments_become_functions(sandbox):
    """The student calls the same function that the grader knows."""
    source = "def f(function, x):\n    return function(x)"
    x = np.array([[0.5, -1.0], [0.25, 2.0]])
    calls = [("f", Named(f.__name__), x) for f in SCALARS]
    outcome = sandbox.run(job(source, calls=calls))
    assert [call.value for call in outcome.calls] == [f(x) for f in SCALARS]


def test_programs_arrive_as_they_were_written(sandbox):
    """Lists of tuples with texts, numbers and None in them; arrays without axes; no change seen."""
    program = [("mul", (0, 1), None), ("sum", (2,), 1), ("sum", (3,), None)]
    source = "def f(program, shape, number):\n    return repr(program), shape, number.shape, number"
    call = call_one(sandbox, source, "f", program, (4, 1), np.array(0.5))
    assert call.value == (repr(program), (4, 1), (), 0.5)
    assert call.changed == ()
    source = "def f(program, shape, number):\n    program[1] = ('sum', (2,), 0)\n    return 1.0"
    assert call_one(sandbox, source, "f", program, (4, 1), np.array(0.5)).changed == (0,)


def test_named_functions_tell_their_elements_apart():
    """Swapping two elements changes the value: a gradient in the wrong order shows."""
    x = np.array([0.3, -0.7, 1.1])
    for function in SCALARS:
        values = {function(x), function(x[[1, 0, 2]]), function(x[[0, 2, 1]])}
        assert len(values) == 3
        assert isinstance(function(np.array(0.5)), float)
        assert 0.01 < abs(function(x)) < 10


def test_a_function_decorated_or_nested_or_a_class_can_be_called(sandbox):
    """Whatever is callable."""
    source = (
        "import functools\n@functools.cache\ndef f(x):\n    return x + 1\n"
        "class g:\n    def __new__(cls, x):\n        return x + 2\nh = lambda x: x + 3"
    )
    outcome = sandbox.run(job(source, calls=[("f", 1.0), ("g", 1.0), ("h", 1.0)]))
    assert [call.value for call in outcome.calls] == [2.0, 3.0, 4.0]


def test_what_is_no_plain_data_comes_back_as_its_type(sandbox):
    """An object, a complex array."""
    source = "import numpy as np\ndef f(x):\n    return object(), np.array([1j])"
    call = call_one(sandbox, source, "f", 1.0)
    assert call.value == (Foreign("object"), Foreign("array of complex128"))


def test_many_large_calls_do_not_block_the_pipes(sandbox):
    """More bytes than a pipe holds, both ways at once."""
    x = np.ones(9_000)
    outcome = sandbox.run(job("def f(x):\n    return x * 2", calls=[("f", x)] * 12))
    assert all(call.value[0] == 2.0 for call in outcome.calls)
