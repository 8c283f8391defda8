"""One mistake costs once: what was built on a wrong function is called again with a right one."""

import json
from dataclasses import replace

import pytest

from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Assignment
from autograder.follow.marks import followed, to_replace
from autograder.records import CallOutcome, CheckReport, ExerciseReport, Graded
from autograder.report.feedback import render
from autograder.report.results import as_json
from autograder.report.sentences import given_right
from autograder.report.words import exercise_lines
from tests.follow.conftest import exercise, lost
from tests.notebooks import submission

SLOPE = "def sigmoid_prime(z):\n    return sigmoid(z)"
TERM = "def hidden_error_term(w_out, delta_o, a):\n    return w_out * delta_o"
TERM_OF_A_LAYER = "def hidden_error_term(hidden_error, hidden):\n    return hidden_error * hidden"
MEND = "Right, given a right {}: fix that one first."


@pytest.mark.parametrize(
    ("name", "function", "wrong", "misled"),
    [
        ("ps1_derivatives", "sigmoid_prime", SLOPE, ["neuron_backward"]),
        ("ps2_worked_example", "hidden_error_term", TERM, ["loss_gradients", "train_step"]),
    ],
)
def test_one_wrong_function_costs_only_its_own_points(grade, name, function, wrong, misled):
    """The score, the words, the page and the JSON say so."""
    report = grade(name, **{function: wrong})
    assert lost(report) == {function: exercise(report, function).points}
    data = json.loads(as_json(report))
    assert data["schema"] == 2
    page = render(Graded(report))
    for other in misled:
        assert exercise_lines(exercise(report, other))[1] == MEND.format(function)
        assert MEND.format(function) in page
        (written,) = (e for e in data["exercises"] if e["name"] == other)
        assert [function] in [check["followed"] for check in written["checks"]]


IN_PLACE = "def linear_unit_gradient(w, x, y):\n    x *= w @ x - y\n    return x"
AS_A_LIST = "def linear_unit_gradient(w, x, y):\n    return list((w @ x - y) * x)"


@pytest.mark.parametrize(
    ("trap", "note"),
    [
        (IN_PLACE, "linear_unit_gradient changes its argument x: work on a copy."),
        (
            AS_A_LIST,
            "linear_unit_gradient returns a list where an array is customary: np.array makes one "
            "of it.",
        ),
    ],
)
def test_a_right_helper_that_is_a_trap_costs_its_callers_nothing(grade, trap, note):
    """One that changes what it is given, or returns a list: right alone, and no array."""
    report = grade("ps1_derivatives", linear_unit_gradient=trap)
    assert lost(report) == {}
    (check,) = exercise(report, "linear_unit_update").checks
    assert check.followed == ("linear_unit_gradient",)
    assert exercise(report, "linear_unit_gradient").notes == (note,)


def test_a_wrong_function_far_below_costs_a_training_nothing(grade):
    """In ps3 everything up to the epoch is followed, and the training loop as well."""
    report = grade("ps3_gre_admissions", hidden_error_term=TERM_OF_A_LAYER)
    assert lost(report) == {"hidden_error_term": 1}
    for name in ("record_gradients", "epoch_gradients"):
        checks = {check.name: check.followed for check in exercise(report, name).checks}
        assert checks == {"dW_ih": ("hidden_error_term",), "dW_ho": ()}
    assert {check.followed for check in exercise(report, "train").checks} >= {
        ("hidden_error_term",)
    }


def test_right_answers_cost_no_second_run(graders, grade, monkeypatch):
    """One job, and no reference process."""
    jobs = []
    grader = graders("ps1_derivatives")
    run = grader._sandbox.run
    monkeypatch.setattr(grader._sandbox, "run", lambda *a: jobs.append(a) or run(*a))
    assert lost(grade("ps1_derivatives")) == {}
    assert len(jobs) == 1
    grade("ps1_derivatives", numerical_gradient="def numerical_gradient(f, x, h=1):\n    return x")
    assert len(jobs) == 2  # nothing builds on it
    grade("ps1_derivatives", sigmoid_prime=SLOPE)
    first, (again, lender) = jobs[2:]
    assert len(first) == 1
    assert {call.function for call in again.calls} == {"neuron_backward"}
    assert {call.lent for call in again.calls} == {("sigmoid_prime",)}
    assert lender is not None


