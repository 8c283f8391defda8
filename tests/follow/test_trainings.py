"""One mistake costs a training nothing: a few steps are run again, and only then the long ones."""

from dataclasses import replace

import pytest

from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from autograder.follow.marks import calls_at_first, calls_at_last
from autograder.records import CheckReport, ExerciseReport, Graded
from autograder.report.feedback import render
from autograder.report.sentences import given_right, uses_wrong
from autograder.report.words import exercise_lines
from autograder.settings import AskLimits
from tests.conftest import SECRET
from tests.follow.conftest import exercise, lost
from tests.notebooks import answers_to

BARE_SUM = """
def forward(x, W_ih, W_ho):
    hidden = sigmoid(x @ W_ih)
    return hidden, hidden @ W_ho
"""
ONE_BIAS = "def affine_backward(dout, X, W):\n    return dout @ W.T, X.T @ dout, dout.sum()"
OVER_ALL = "def softmax(scores):\n    e = np.exp(scores)\n    return e / e.sum()"
IN_PLACE = """
def affine_backward(dout, X, W):
    found = dout @ W.T, X.T @ dout, dout.sum(axis=0)
    dout *= 0
    X *= 0
    return found
"""
AS_A_LIST = """
def scores_gradient(probs, y):
    return ((probs - np.eye(probs.shape[1])[y]) / len(y)).tolist()
"""


def other_train(right, wrong):
    """The training of ps6 with one piece of text exchanged."""
    source = answers_to("ps6_softmax_networks")["train"]
    assert right in source
    return source.replace(right, wrong)


WITHOUT_UPDATE_OF_B2 = other_train("b2 = b2 - learning_rate * db2", "db2 = db2")
ONE_LOSS = other_train("return (W1, b1, W2, b2), losses", "return (W1, b1, W2, b2), losses[-1:]")


@pytest.mark.parametrize(
    ("name", "function", "wrong", "training"),
    [
        ("ps3_gre_admissions", "forward", BARE_SUM, "train"),
        ("ps6_softmax_networks", "affine_backward", ONE_BIAS, "train"),
    ],
)
def test_a_wrong_function_costs_the_training_above_it_nothing(
    grade, name, function, wrong, training
):
    """Neither its steps nor, in 50 or 150 of them, what they come to."""
    report = grade(name, **{function: wrong})
    assert set(lost(report)) == {function}
    assert given_right([function]) in exercise_lines(exercise(report, training))


@pytest.mark.parametrize(
    ("trap", "source"),
    [("affine_backward", IN_PLACE), ("scores_gradient", AS_A_LIST)],
)
def test_a_right_helper_that_is_a_trap_costs_a_training_nothing(grade, trap, source):
    """One that changes what it is given; one that returns lists, which have no product."""
    report = grade("ps6_softmax_networks", **{trap: source})
    assert lost(report) == {}
    assert exercise(report, trap).notes
    assert exercise(report, "train").uses == ()


def test_what_is_wrong_itself_is_told_what_it_uses(grade):
    """The steps stay wrong, so the long training is not tried; the page sends on to `softmax`."""
    name = "ps6_softmax_networks"
    report = grade(name, softmax=OVER_ALL, train=WITHOUT_UPDATE_OF_B2)
    train = exercise(report, "train")
    assert train.uses == ("softmax",)
    told = uses_wrong(["softmax"])
    assert told == "It uses softmax, which is not right yet: fix that one first."
    assert told in exercise_lines(train)
    assert told in render(Graded(report))
    alone = exercise(grade(name, train=WITHOUT_UPDATE_OF_B2), "train")
    assert alone.uses == ()
    assert train.score < train.points


def test_a_wrong_record_of_losses_costs_itself_also_where_a_helper_is_wrong(grade):
    """The weights are right, given a right `softmax`, and so is what 150 steps come to."""
    report = grade("ps6_softmax_networks", softmax=OVER_ALL, train=ONE_LOSS)
    train = exercise(report, "train")
    followed = {check.name for check in train.checks if check.followed == ("softmax",)}
    assert followed == {"W1", "b1", "W2", "b2", "spiral"}
    assert {c.name for c in train.checks if not c.score} == {"losses"}


