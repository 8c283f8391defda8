"""Slips: made by kind, worded without an answer in them, and known again by their values."""

import ast
import os
import re

import numpy as np
import pytest

from autograder.authoring.rehearsal import judge
from autograder.course import CACHE_VARIABLE, cache_folder
from autograder.exercise.answers import answer
from autograder.exercise.compare import FORMULA
from autograder.exercise.load import load_assignment
from autograder.judge.slips import banks, store
from autograder.judge.slips.bank import Bank
from autograder.judge.slips.build import BuildFailed, BuildLimits, build
from autograder.judge.slips.edits import all_edits
from autograder.judge.slips.fingerprints import fingerprint
from autograder.judge.slips.grow import CALLEE, Slip, slips_of
from autograder.judge.slips.kinds import KINDS, RANKS
from autograder.judge.slips.look_up import (
    OTHER,
    RIGHT,
    Asked,
    Rows,
    from_bytes,
    look_up,
    to_bytes,
)
from autograder.judge.slips.scope import Scope, notebook_names, scope_of
from autograder.judge.slips.slip_rows import rows_of
from autograder.judge.slips.syntax import names_of, plain_tree
from autograder.judge.slips.wording import OPENING, WORDINGS, sentence

SECRET = b"slips"
SET, NAME = "ps4_batch_mlp", "weight_gradient"
CASE_SETS = 4


@pytest.fixture(scope="module")
def keys():
    exercise = load_assignment(SET).exercise(NAME)
    return [answer(exercise, SECRET, case_set) for case_set in range(CASE_SETS)]


@pytest.fixture(scope="module")
def slips(keys):
    return list(slips_of(keys[0].exercise, load_assignment(SET), keys[0].groups[0][0]))


@pytest.fixture(scope="module")
def bank(slips, keys):
    return Bank(rows_of(slips, keys))


def right(dZ, A_prev):
    """In another style than the reference's."""
    return np.einsum("in,jn->ij", dZ, A_prev) / dZ.shape[1]


def told(bank, key, student):
    """What a student is told of the exercise's one check."""
    return judge(key, student, bank.name).checks[0]