def test_a_stub_is_not_replaced(grade):
    """Who has not started a function gets no right one."""
    stub = "def sigmoid_prime(z):\n    raise NotImplementedError"
    report = grade("ps1_derivatives", sigmoid_prime=stub)
    assert lost(report) == {"sigmoid_prime": 1, "neuron_backward": 2}
    assert grade("ps1_derivatives", submission("ps1_derivatives")).score == 0


def test_an_own_mistake_is_not_excused(grade):
    """A dependant that is wrong itself stays wrong, in the same words."""
    wrong = "def linear_unit_update(w, x, y, r):\n    return w + r * linear_unit_gradient(w, x, y)"
    gradient = "def linear_unit_gradient(w, x, y):\n    return 3 * x"
    alone = grade("ps1_derivatives", linear_unit_update=wrong)
    both = grade("ps1_derivatives", linear_unit_update=wrong, linear_unit_gradient=gradient)
    assert lost(both) == {"linear_unit_gradient": 1, "linear_unit_update": 1}
    assert exercise(alone, "linear_unit_update").checks[0].followed == ()
    assert exercise(both, "linear_unit_update").checks[0].followed == ()


def test_what_passed_before_still_passes(grade):
    """A dependant that makes up for the wrong function keeps its points, unremarked."""
    minus = "def linear_unit_gradient(w, x, y):\n    return (y - w @ x) * x"
    plus = "def linear_unit_update(w, x, y, r):\n    return w + r * linear_unit_gradient(w, x, y)"
    report = grade("ps1_derivatives", linear_unit_gradient=minus, linear_unit_update=plus)
    assert lost(report) == {"linear_unit_gradient": 1}
    assert exercise(report, "linear_unit_update").checks[0].followed == ()


def test_a_function_that_stops_costs_once_as_well(grade):
    """Where it raises, and where it ends the whole process."""
    ends = "def sigmoid_prime(z):\n    import os\n    os._exit(3)"
    raises = "def sigmoid_prime(z):\n    return 1 / 0"
    for wrong in (ends, raises):
        assert lost(grade("ps1_derivatives", sigmoid_prime=wrong)) == {"sigmoid_prime": 1}


def reports(assignment: Assignment, **shares: float) -> dict[str, ExerciseReport]:
    """Reports in which each exercise earns a share of its points; -1 is a stub."""
    made = {}
    for e in assignment.exercises:
        share = shares.get(e.name, 1.0)
        status = "missing" if share < 0 else "passed" if share == 1 else "wrong"
        made[e.name] = ExerciseReport(e.name, status, max(share, 0) * e.points, e.points, ())
    return made


@pytest.mark.parametrize(
    ("shares", "names"),
    [
        ({"backward": 0.0}, []),
        ({"backward": 0.0, "forward": 0.5}, ["forward"]),
        ({"backward": 0.0, "forward": -1.0, "linear_backward": 0.0}, ["linear_backward"]),
        ({"backward": 0.5, "bias_gradient": 0.0, "forward": 0.0}, ["forward", "bias_gradient"]),
        ({"backward": -1.0, "forward": 0.0}, []),
        ({"forward": 0.0}, []),
        ({"backward": 0.0, "binary_cross_entropy": 0.0}, []),
    ],
)
def test_what_is_replaced(shares, names):
    """Earlier functions that the record names and the student tried in vain; nothing else."""
    assignment = load_assignment("ps4_batch_mlp")
    found = to_replace(
        assignment.exercise("backward"), assignment.exercises[:-1], reports(assignment, **shares)
    )
    assert found == names


