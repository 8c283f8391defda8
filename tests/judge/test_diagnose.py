"""Naming: each general rule says its name on a gradient with that slip, and on no other."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring.rehearsal import judge
from autograder.exercise.answers import answer
from autograder.exercise.compare import FORMULA, compare
from autograder.exercise.load import load_assignment
from autograder.judge.diagnose import Seen, diagnose, state_fact
from autograder.judge.rules import RULES
from autograder.report.sentences import finding, sentence
from tests.conftest import SECRET

SHAPES = ({"N": 7, "D": 5, "H": 4}, {"N": 3, "D": 6, "H": 2}, {"N": 1, "D": 4, "H": 5})
RATE = 0.3


class Inputs:
    """What one case of the synthetic exercise is computed from: dW (H, D) and db (H, 1)."""

    def __init__(self, sizes):
        rng = np.random.default_rng(sizes["N"])
        self.sizes = sizes
        self.N = sizes["N"]
        self.dZ = 3 * rng.standard_normal((sizes["H"], self.N))
        self.A = rng.standard_normal((sizes["D"], self.N))
        self.dW = RATE * self.dZ @ self.A.T / self.N
        self.db = self.dZ.sum(axis=1, keepdims=True) / self.N


def words_of(found):
    return finding(found.fact, found.nudge)


def observe(student, want=lambda i: i.dW, mistakes=(), shapes=SHAPES):
    """Run a student's function on every case, as the grader does."""
    seen = []
    for inputs in map(Inputs, shapes):
        got, right = student(inputs), want(inputs)
        wrong = {name: function(inputs) for name, function in dict(mistakes).items()}
        rates = {"learning_rate": RATE}
        seen.append(Seen(got, right, compare(got, right), inputs.sizes, rates, wrong))
    return seen


def name(student, label="dW", sentences=(), **keywords):
    """The diagnosis of a function that is wrong."""
    return diagnose(label, observe(student, **keywords), dict(sentences))


def last_row(i):
    return np.where(np.arange(len(i.dW))[:, None] == len(i.dW) - 1, i.dW, 0)


def first_row(i):
    return np.where(np.arange(len(i.dW))[:, None] == 0, i.dW, 0)


def with_nan(i):
    return np.where(i.dW == i.dW.max(), np.nan, i.dW)


SLIPS = [
    ("sign", lambda i: -i.dW),
    ("times-n", lambda i: i.dW * i.N),
    ("over-n", lambda i: i.dW / i.N),
    ("times-2", lambda i: 2 * i.dW),
    ("half", lambda i: i.dW / 2),
    ("scaled", lambda i: 0.7 * i.dW),
    ("learning-rate-missing", lambda i: i.dW / RATE),
    ("learning-rate-twice", lambda i: i.dW * RATE),
    ("wrong-count", lambda i: i.dW * i.N / i.sizes["D"]),
    ("wrong-count", lambda i: i.dW / i.sizes["H"]),
    ("zeros", lambda i: 0 * i.dW),
    ("constant", lambda i: 0.122),
    ("nonfinite", with_nan),
    ("rounded", lambda i: np.round(i.dW, 1)),
    ("rounded", lambda i: np.round(i.dW, 3)),
    ("rounded", lambda i: np.round(i.dW, 6)),
    ("truncated", lambda i: i.dW.astype(int)),
    ("transposed", lambda i: i.dW.T),
    ("extra-axis", lambda i: i.dW[None]),
    ("not-summed", lambda i: RATE * i.dZ[:, None] * i.A[None] / i.N),
    ("not-summed", lambda i: RATE * i.dZ[:, None] * i.A[None]),
    ("summed-all", lambda i: i.dW.sum()),
    ("wrong-axis", lambda i: i.dW.sum(axis=0)),
    ("reordered", lambda i: i.dW.T.reshape(i.dW.shape)),
    ("only-last", last_row),
    ("only-first", first_row),
]
BIAS_SLIPS = [
    ("missing-axis", lambda i: i.db.ravel()),
    ("not-summed", lambda i: i.dZ),
    ("not-summed", lambda i: i.dZ / i.N),
    ("summed-all", lambda i: i.dZ.sum() / i.N),
    ("wrong-axis", lambda i: i.dZ.sum(axis=0, keepdims=True) / i.N),
    ("transposed", lambda i: i.db.T),
]


def test_every_rule_is_tried():
    assert set(RULES) == {slug for slug, _ in SLIPS + BIAS_SLIPS}