WRONG = {
    "slope-extra": lambda dZ, A_prev: right(dZ, A_prev - A_prev**2),
    "activation-extra": lambda dZ, A_prev: right(dZ, 1 / (1 + np.exp(-A_prev))),
    "input": lambda dZ, A_prev: right(dZ, 1 - A_prev),
    "operator": lambda dZ, A_prev: dZ @ A_prev.T - dZ.shape[1],
    "abs-square-root": lambda dZ, A_prev: right(np.sqrt(dZ**2), A_prev),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_program_is_told_which_slip_gives_its_values(bank, keys, kind):
    """On every case set, in the same words."""
    checks = [told(bank, key, WRONG[kind]) for key in keys]
    assert {check.mistake for check in checks} == {kind}
    assert len({check.nudge for check in checks}) == 1
    assert checks[0].nudge.startswith(OPENING)


def test_a_known_mistake_wins_every_tie(bank, keys):
    for mistake in keys[0].exercise.mistakes:
        named = told(bank, keys[1], mistake.function).mistake.split("|")
        assert set(named) <= {mistake.name, *mistake.twins}


def test_a_slip_with_a_factor_is_both(bank, keys):
    for key in keys:
        check = told(bank, key, lambda *given: -WRONG["activation-extra"](*given))
        assert check.mistake == "activation-extra+sign"
        assert check.nudge.startswith(OPENING)
        assert check.nudge.endswith("And the sign is the other way round.")


def test_like_places_may_stand_before_an_index_with_a_slice():
    tree = ast.parse("def f(x, y): return x[:, None] - y[:, None]").body[0]
    found = list(all_edits(tree, Scope(("x", "y"), ("x", "y"), ("x", "y"))))
    assert any("x[None] - y[:, None]" in edit.source for edit in found)
    assert any(edit.spread for edit in found)


def test_results_may_be_made_with_texts_that_hold_names():
    tree = ast.parse("def f(x, y): return g(f'{x}->{y}', y), x * y").body[0]
    found = list(all_edits(tree, Scope(("x", "y"), ("x", "y"), ("x", "y"))))
    assert any(edit.kind == "result-reused" for edit in found)


def test_a_known_mistake_with_a_factor_is_both(keys):
    mistake = keys[0].exercise.mistakes[0]
    check = judge(keys[0], lambda *given: -2 * (mistake.function(*given) / 2)).checks[0]
    assert check.mistake == f"{mistake.name}+sign"
    assert check.nudge.startswith(mistake.sentence)


@pytest.mark.parametrize(
    "student",
    [
        lambda dZ, A_prev: np.zeros((len(dZ), len(A_prev))),
        lambda dZ, A_prev: np.full((len(dZ), len(A_prev)), 0.25),
        lambda dZ, A_prev: right(dZ, np.sin(7 * A_prev)),
        lambda dZ, A_prev: "text",
        lambda dZ, A_prev: [[1], [2, 3]],
    ],
    ids=["zeros", "constant", "strange", "text", "ragged"],
)
def test_what_is_no_slip_is_not_named_by_the_bank(bank, keys, student):
    assert OPENING not in told(bank, keys[0], student).nudge


def test_no_right_program_matches_a_row(bank, keys):
    for key in keys:
        for program in (key.exercise.reference, right):
            values = [program(*case.arguments) for case in key.groups[0]]
            assert bank.name(key, {NAME: values}) == {}


def test_values_that_are_not_finite_agree_only_where_the_same_entries_are():
    finite = [np.array([1.0, 2.0, 3.0])]
    prints = [
        fingerprint([np.array(values)], finite, FORMULA)
        for values in ([1, np.inf, 3], [np.inf, 1, 3], [1, -np.inf, 3], [1, np.nan, 3], [1, 0, 3])
    ]
    assert len({found.form for found in prints}) == 5
    assert len({tuple(found.shadows) for found in prints if found.form}) >= 2


def test_a_row_that_is_right_on_one_case_set_is_dropped(keys):
    """A slip whose values agree with the reference by chance of the inputs says nothing."""
    seldom = Slip("sign", "Seldom.", 0, NAME, function=_negative_where(keys[0]))
    always = Slip("sign", "Always.", 0, NAME, function=lambda dZ, A_prev: -right(dZ, A_prev))
    rows = rows_of([seldom, always], keys)
    groups = {words: group for (_, words, _), group in zip(rows.said, rows.groups, strict=True)}
    assert groups["Always."][0] > RIGHT
    assert groups.get("Seldom.", [-1])[0] == -1


def test_rows_that_agree_on_some_case_sets_only_are_not_both_kept(keys):
    """The second agrees with the first on one case set: there nobody could tell them apart."""
    slips = [
        Slip("sign", "Minus.", 0, NAME, function=lambda dZ, A_prev: -right(dZ, A_prev)),
        Slip("factor", "Sometimes.", 1, NAME, function=_minus_or_thrice(keys[1])),
    ]
    rows = rows_of(slips, keys)
    assert [words for _, words, _ in rows.said] == ["Minus.", "Sometimes."]
    assert [group > RIGHT for (group,) in rows.groups] == [True, False]


def test_a_slip_that_raises_on_some_case_sets_is_known_on_the_others(keys):
    reference = keys[0].exercise.reference
    mine = _arguments(keys[1])

    def seldom(dA, Z):
        if any(dA.shape == one.shape and np.array_equal(dA, one) for one in mine):
            raise IndexError
        return 3 * reference(dA, Z) + 1

    made = Bank(rows_of([Slip("slice", "Seldom.", 0, NAME, function=seldom)], keys))
    for place, key in enumerate(keys):
        wrong = {NAME: [3 * reference(dA, Z) + 1 for dA, Z in _cases(key)]}
        names = [] if place == 1 else [NAME]
        assert [*made.name(key, {check_of(key): wrong[NAME]})] == [check_of(key) for _ in names]


def check_of(key):
    (check,) = key.exercise.checks
    return check.name


def _cases(key):
    return [case.arguments for case in key.groups[0]]


def test_a_slip_that_another_check_of_the_same_part_contradicts_is_not_named(keys):
    """Two checks of one result on two draws: only one of them has the slip's values."""
    (check,) = keys[0].exercise.checks
    groups = np.array([[1, 2], [1, RIGHT], [1, OTHER]], np.int32)
    marks = [_print_of(keys[0], check, factor) for factor in (-1, -2)]
    rows = Rows(
        said=(
            ("a", "Both.", 0),
            ("b", "The second is right.", 1),
            ("c", "The second is another number.", 2),
        ),
        groups=groups,
        checks=np.array([0, 1], np.int32),
        forms=np.array([[mark.form] for mark in marks], np.uint64),
        shadows=np.array([[mark.shadows] for mark in marks]),
    )
    wants = keys[0].rights[check.name][0]
    asked = [Asked(name, check.part, check.tolerance, wants) for name in ("one", "two")]
    minus, other = [-want for want in wants], [3 * want for want in wants]
    told = [
        look_up(rows, 0, asked, wrong)["one"].sentence
        for wrong in (
            {"one": minus, "two": [-2 * want for want in wants]},
            {"one": minus},
            {"one": minus, "two": other},
        )
    ]
    assert told == ["Both.", "The second is right.", "The second is another number."]


def _print_of(key, check, factor):
    wants = key.rights[check.name][0]
    return fingerprint([factor * want for want in wants], wants, check.tolerance)


def _arguments(key):
    return [case.arguments[0] for case in key.groups[0]]


def _negative_where(key):
    """Right on the first case set but for one case, and right on all others."""
    first = _arguments(key)[0]

    def student(dZ, A_prev):
        here = dZ.shape == first.shape and np.array_equal(dZ, first)
        return -right(dZ, A_prev) if here else right(dZ, A_prev)

    return student


def _minus_or_thrice(key):
    """Minus the right values on one case set, three times these on the others."""
    mine = _arguments(key)

    def student(dZ, A_prev):
        here = any(dZ.shape == one.shape and np.array_equal(dZ, one) for one in mine)
        return (-1 if here else 3) * right(dZ, A_prev)

    return student


def test_an_endless_slip_and_one_that_raises_have_no_row(keys):
    def endless(dZ, A_prev):
        while True:
            pass

    def raises(dZ, A_prev):
        raise MemoryError

    slips = [Slip("sign", "w", 0, NAME, function=function) for function in (endless, raises)]
    assert rows_of(slips, keys[:1]).said == ()


def test_own_edits_are_said_before_those_of_functions_that_are_called():
    assignment = load_assignment(SET)
    probe = assignment.exercise("probe")
    slips = list(slips_of(probe, assignment, answer(probe, SECRET, 0).groups[0][0]))
    own = [slip.rank for slip in slips if slip.inside == "probe"]
    called = [slip.rank for slip in slips if slip.inside == "linear_forward"]
    assert called
    assert max(own) < min(called)
    assert len(RANKS) < CALLEE


def test_a_slip_that_explains_every_lost_part_is_said_before_a_more_specific_one():
    """Both parts are wrong by one slip in the error: each part alone has a nearer name."""
    exercise = load_assignment("ps1_derivatives").exercise("multiply_backward")
    keys = [answer(exercise, SECRET, case_set) for case_set in range(2)]
    both = Slip("stand-in", "Both.", 40, exercise.name, function=lambda x, y, d: (d + y, d + x))
    one = Slip("sign", "One.", 5, exercise.name, function=lambda x, y, d: (d + y, d * x))
    bank = Bank(rows_of([one, both], keys))
    parts = [
        (case.arguments[2] + case.arguments[1], case.arguments[2] + case.arguments[0])
        for case in keys[0].groups[0]
    ]
    names = [check.name for check in exercise.checks]
    wrong = {name: [part[i] for part in parts] for i, name in enumerate(names)}
    assert {slip.sentence for slip in bank.name(keys[0], wrong).values()} == {"Both."}
    first = {names[0]: wrong[names[0]]}
    assert bank.name(keys[0], first)[names[0]].sentence == "One."


def edits(assignment, name):
    found = load_assignment(assignment)
    exercise = found.exercise(name)
    tree, known = plain_tree(exercise.reference), notebook_names(found)
    case = answer(exercise, SECRET, 0).groups[0][0]
    return (
        tree,
        known,
        list(all_edits(tree, scope_of(tree, exercise.reference, exercise, case, known))),
    )


@pytest.mark.parametrize(
    ("assignment", "name"),
    [
        (SET, "linear_backward"),
        ("ps6_softmax_networks", "softmax"),
        ("ps3_gre_admissions", "epoch_gradients"),
    ],
)
def test_sentences_are_short_and_quote_only_what_the_notebook_names(assignment, name):
    tree, known, found = edits(assignment, name)
    secret = set(names_of(tree)) - known
    for edit in found:
        words = sentence(edit, "inside `f`, ", known)
        claim = words.removesuffix(WORDINGS[edit.kind].nudge)
        assert claim.startswith(OPENING)
        assert len(claim.split()) <= 20, words
        assert words.endswith("?")
        quotes = re.findall(r"`([^`]*)`", words)
        assert len(quotes) <= 2
        assert not secret & set(quotes), words


def test_nearly_all_edits_are_of_their_kind():
    """An edit that is not, is not told: a slope where no slope is, the same text once more."""
    for name in ("probe", NAME):
        _, _, found = edits(SET, name)
        assert 0.9 < np.mean([edit.holds for edit in found]) <= 1


OTHERS = [
    ("brackets", "a * (1 - a)", "a * 1 - a", "a * (1 + a)"),
    ("slope", "d * a * (1 - a)", "d * (1 - a ** 2)", None),
    ("slope", "d @ x", None, "d @ x.T"),
    ("axis", "d.sum(axis=0)", "d.sum(axis=1)", "e.sum(axis=1)"),
    ("sign", "a - b", "a + b", "a - c"),
    ("transpose", "d @ x", "d @ x.T", "x @ d"),
    ("operand-order", "a - b", "b - a", "a + b"),
    ("operator", "a @ b", "a * b", "a * c"),
    ("missing-operand", "a * b * c", "a * c", "a * d"),
    ("function", "sigmoid(z)", "np.tanh(z)", "np.tanh(a)"),
    ("function-missing", "sigmoid(z)", "z", "a"),
    ("argument-order", "f(a, b)", "f(b, a)", "f(a, a)"),
    ("result-order", "(a, b)", "(b, a)", "(a, a)"),
    ("result-repeated", "(a, b)", "(a, a)", "(b, a)"),
    ("variable", "a", "b", "2"),
    ("constant", "1", "2", "a"),
    ("wrong-count", "x.shape[0]", "x.shape[1]", "x"),
    ("activation-extra", "x @ w", "sigmoid(x @ w)", "np.sqrt(x @ w)"),
    ("summed", "d", "np.sum(d)", "d * 2"),
    ("factor", "d", "2 * d", "d * n"),
    ("complement", "a", "1 - a", "a - 1"),
    ("slice", "w[1:]", "w", "x"),
    ("slice", "w[n, y]", "w[:, y]", "v[:, y]"),
    ("brackets", "g * (a + b)", "g * a + b", "g * a + c"),
    ("distributed", "f(a) + f(b)", "f(a + b)", "f(a + c)"),
    ("part-of-a-sum", "a @ b", "a[..., :1] @ b[:1]", "b[..., :1] @ a[:1]"),
    ("inverse", "w.T", "np.linalg.pinv(w)", "v.T"),
    ("index", "x[i]", "w[i]", "2"),
    ("factor-extra", "a @ b", "a @ b * a", "a @ b + a"),
    ("term-extra", "a @ b", "a @ b + a", "a @ b * a"),
    ("start", "np.zeros(w.shape)", "1.0 * w", "1.0 * v"),
    ("axis", "d.sum(axis=0) / e.mean(axis=0)", "d.sum(axis=1) / e.mean(axis=1)", "d + e"),
]


@pytest.mark.parametrize(("kind", "before", "of_it", "not_of_it"), OTHERS)
def test_a_kind_holds_of_its_edits_and_of_no_others(kind, before, of_it, not_of_it):
    def parsed(text):
        return ast.parse(text, mode="eval").body

    holds = KINDS[kind]
    assert not holds(parsed(before), parsed(before))
    assert of_it is None or holds(parsed(before), parsed(of_it))
    assert not_of_it is None or not holds(parsed(before), parsed(not_of_it))


def test_rows_are_the_same_after_they_were_kept(bank):
    again = from_bytes(to_bytes(bank.rows))
    assert again.said == bank.rows.said
    assert np.array_equal(again.shadows, bank.rows.shadows)
    assert np.array_equal(again.groups, bank.rows.groups)


def test_a_bank_is_made_in_a_limited_process(course):
    data = build(course, SET, "output_error_term", SECRET)
    assert len(from_bytes(data).said) > 20
    with pytest.raises(BuildFailed):
        build(course, SET, "output_error_term", SECRET, BuildLimits(memory_bytes=2**24))


def test_kept_banks_are_private(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    assert store.load("digest") is None
    assert store.keep("digest", b"rows")
    assert store.load("digest") == b"rows"
    folder = cache_folder(store.KIND)
    assert os.stat(folder).st_mode & 0o077 == 0
    assert os.stat(folder / "digest.npz").st_mode & 0o077 == 0


def test_a_folder_that_others_may_use_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    store.keep("digest", b"rows")
    cache_folder(store.KIND).chmod(0o777)
    assert store.load("digest") is None
    assert not store.keep("other", b"rows")


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
    assert cache_folder(store.KIND) is None
    assert not store.keep("digest", b"rows")


def test_the_digest_follows_the_secret_and_the_exercise(course):
    digests = {
        store.digest_of(course, SET, name, secret)
        for name in (NAME, "backward")
        for secret in (b"one", b"two")
    }
    assert len(digests) == 4


def test_every_kind_has_its_words():
    assert list(WORDINGS) == list(KINDS)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))