def test_training_loops_are_called_again_and_never_replaced():
    assignment = load_assignment("ps3_gre_admissions")
    train = assignment.exercise("train")
    earlier = assignment.exercises[: assignment.exercises.index(train)]
    found = reports(assignment, train=0.0, forward=0.0)
    assert to_replace(train, earlier, found) == ["forward"]
    misled = replace(train, calls=("train", "forward"))
    assert to_replace(misled, assignment.exercises, found) == ["forward"]


def report_of(answers, *statuses, asked=()):
    """A report with one status per check, and outcomes in which `asked` was used."""
    checks = tuple(
        CheckReport(c.name, status, c.points if status == "passed" else 0.0, c.points, status)
        for c, status in zip(answers.exercise.checks, statuses, strict=True)
    )
    outcomes = {call.key: CallOutcome("returned", asked=asked) for call in answers.calls}
    score = sum(check.score for check in checks)
    return ExerciseReport(answers.exercise.name, "wrong", score, 3.0, checks), outcomes


def test_only_checks_that_failed_and_now_pass_change(answers):
    """What passed before may fail the second time, and nothing is lost."""
    first, _ = report_of(answers, "passed", "wrong", "raised")
    second, outcomes = report_of(answers, "wrong", "passed", "wrong", asked=("f",))
    causes = {"f": ExerciseReport("f", "wrong", 0.0, 1.0, ())}
    final = followed(first, second, answers, outcomes, causes, ("f",))
    assert [check.status for check in final.checks] == ["passed", "passed", "raised"]
    assert final.checks[0] == first.checks[0]
    assert final.checks[2] == first.checks[2]
    assert (final.score, final.status) == (2.0, "raised")


def test_a_second_try_without_a_question_earns_nothing(answers):
    """A function that passes now and then is not excused."""
    first, _ = report_of(answers, "wrong", "wrong", "wrong")
    second, outcomes = report_of(answers, "passed", "passed", "passed")
    causes = {"f": ExerciseReport("f", "wrong", 0.0, 1.0, ())}
    assert followed(first, second, answers, outcomes, causes, ("f",)) == first


def test_the_function_to_mend_is_the_one_that_is_wrong_itself(answers):
    """B only called A: who builds on B is sent to A."""
    first, _ = report_of(answers, "wrong", "wrong", "wrong")
    second, outcomes = report_of(answers, "passed", "passed", "passed", asked=("A", "B"))
    misled = CheckReport("value", "passed", 1.0, 1.0, "", followed=("A",))
    causes = {
        "A": ExerciseReport("A", "wrong", 0.0, 1.0, ()),
        "B": ExerciseReport("B", "passed", 1.0, 1.0, (misled,)),
    }
    final = followed(first, second, answers, outcomes, causes, ("A", "B"))
    assert {check.followed for check in final.checks} == {("A",)}
    assert exercise_lines(final) == ["✓ affine_backward: 3 of 3", MEND.format("A")]
    halfway = {**causes, "B": replace(causes["B"], score=0.5)}
    final = followed(first, second, answers, outcomes, halfway, ("A", "B"))
    assert {check.followed for check in final.checks} == {("A", "B")}


@pytest.mark.parametrize("asked", [("C", "A"), ("B",), ("C", "B", "A"), ("A", "C", "B")])
def test_which_functions_are_used_and_when_is_not_told(answers, asked):
    """The student's code chooses that, and it has seen right values: it could spell them so."""
    first, _ = report_of(answers, "wrong", "wrong", "wrong")
    second, outcomes = report_of(answers, "passed", "passed", "passed", asked=asked)
    causes = {name: ExerciseReport(name, "wrong", 0.0, 1.0, ()) for name in "ABC"}
    final = followed(first, second, answers, outcomes, causes, ("A", "B", "C"))
    assert {check.followed for check in final.checks} == {("A", "B", "C")}


def test_several_functions_are_named_together():
    assert given_right(["f", "g", "h"]) == "Right, given right f, g and h: fix those first."