@pytest.mark.parametrize(("slug", "student"), SLIPS)
def test_a_slip_in_a_weight_gradient_is_named(slug, student):
    assert name(student).mistake == slug


@pytest.mark.parametrize(("slug", "student"), BIAS_SLIPS)
def test_a_slip_in_a_bias_gradient_is_named(slug, student):
    assert name(student, "db", want=lambda i: i.db).mistake == slug


@pytest.mark.parametrize(("slug", "student"), SLIPS + BIAS_SLIPS)
def test_no_rule_names_a_slip_that_one_case_contradicts(slug, student):
    """The slip on the first case, another error on the second: nothing explains both."""

    def mixed(i):
        return student(i) if i.N == 7 else i.dW + np.linspace(0.1, 0.2, i.dW.size)[:1]

    want = (lambda i: i.db) if (slug, student) in BIAS_SLIPS else (lambda i: i.dW)
    found = name(mixed, want=want)
    assert found.mistake in ("", "nonfinite")
    assert not found.orientation


@pytest.mark.parametrize(
    "student",
    [
        lambda i: i.dW + 0.1,
        lambda i: i.dW * np.linspace(0.5, 2, i.dW.shape[1]),
        lambda i: RATE * (i.dZ > 0) @ i.A.T / i.N,
        lambda i: np.ones((9, 9)) * i.N,
        lambda i: np.ones((0, 9)),
    ],
)
def test_an_unknown_error_gets_no_name(student):
    found = name(student)
    assert found.mistake == ""
    assert "dW" in words_of(found)


def test_two_right_answers_that_round_alike_are_rounded_and_not_typed_in():
    found = name(lambda i: 0.1, "step", want=lambda i: 0.1 + 0.01 / (i.N + 1))
    assert found.mistake == "rounded"
    assert "rounded to 1 decimal:" in words_of(found)


def test_a_transpose_is_named_beside_a_vector_that_has_none():
    def want(i):
        return i.dW if i.N > 1 else i.dW.ravel()

    assert name(lambda i: want(i).T, want=want).mistake == "transposed"


def test_a_batch_of_one_alone_does_not_accuse_the_batch_size():
    assert name(lambda i: i.dW + 1, shapes=SHAPES[2:]).mistake == ""


def test_the_fitted_factor_is_told_beside_the_batch_size():
    words = words_of(name(lambda i: i.dW * i.N))
    assert words.startswith("dW: 20 of 20 entries are wrong, the worst at [")
    assert "7 times too large, and the batch has 7 examples: is the 1/N missing?" in words


def test_the_shape_is_told_as_that_of_the_weight():
    words = words_of(name(lambda i: i.dW.T))
    assert words.startswith("dW must have the shape of W, (4, 5); you returned (5, 4).")


def test_orientation_is_for_right_numbers_only():
    assert name(lambda i: i.db.ravel(), want=lambda i: i.db).orientation
    assert not name(lambda i: -i.db.ravel(), want=lambda i: i.db).orientation
    assert not name(lambda i: i.dW.T).orientation


def test_no_feedback_holds_a_right_value():
    for _, student in SLIPS:
        words = words_of(name(student))
        for inputs in map(Inputs, SHAPES):
            assert not any(f"{entry:.3f}" in words for entry in np.abs(inputs.dW).flat)


OWN = {"no_slope": lambda i: i.dW * 1.5 + 0.25, "no_bias": lambda i: i.dW - 0.5}
SENTENCES = {"no_slope": "σ' is missing.", "no_bias": "The bias is missing.", "minus": "Minus."}


def test_an_exercise_names_its_own_mistake():
    found = name(OWN["no_bias"], mistakes=OWN, sentences=SENTENCES)
    assert found.mistake == "no_bias"
    assert words_of(found).endswith("The bias is missing.")


def test_an_own_mistake_goes_before_a_general_rule():
    found = name(lambda i: -i.dW, mistakes={"minus": lambda i: -i.dW}, sentences=SENTENCES)
    assert found.mistake == "minus"
    assert "sign" not in words_of(found)


def test_two_candidates_are_both_said():
    twins = {**OWN, "minus": OWN["no_bias"]}
    found = name(OWN["no_bias"], mistakes=twins, sentences=SENTENCES)
    assert found.mistake == "no_bias|minus"
    assert "The bias is missing. Or: Minus." in words_of(found)


def test_an_own_mistake_needs_every_case():
    def mixed(i):
        return OWN["no_bias"](i) if i.N != 3 else i.dW - 0.6

    assert name(mixed, mistakes=OWN, sentences=SENTENCES).mistake == ""