@pytest.mark.usefixtures("cache")
def test_a_bank_is_made_on_the_first_unexplained_failure_and_kept(course, keys, monkeypatch):
    made = []

    def counted(root, assignment, exercise, secret):
        made.append(exercise)
        return to_bytes(rows_of([MINUS], keys))

    monkeypatch.setattr("autograder.judge.slips.build.build", counted)
    found = banks.Banks(course, SET, SECRET)
    reference = keys[0].exercise.reference
    assert judge(keys[0], reference, found.name).score == keys[0].exercise.points
    assert made == []
    for _ in range(2):
        told = judge(keys[0], MINUS.function, found.name).checks[0]
        assert told.nudge == MINUS.words
    again = banks.Banks(course, SET, SECRET)
    assert judge(keys[1], MINUS.function, again.name).checks[0].mistake == "sign"
    assert made == [NAME]


MINUS = Slip("sign", "Minus.", 0, NAME, function=lambda dZ, A_prev: right(-dZ, np.sin(A_prev)))


@pytest.mark.usefixtures("cache")
def test_a_bank_that_cannot_be_made_is_logged_and_costs_the_name_alone(
    course, keys, monkeypatch, caplog
):
    def broken(*_):
        raise BuildFailed("exit 1")

    monkeypatch.setattr("autograder.judge.slips.build.build", broken)
    check = judge(keys[0], MINUS.function, banks.Banks(course, SET, SECRET).name).checks[0]
    assert (check.status, check.mistake) == ("wrong", "")
    assert "could not be made" in caplog.text


@pytest.mark.usefixtures("cache")
def test_a_training_functions_bank_is_never_made_while_grading(course, monkeypatch):
    monkeypatch.setattr("autograder.judge.slips.build.build", None)
    exercise = load_assignment("ps6_softmax_networks").exercise("train")
    key = answer(exercise, SECRET, 0)
    wrong = {check.name: [] for check in exercise.checks}
    assert banks.Banks(course, "ps6_softmax_networks", SECRET).name(key, wrong) == {}
