"""A small change of a right answer costs points: a sample each time, all of them by night."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.slips.mutate import mutants_of
from tests.mutants.equivalent import changes, equivalent_mutants, read_list, true_names
from tests.mutants.prove import Task, answers_of, mutants, run, run_all, tasks
from tests.mutants.summary import place_of, summarise
from tests.mutants.verdicts import Verdict, guarded, try_mutant

CASE_SETS = 2


def exercises():
    for assignment in assignment_names():
        for exercise in load_assignment(assignment).graded:
            yield pytest.param(assignment, exercise.name, id=f"{assignment[:3]}-{exercise.name}")


@pytest.mark.parametrize(("assignment", "name"), list(exercises()))
def test_a_changed_reference_loses_points(assignment, name):
    """Two mutants of each exercise, chosen by a fixed seed, on two case sets."""
    listed = equivalent_mutants()
    every = mutants(assignment, name)
    short = assignment.partition("_")[0]
    wrong = [i for i, m in enumerate(every) if (f"{short} {name}", m.change) not in listed]
    rng = np.random.default_rng(list(name.encode()))
    places = tuple(int(i) for i in rng.choice(wrong, min(2, len(wrong)), replace=False))
    for verdict in run(Task(assignment, name, places, CASE_SETS)):
        assert not verdict.kept, verdict.change


@pytest.mark.nightly
def test_every_changed_reference_loses_points():
    """What `make mutants` proves: all mutants, on all case sets."""
    verdicts = [verdict for found in run_all(tasks()) for verdict in found]
    findings = summarise(verdicts, equivalent_mutants(), true_names(), assignment_names())
    assert findings.survivors == ()
    assert findings.stale == ()
    assert findings.misnamed == ()


def descend(w, gradient, learning_rate):
    """A function to change."""
    total = np.zeros(w.shape)
    total += gradient.sum(axis=0, keepdims=True)
    if learning_rate > 0.5:  # noqa: PLR1730 — a branch to change
        learning_rate = 0.5
    return w - learning_rate * total.T, total


@pytest.fixture(scope="module")
def changed():
    return {mutant.change for mutant in mutants_of(descend)}


@pytest.mark.parametrize(
    "slips",
    [
        "total «+= → = | -=» gradient.sum(axis=0, keepdims=True)",
        "total += gradient.sum(axis=«0 → 1 | None», keepdims=True)",
        "total += gradient.sum(«axis=0, keepdims=True → axis=0 | keepdims=True»)",
        "total += gradient.«sum → mean»(axis=0, keepdims=True)",
        "total += gradient.sum(axis=0, keepdims=True) → ",
        "return (w «- → +» learning_rate * total.T, total)",
        "return (w - learning_rate * «total.T → total | w.T», total)",
        "return (w - «learning_rate * total.T → total.T | 1.0 * total.T», total)",
        "return («w - learning_rate * total.T, total → total, w - learning_rate * total.T»)",
        "if learning_rate «> → >= | <» 0.5:",
        "if «learning_rate → not learning_rate» > 0.5:",
        "learning_rate = «0.5 → 0.25 | 1.0»",
        "total = np.«zeros → ones»(w.shape)",
        "total += gradient.sum(axis=0, keepdims=True) → below: def descend(w, gradient, "
        "learning_rate):",
    ],
)
def test_the_usual_slips_are_among_the_mutants(changed, slips):
    assert set(changes(slips)) <= changed


def test_mutants_are_named_apart_and_run():
    """Each has a name of its own, differs from the function, and is a program."""
    found = mutants_of(descend)
    assert len({mutant.change for mutant in found}) == len(found)
    assert len({mutant.source for mutant in found}) == len(found)
    assert all(callable(mutant.compile_like(descend)) for mutant in found)


def test_a_mutant_calls_the_right_functions_of_its_module():
    mutant = mutants("ps4_batch_mlp", "forward")[0]
    reference = load_assignment("ps4_batch_mlp").exercise("forward").reference
    function = mutant.compile_like(reference)
    assert function.__globals__["sigmoid"] is reference.__globals__["sigmoid"]
    assert function.__globals__ is not reference.__globals__


def test_whatever_a_mutant_raises_counts_as_raised(answers):
    def unbound():
        raise NameError("delta")

    with pytest.raises(ValueError, match="delta"):
        guarded(unbound)()


def test_the_reference_itself_would_survive():
    """A mutant that is no mutant earns everything: the proof can fail."""
    answered = answers_of("ps4_batch_mlp", "output_error_term", CASE_SETS)
    same = mutants_of(answered[0].exercise.reference)[0]
    same = type(same)(same.name, "none", "def output_error_term(A2, Y):\n    return A2 - Y")
    assert try_mutant("ps4_batch_mlp", same, answered).survived == (0, 1)


def verdict(change, survived=(), names=()):
    return Verdict("ps4_batch_mlp", "forward", change, tuple(survived), 2, names)


def summary(*verdicts, listed=(), true=()):
    places = [{("ps4 forward", change): "why" for change in changes} for changes in (listed, true)]
    return summarise(verdicts, *places, ["ps4_batch_mlp"])


def test_a_survivor_must_be_listed():
    """Earning everything on one case set is enough to be a survivor."""
    assert not summary(verdict("a → b", [1])).sound
    assert summary(verdict("a → b", [0, 1]), listed=["a → b"]).sound


def test_a_slight_change_is_caught_on_all_case_sets_or_on_none():
    """What is right everywhere is right; what is so on some inputs only is a lottery."""
    right = replace(verdict("a → |a|", [0, 1]), slight=True)
    lottery = replace(verdict("a → |a|", [1]), slight=True)
    assert summary(right).sound
    assert summary(right).rows[0].equivalent == 1
    assert not summary(lottery).sound


def test_slight_changes_are_made_of_every_kind():
    found = {
        mutant.change
        for name in ("softmax", "cross_entropy")
        for mutant in mutants("ps6_softmax_networks", name)
        if mutant.slight
    }
    assert any("np.abs(" in change for change in found)
    assert any("+ 1e-08" in change for change in found)
    assert any("len(np.unique(" in change for change in found)


def test_a_listed_mutant_must_survive_on_every_case_set():
    assert "loses points" in summary(verdict("a → b", [1]), listed=["a → b"]).stale[0]
    assert "no such mutant" in summary(verdict("a → b"), listed=["a → c"]).stale[0]


@pytest.mark.parametrize(
    ("names", "coincidence"),
    [
        (("",), False),
        (("hidden-derivative-missing",), False),
        (("", "hidden-derivative-missing"), True),
        (("", "times-n"), True),
        (("scaled", "times-2"), False),
        (("", "zeros"), False),
        (("never-stops", "never-stops|stops-on-a-fall"), False),
        (("never-stops", "stops-on-a-fall"), True),
        (("sign", "zeros"), True),
    ],
)
def test_a_name_that_comes_and_goes_is_a_coincidence(names, coincidence):
    """What is plainly there to be seen (zeros, nan) may be so on some inputs only."""
    assert bool(verdict("a → b", names=(("dW", names),)).misnamed) == coincidence


def test_lists_are_read_with_their_reasons():
    text = "Words on top.\n\n# Because.\nps1 f: return «x → y | -x» + 1\n"
    assert read_list(text) == {
        ("ps1 f", "return x + 1 → return y + 1"): "Because.",
        ("ps1 f", "return x + 1 → return -x + 1"): "Because.",
    }


@pytest.mark.parametrize("entries", [equivalent_mutants(), true_names()], ids=["right", "names"])
def test_the_lists_name_mutants_that_exist(entries):
    known = {
        (f"{assignment.partition('_')[0]} {exercise.name}", mutant.change)
        for assignment in assignment_names()
        for exercise in load_assignment(assignment).exercises
        for mutant in mutants(assignment, exercise.name)
    }
    assert set(entries) <= known


def test_listed_mutants_earn_everything():
    """Each exercise's first listed mutant, on two case sets."""
    first = dict(reversed(list(equivalent_mutants())))
    for exercise, change in first.items():
        short, _, name = exercise.partition(" ")
        assignment = next(a for a in assignment_names() if a.startswith(short + "_"))
        mutant = next(m for m in mutants(assignment, name) if m.change == change)
        found = try_mutant(assignment, mutant, answers_of(assignment, name, CASE_SETS))
        assert found.survived == (0, 1), place_of(found)
