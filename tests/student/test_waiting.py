"""Right code is not blamed for the wrong function that it calls."""

from collections import Counter

import pytest

from autograder.exercise.load import assignment_names, load_assignment
from tests.notebooks import answers_to

USED_BY_OTHERS = [
    pytest.param(name, used, id=f"{name[:3]}-{used}")
    for name in assignment_names()
    for used in sorted(
        {used for exercise in load_assignment(name).exercises for used in exercise.calls}
    )
]


def notebook_of(name: str) -> dict:
    """The names of a notebook in which every function is answered as the reference does."""
    scope: dict = {}
    for exercise in load_assignment(name).exercises:
        names = exercise.reference.__globals__
        scope |= {key: value for key, value in names.items() if not key.startswith("__")}
    for source in answers_to(name).values():
        exec(source, scope)
    return scope


@pytest.mark.parametrize(("name", "used"), USED_BY_OTHERS)
def test_what_only_uses_a_wrong_function_is_right_or_waits(name, used, desks):
    """Whatever the wrong one returns; and it is named."""
    helper, assignment = desks(name), load_assignment(name)
    for wrong in (lambda *a: None, assignment.exercise(used).mistakes[0].function):
        scope = notebook_of(name)
        scope[used] = wrong
        for exercise in assignment.exercises:
            card = helper.judge(scope[exercise.name], scope)
            if exercise.name == used:
                assert card.state == "wrong"
            else:
                assert card.state in ("passed", "waiting"), repr(card)
                assert card.waits in ((), (used,)), repr(card)


def test_a_function_that_is_wrong_itself_is_still_told_what_is_wrong(desks):
    helper, scope = desks("ps4_batch_mlp"), notebook_of("ps4_batch_mlp")
    exec("def weight_gradient(dZ, A_prev): return dZ @ A_prev.T", scope)
    exec(
        "def linear_backward(dZ, A_prev, W):\n"
        "    return -W.T @ dZ, weight_gradient(dZ, A_prev), bias_gradient(dZ)",
        scope,
    )
    card = helper.judge(scope["linear_backward"], scope)
    assert card.state == "wrong"
    assert "sign" in repr(card)
    assert "It uses weight_gradient, which is not right yet" in repr(card)


def test_what_is_asked_of_a_wrong_function_and_is_not_known_waits(desks):
    helper, scope = desks("ps4_batch_mlp"), notebook_of("ps4_batch_mlp")
    exec("def weight_gradient(dZ, A_prev): return dZ @ A_prev.T", scope)
    exec(
        "def linear_backward(dZ, A_prev, W):\n"
        "    return W.T @ dZ, weight_gradient(2 * dZ, A_prev) / 2, bias_gradient(dZ)",
        scope,
    )
    card = helper.judge(scope["linear_backward"], scope)
    assert repr(card) == "… linear_backward waits for weight_gradient: fix that first."


def test_each_function_is_judged_twice_at_most_however_many_use_it(desks, monkeypatch):
    """As it stands, and with others right; also where all are wrong and use each other."""
    helper, scope = desks("ps4_batch_mlp"), notebook_of("ps4_batch_mlp")
    judged: list[str] = []
    own = helper._judged

    def noted(name, *rest):
        judged.append(name)
        return own(name, *rest)

    monkeypatch.setattr(helper, "_judged", noted)
    names = [exercise.name for exercise in load_assignment("ps4_batch_mlp").graded]
    for name in names:
        exec(f"def {name}(*given): return None", scope)
    scope["check"] = helper.check
    exec("check()", scope)
    assert set(judged) == set(names)
    assert max(Counter(judged).values()) <= 2


def test_the_notebook_is_as_it_was_after_lending(desks):
    helper, scope = desks("ps4_batch_mlp"), notebook_of("ps4_batch_mlp")
    wrong = scope["weight_gradient"] = lambda dZ, A_prev: None
    before = dict(scope)
    helper.judge(scope["linear_backward"], scope)
    assert scope["weight_gradient"] is wrong
    assert scope == before


def test_a_picture_waits_for_the_wrong_function_and_not_for_its_user(desks, capsys):
    helper, scope = desks("ps4_batch_mlp"), notebook_of("ps4_batch_mlp")
    scope |= {"weight_gradient": lambda dZ, A_prev: None, "ready": helper.ready}
    exec("shown = ready(linear_backward, bias_gradient)", scope)
    assert scope["shown"] is False
    assert capsys.readouterr().out == "This cell waits for weight_gradient.\n"