def test_the_wrong_layer_of_a_list_is_named():
    found = name(lambda i: ([i.dW, -i.dW], i.db), "gradients", want=lambda i: ([i.dW, i.dW], i.db))
    assert found.mistake == "sign"
    assert words_of(found).startswith("gradients[0][1]: 20 of 20")


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (None, "dW: None came back. Is there a return in the function?"),
        ("text", "dW: expected an array of shape (4, 5), got text."),
        (1j, "dW: expected an array of shape (4, 5), got a complex number."),
        ((1.0, [2.0]), "dW: expected an array of shape (4, 5), got a tuple of 2."),
        (np.ones((2, 2)), "dW must have the shape of W, (4, 5); you returned (2, 2)."),
    ],
)
def test_what_is_no_array_is_told_plainly(got, words):
    assert sentence(state_fact("dW", observe(lambda i: got)[0])) == words


def test_one_number_is_wrong_without_an_index():
    assert words_of(name(lambda i: 2.5 + i.N, "loss", want=lambda i: float(i.N**2))) == (
        "loss is wrong."
    )


def test_of_a_label_no_sign_and_no_factor_is_spoken():
    """An epoch number that is twice another one is another epoch, and nothing more."""
    exercise = load_assignment("ps5_bike_sharing").exercise("stop_epoch")
    quantities = tuple(replace(check, tolerance=FORMULA) for check in exercise.checks)

    def mistakes(record):
        twice = judge(answer(record, SECRET, 0), lambda *given: 2 * exercise.reference(*given))
        assert {check.status for check in twice.checks} == {"wrong"}
        return {check.mistake for check in twice.checks}

    assert mistakes(exercise) == {""}
    assert mistakes(replace(exercise, checks=quantities)) == {"times-2"}


def test_a_mistake_that_another_check_of_the_same_part_contradicts_is_a_coincidence():
    """The numbers of one case fit; what came back for other inputs does not."""
    here = observe(OWN["no_bias"], mistakes=OWN, shapes=SHAPES[:1])
    there = observe(lambda i: i.dW - 0.6, mistakes=OWN, shapes=SHAPES[1:])
    right = observe(lambda i: i.dW, mistakes=OWN, shapes=SHAPES[1:])
    assert diagnose("dW", here, SENTENCES).mistake == "no_bias"
    assert diagnose("dW", here, SENTENCES, there).mistake == ""
    assert diagnose("dW", here, SENTENCES, right).mistake == ""


def test_a_rule_that_holds_wherever_the_part_is_wrong_is_said_first():
    """On the one case a factor of the sizes fits as well; it does not hold elsewhere."""
    here = observe(lambda i: i.dW / 7, shapes=SHAPES[:1])
    there = observe(lambda i: i.dW / 7, shapes=SHAPES[1:])
    assert diagnose("dW", here, {}).mistake == "over-n"
    assert diagnose("dW", here, {}, there).mistake == "scaled"


def test_one_number_for_several_entries_asks_for_examples_only_where_there_are_some():
    shapes = [{"D": 4, "H": 3}, {"D": 3, "H": 5}]

    def want(i):
        return np.arange(1.0, 1 + i.sizes["D"])

    class Plain(Inputs):
        def __init__(self, sizes):
            self.sizes, self.N = sizes, 1

    seen = [
        Seen(want(i).sum(), want(i), compare(want(i).sum(), want(i)), i.sizes, {}, {})
        for i in map(Plain, shapes)
    ]
    found = diagnose("dx", seen, {})
    assert found.mistake == "summed-all"
    assert "examples" not in found.nudge


def test_entries_where_one_number_is_asked_for_are_not_summed():
    found = name(lambda i: i.dZ[0] ** 2, "loss", want=lambda i: (i.dZ[0] ** 2).sum())
    assert found.mistake == "not-summed"
    assert "one number is asked for" in found.nudge


def test_a_sum_over_an_axis_that_should_stay_is_told_as_that():
    words = name(lambda i: i.dZ.sum(axis=1), "dZ", want=lambda i: i.dZ).nudge
    assert "every example has a result of its own" in words


def test_one_number_everywhere_was_typed_in_whatever_the_shape():
    assert name(lambda i: np.full(i.dW.shape, 0.25)).mistake == "constant"


def test_whole_numbers_that_come_as_floats_are_not_cut_off():
    found = name(lambda i: np.trunc(i.dW), want=lambda i: i.dW)
    assert found.mistake != "truncated"
