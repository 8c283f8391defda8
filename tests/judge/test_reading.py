"""Reading Python's errors out: raised for real, with the numpy that is installed."""

import numpy as np
import pytest

from autograder.judge.reading import (
    LONGEST_MESSAGE,
    mask,
    read_failure,
    read_notes,
    read_outcome,
    read_part,
    read_structure,
)
from autograder.records import Failure

A = np.ones((3, 4))
B = np.ones((3, 2))


def read(code):
    """Run a line of student code that fails, and read its error out."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever it raises
        exec(code, {"np": np, "A": A, "B": B, "v": A[0], "w": B[:, 0]})
    return read_failure(caught.typename, str(caught.value), "f")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("A @ B", "in a product with @ the inner sizes are 4 and 3, and they must be equal"),
        ("v @ w", "in a product with @ the inner sizes are 4 and 3"),
        ("A @ 3", "@ is for matrices and vectors"),
        ("np.dot(A, B)", "(3,4) and (3,2) does not exist, inner sizes must be equal. Which index"),
        ("np.dot(A, A)", "(3,4) and (3,4) does not exist: is an index summed here, or does each"),
        ("np.dot(v, w)", "shapes (4,) and (3,) does not exist, inner sizes must be equal."),
        ("A + A.T", "(3, 4) and (4, 3) cannot be combined element by element: one looks like"),
        ("A * B", "sizes must be equal, or 1. Which axis is which?"),
        ("A * np.ones((4, 2))", "is a product with @ meant?"),
        ("A.reshape(5, 2)", "12 numbers cannot be reshaped into (5,2)"),
        ("a = np.ones(3); a += np.ones((3, 3))", "changed in place by one of shape (3,3)"),
        ("a = np.ones(3); a[:] = v", "values of shape (4,) were to be put into a place of shape"),
        ("A[5]", "an index is past the end of axis 0, which has size 3."),
        ("A[0, 0, 0]", "3 indices for an array of 2 axes"),
        ("[1][4]", "an index is past the end of a list"),
        ("A.sum(axis=3)", "an array of 2 axes has no axis 3"),
        ("if A: pass", "asked about a whole array"),
        ("float(A)", "an array came where a single number is needed"),
        ("np.array([[1], [1, 2]])", "rows of an array have different lengths"),
        ("a = np.ones(2, int); a += 0.5", "an array of integers cannot hold decimals"),
        ("a, b = 1, 2, 3", "2 names stand on the left of an ="),
        ("a, b, c = 1, 2", "3 names stand on the left of an ="),
        ("sigmoid(1)", "sigmoid is not defined. Run the cell that defines it first"),
        ("def g():\n    a += 1\ng()", "a is used before it has a value"),
        ("(lambda x, y: x)(1)", "a call leaves out 'y'"),
        ("(lambda x: x)(1, 2)", "a call gives 2 arguments where 1 are expected"),
        ("None + A[0][0]", "something is None: is a line not filled in"),
        ("a = np.ones(2); a += None", "something is None: is a line not filled in"),
        ("a = 0.0; a += None", "something is None: is a line not filled in"),
        ("x = None; x[0]", "something is None: is a line not filled in"),
        ("def g(): return g()\ng()", "it calls itself without end"),
        ("1 / 0", "a division by zero"),
        ("np.ones(10**14)", "more memory than there is"),
        ("def f(:", "Python cannot read the cell: invalid syntax"),
        ("if 1:\nx = 1", "Python cannot read the cell: expected an indented block"),
        ("{'a': 1}['b']", "there is no key 'b' in the dict"),
        ("raise NotImplementedError", "f is not started yet"),
        ("raise ValueError", "f stopped with ValueError."),
        ("raise KeyError", "f stopped with KeyError."),
        ("A.foo", "f stopped with AttributeError: 'numpy.ndarray' object has no attribute 'foo'"),
    ],
)
def test_an_error_is_read_out(code, words):
    assert words in read(code)


def test_an_elementwise_product_by_dot_is_not_told_to_transpose():
    assert "transpose" not in read("np.dot(A, A)")
    assert "side" not in read("np.dot(A, A)")


@pytest.mark.parametrize("code", ["np.dot(A, B)", "A @ B"])
def test_a_product_that_does_not_fit_is_asked_about_and_no_transpose_is_offered(code):
    assert "Which index is summed" in read(code) or "which index is summed" in read(code)
    assert "transpose" not in read(code)


def test_numbers_of_a_hidden_input_are_masked():
    secret = repr(np.random.default_rng(1).standard_normal(5).tolist())
    said = read_failure("ValueError", f"bad input {secret} -1e-12 1234567 .5", "f")
    assert "bad input […, …, …, …, …] … … …" in said
    assert not any(character in said for character in "0123456789")


def test_a_masked_key_does_not_leak_either():
    assert "0.123" not in read_failure("KeyError", "0.123456", "f")


def test_shapes_stay_readable_and_long_messages_are_cut():
    assert mask("shapes (3,4) and (7,)") == "shapes (3,4) and (7,)"
    assert len(mask("x y " * 500)) == LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("missing", "There is no function f in the notebook"),
        ("unstarted", "f is not started yet."),
        ("timed_out", "f took too long and was stopped"),
        ("ended", "Python ended in the middle of f"),
        ("raised", "f stopped with an error."),
    ],
)
def test_every_status_has_words(status, words):
    assert read_outcome(status, None, "f").startswith(words)


def test_a_raised_status_is_read_from_its_failure():
    failure = Failure("NameError", "name 'W3' is not defined", ("f, line 2: return W3",))
    assert read_outcome("raised", failure, "f").startswith("f stopped: W3 is not defined.")
    assert "killed" in read_outcome("ended", Failure("Ended", "killed by signal 9"), "f")


def test_a_stub_that_another_function_needs_is_named():
    failure = Failure("NotImplementedError", "", ("f, line 2: g()", "g, line 1: raise"))
    assert read_outcome("unstarted", failure, "f") == "f calls g, which is not started yet."
    own = Failure("NotImplementedError", "", ("f, line 1: raise NotImplementedError",))
    assert read_outcome("unstarted", own, "f") == "f is not started yet."


def test_missing_parts_are_told():
    want = (A, B)
    assert read_structure("f", None, want, {}) == (
        "f returned None. Is there a return in the function?"
    )
    assert read_structure("f", A, want, {}) == (
        "f must return a tuple of 2; it returned an array of shape (3, 4)."
    )
    named = read_structure("f", (A, "text"), want, {"[0]": "dX", "[1]": "dW"})
    assert named == "dW must be an array of shape (3, 2); it is text."


def test_of_two_dicts_the_keys_that_differ_are_told():
    want = {"dX": A, "dW": B, "db": B[0]}
    got = {"dX": A, "dw": B, "db": B[0]}
    assert read_structure("f", got, want, {}) == (
        "f must return a dict with the key 'dW'; it returned a dict with the keys 'dw', 'dX', 'db'."
    )
    many = {f"key {number}": 1.0 for number in range(9)}
    assert "'key 5', 3 more." in read_structure("f", many, want, {})
    assert read_structure("f", {}, want, {}).endswith("it returned an empty dict.")
    assert read_part("dX", {1: A}, A) == (
        "dX must be an array of shape (3, 4); it is a dict with the key 1."
    )


def test_a_check_of_ones_own_that_fails_is_quoted():
    own = Failure("AssertionError", "", ("f, line 3: assert dW.shape == (3, 4)",))
    assert read_outcome("raised", own, "f") == (
        "f stopped: a check of its own does not hold, “assert dW.shape == (3, 4)”."
    )
    said = Failure("AssertionError", "dW is turned", ("f, line 3: assert ok, 'dW is turned'",))
    assert read_outcome("raised", said, "f").endswith("'dW is turned'”: dW is turned")
    unseen = Failure("AssertionError", "", ())
    assert read_outcome("raised", unseen, "f") == "f stopped: a check of its own does not hold."
    hidden = Failure("AssertionError", "", ("f, line 3: assert x == 0.123456",))
    assert "0.123456" not in read_outcome("raised", hidden, "f")


def test_notes_are_kind_and_exact():
    notes = list(read_notes("f", ["W"], ["RuntimeWarning: overflow encountered in exp"]))
    assert notes == [
        "f changes its argument W: work on a copy.",
        "f caused a warning, RuntimeWarning: overflow encountered in exp.",
    ]


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        ((1.0, [2.0, 3.0], 1.0), (1.0, (A, A), 1.0), "an array of shape (3, 4) at [1][0]"),
    ],
)
def test_two_results_that_look_alike_are_told_apart_further_in(got, want, words):
    told = read_structure("f", got, want, {})
    assert words in told
    assert "a tuple of 3" not in told
