"""Derivations that are graded line by line: a wrong line is named as that line, and costs once."""

import pytest

from autograder.authoring.rehearsal import judge
from autograder.exercise.answers import answer
from autograder.exercise.load import load_assignment
from tests.conftest import SECRET
from tests.follow.conftest import exercise, lost
from tests.notebooks import answers_to

LADDERS = {
    "sigmoid": (
        "ps1_derivatives",
        ("sigmoid_prime_from_u", "sigmoid_prime", "sigmoid_prime_from_output"),
    ),
    "one weight, then all": (
        "ps4_batch_mlp",
        ("weight_gradient_entry", "weight_gradient", "bias_gradient"),
    ),
    "one rule for all products": ("ps5_bike_sharing", ("einsum_backward", "deep_backward")),
    "softmax and cross-entropy": (
        "ps6_softmax_networks",
        ("d_true_score", "d_log_sum", "d_cross_entropy", "scores_gradient"),
    ),
    "two-layer ReLU net": (
        "ps7_deep_networks",
        ("dL_unfolded", "relu_jacobians", "two_layer_relu_gradients"),
    ),
    "residual layer": (
        "ps7_deep_networks",
        ("residual_dJ", "residual_dJ_unfolded", "residual_jacobians", "residual_gradients"),
    ),
    "recursion": ("ps7_deep_networks", ("error_term_below", "deep_gradients")),
}
"""Derivations cut into functions: the set, and the rungs from the first line to the last."""
LINED = {
    "graph with forks": ("ps1_derivatives", "graph_gradients"),
    "five slopes": ("ps2_worked_example", "slope_chain"),
    "six slopes": ("ps3_gre_admissions", "chain_slopes"),
}
"""Derivations that one function returns, with a check for each line: the set and the function."""
NEGATED = """
def negated(value):
    if isinstance(value, tuple | list):
        return type(value)(map(negated, value))
    return {{key: negated(part) for key, part in value.items()}} if type(value) is dict else -value


def {name}(*arguments, right={name}):
    return negated(right(*arguments))
"""
"""A line with the wrong sign in all of it, behind the right one."""


def rungs():
    """Each rung of each ladder, with its set."""
    for ladder, (name, functions) in LADDERS.items():
        for function in functions:
            yield pytest.param(name, function, id=f"{ladder}-{function}")


def known_slips():
    """Each known wrong program of each rung, and of each function with lines."""
    for name, functions in [*LADDERS.values(), *((name, (f,)) for name, f in LINED.values())]:
        for function in functions:
            for mistake in load_assignment(name).exercise(function).mistakes:
                yield pytest.param(name, function, mistake, id=f"{function}-{mistake.name}")


def with_wrong_sign(name, function):
    return answers_to(name)[function] + NEGATED.format(name=function)


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "function"), [*rungs()])
def test_a_wrong_rung_is_named_and_those_above_it_stay_right(grade, name, function):
    """Handed in with all other rungs right, also those that call it."""
    report = grade(name, **{function: with_wrong_sign(name, function)})
    assert set(lost(report)) == {function}
    wrong = [check for check in exercise(report, function).checks if check.score < check.points]
    assert wrong
    assert all(check.mistake and check.nudge for check in wrong)


@pytest.mark.parametrize("ladder", LADDERS)
def test_two_wrong_rungs_are_both_named(grade, ladder):
    """The first and the last: the lines between them can still be right."""
    name, functions = LADDERS[ladder]
    ends = functions[0], functions[-1]
    report = grade(name, **{end: with_wrong_sign(name, end) for end in ends})
    assert set(lost(report)) == set(ends)


@pytest.mark.parametrize(("name", "function", "mistake"), [*known_slips()])
def test_a_known_slip_is_named_where_it_was_made(name, function, mistake):
    """By its own name, alone or with its twins, in each line that it spoils, and in no other."""
    known = load_assignment(name).exercise(function)
    report = judge(answer(known, SECRET, 0), mistake.function)
    wrong = {check.name: check for check in report.checks if check.score < check.points}
    assert wrong.keys() == known.lost_by(mistake)
    for check in wrong.values():
        if check.status == "raised":  # its error says enough
            continue
        assert mistake.name in check.mistake.split("|")
        assert {*check.mistake.split("|")} <= {mistake.name, *mistake.twins}


@pytest.mark.parametrize("ladder", LINED)
def test_a_slip_in_a_line_costs_that_line_alone(ladder):
    """Although all lines after it are made from it."""
    name, function = LINED[ladder]
    known = load_assignment(name).exercise(function)
    assert known.mistakes
    assert {len(known.lost_by(mistake)) for mistake in known.mistakes} == {1}