def test_several_functions_that_are_used_are_named_with_or():
    """Which of them it calls, a student's code chooses; that it calls one is known."""
    words = "It uses f, g or h, which are not right yet: fix those first."
    assert uses_wrong(["f", "g", "h"]) == words


def run_again(graders, grade, monkeypatch, name, **answers):
    """The jobs with lent functions that a submission leads to: how often each draw is called."""
    jobs = []
    grader = graders(name)
    run = grader._sandbox.run
    monkeypatch.setattr(grader._sandbox, "run", lambda *a: jobs.append(a) or run(*a))
    grade(name, **answers)
    monkeypatch.undo()
    return [[call.key[1] for call in job.calls if call.key[0] == "train"] for job, _ in jobs[1:]]


def test_long_trainings_are_run_again_once_and_only_after_short_ones(graders, grade, monkeypatch):
    """The 150 steps of the spiral; a training that is wrong itself is spared them."""
    name = "ps6_softmax_networks"
    short, long = run_again(graders, grade, monkeypatch, name, softmax=OVER_ALL)
    assert set(short) == {0}
    assert long == [1]
    uphill = answers_to(name)["train"].replace(" - learning_rate", " + learning_rate")
    (only,) = run_again(graders, grade, monkeypatch, name, softmax=OVER_ALL, train=uphill)
    assert set(only) == {0}


def test_questions_of_both_runs_are_counted_together(graders, grade, monkeypatch):
    """What the short trainings have asked is gone for the long one, which then stays wrong."""
    name = "ps6_softmax_networks"
    asked = exercise(grade(name, softmax=OVER_ALL), "train")
    assert asked.score == asked.points
    few = replace(AskLimits(), per_submission=150)
    monkeypatch.setattr(graders(name)._follow_through, "_limits", few)
    train = exercise(grade(name, softmax=OVER_ALL), "train")
    assert {c.name for c in train.checks if c.score < c.points} == {"spiral"}
    assert train.uses == ("softmax",)


def judged(exercise, *wrong):
    """A report in which all checks but these pass."""
    checks = tuple(
        CheckReport(c.name, "wrong" if c.name in wrong else "passed", 0.0, c.points)
        for c in exercise.checks
    )
    return ExerciseReport(exercise.name, "wrong", 0.0, exercise.points, checks)


@pytest.mark.parametrize(
    ("wrong", "draws"),
    [
        (("losses", "stops at once"), {1, 2}),
        (("W_ho", "losses", "stops at once"), set()),
        (("stops later",), {3}),
        ((), set()),
    ],
)
def test_which_long_trainings_are_run_again(wrong, draws):
    """Those that failed, where the weights after a few steps are right."""
    train = load_assignment("ps3_gre_admissions").exercise("train")
    answers = answer(train, SECRET, 0)
    assert {call.key[1] for call in calls_at_first(answers)} == {0}
    assert {call.key[1] for call in calls_at_last(answers, judged(train, *wrong))} == draws


def test_what_is_no_training_is_run_again_whole_and_at_once():
    softmax = load_assignment("ps6_softmax_networks").exercise("softmax")
    answers = answer(softmax, SECRET, 0)
    assert calls_at_first(answers) == answers.calls
    assert calls_at_last(answers, judged(softmax, "stable")) == ()


@pytest.mark.parametrize(
    ("name", "right", "wrong", "checks"),
    [
        ("ps6_softmax_networks", "losses.append(loss)", "losses.append(2 * loss)", {"losses"}),
        ("ps3_gre_admissions", "epochs + 1", "epochs", {"W_ih", "W_ho"}),
        ("ps3_gre_admissions", "epochs + 1", "epochs + 2", {"W_ih", "W_ho"}),
        ("ps3_gre_admissions", "losses.append(mse_loss(targets, outputs))",
         "losses.append(len(targets) * mse_loss(targets, outputs))", {"losses"}),
    ],
)  # fmt: skip
def test_a_wrong_count_or_record_costs_the_checks_that_it_concerns(
    grade, name, right, wrong, checks
):
    """Not everything that an epoch too many, or another measure of the loss, changes."""
    source = answers_to(name)["train"]
    assert right in source
    train = exercise(grade(name, train=source.replace(right, wrong)), "train")
    assert {check.name for check in train.checks if check.score < check.points} == checks
