"""Lines that are judged from the student's own lines before them: a wrong one costs once."""

import dataclasses

import numpy as np
import pytest

from autograder.authoring import laws
from autograder.errors import GraderFault, SpecError
from autograder.exercise import Check, Exercise, Mistake
from autograder.exercise.answers import answer
from autograder.exercise.own_lines import own_lines
from tests.conftest import SECRET


def chain(x):
    """Three lines, each made from the one before: c = 1 + x², b = c·x, a = b·x − c."""
    c = 1 + x**2
    b = c * x
    return {"c": c, "b": b, "a": b * x - c}


def line_by_line(x, **own):
    """The chain with lines of one's own, from which the later lines go on."""
    lines = {"c": lambda g: 1 + x**2, "b": lambda g: g["c"] * x, "a": lambda g: g["b"] * x - g["c"]}
    answered = {}
    for name, right in lines.items():
        answered[name] = own.get(name, right)(answered)
    return answered


def wrong_b(lines, arguments):
    return {"b": 2 * lines["c"] * arguments[0] ** 2}


def chain_exercise(**changes):
    record = {
        "reference": chain,
        "draw": lambda rng, n: (rng.uniform(0.5, 2.0, n["M"]),),
        "oracle": lambda x: {"c": 1 + x * x, "b": x + x**3, "a": x**4 - 1},
        "axes": "M",
        "checks": (
            Check("c", 1, part="c"),
            Check("b", 1, part="b", given=lambda g, a: g["c"] * a[0]),
            Check("a", 1, part="a", given=lambda g, a: g["b"] * a[0] - g["c"]),
        ),
        "mistakes": (
            Mistake(
                "squared",
                lambda x: line_by_line(x, b=lambda g: wrong_b(g, (x,))["b"]),
                "How often does x enter this line?",
                loses=("b",),
                given=wrong_b,
            ),
            Mistake("c-lost", lambda x: line_by_line(x, a=lambda g: g["b"] * x), "Where is c?",
                    loses=("a",), given=lambda g, a: {"a": g["b"] * a[0]}),
        ),
    }  # fmt: skip
    return Exercise(**{**record, **changes})


def judged(function, **changes):
    """Check name → report."""
    report = laws.judge(answer(chain_exercise(**changes), SECRET, 0), function)
    return {check.name: check for check in report.checks}


def test_the_chain_keeps_all_laws():
    for law in laws.LAWS:
        assert list(law(answer(chain_exercise(), SECRET, 3))) == [], law


@pytest.mark.parametrize("line", ["c", "b", "a"])
def test_a_wrong_line_costs_once_and_is_the_only_one_named(line):
    reports = judged(lambda x: line_by_line(x, **{line: lambda g: 7 + np.arange(len(x))}))
    assert [name for name, check in reports.items() if check.status != "passed"] == [line]


def test_a_mistake_is_named_whatever_the_lines_before_it_are():
    """The line before is wrong in a way of its own; both are found, and this one by its name."""

    def twice_wrong(x):
        return line_by_line(x, c=lambda g: np.sin(x) + 3, b=lambda g: wrong_b(g, (x,))["b"])

    reports = judged(twice_wrong)
    assert reports["b"].mistake == "squared"
    assert (reports["c"].status, reports["a"].status) == ("wrong", "passed")


def test_a_mistake_with_a_factor_on_top_is_named_from_the_students_own_lines():
    def turned(x):
        return line_by_line(x, c=lambda g: np.sin(x) + 3, b=lambda g: -wrong_b(g, (x,))["b"])

    assert judged(turned)["b"].mistake == "squared+sign"


@pytest.mark.parametrize("filler", [0.0, 1e-9, np.nan, np.inf], ids=str)
def test_lines_that_are_absent_do_not_make_those_after_them_right(filler):
    """Zeros follow from zeros; they earn nothing all the same."""
    reports = judged(lambda x: {name: np.full(len(x), filler) for name in "abc"})
    assert {check.score for check in reports.values()} == {0}


def test_a_missing_line_costs_its_own_check_only():
    reports = judged(lambda x: {k: v for k, v in chain(x).items() if k != "c"})
    assert [check.score for check in reports.values()] == [0, 1, 1]
    assert "must return a dict" in reports["c"].fact.told


def test_the_true_line_stands_in_for_one_of_another_shape():
    want = {"a": np.ones(3), "b": (np.ones(2), np.ones(2))}
    lines = own_lines({"a": np.ones((3, 1)), "b": [np.full(2, 5.0), None]}, want)
    assert lines["a"] is want["a"]
    assert lines["b"][0].tolist() == [5.0, 5.0]
    assert lines["b"][1] is want["b"][1]


def test_a_line_that_is_judged_from_itself_breaks_a_law():
    checks = (Check("c", 1, part="c", given=lambda g, a: g["c"]),)
    (words, *_) = laws.given_lines_are_linear(
        answer(chain_exercise(checks=checks, mistakes=()), SECRET, 0)
    )
    assert "`given` of 'c' looks at the part that it judges" in words


def test_a_line_that_is_not_linear_in_the_others_breaks_a_law():
    checks = (Check("a", 1, part="a", given=lambda g, a: g["b"] ** 2),)
    (words, *_) = laws.given_lines_are_linear(
        answer(chain_exercise(checks=checks, mistakes=()), SECRET, 0)
    )
    assert "`given` of 'a' is not linear" in words


def test_what_given_raises_is_a_fault_of_the_grader():
    def careless(lines, arguments):
        raise KeyError("a hidden number: 0.123456")

    checks = (Check("c", 1, part="c", given=careless),)
    with pytest.raises(GraderFault, match=r"`given` \(.*careless\) raised KeyError") as fault:
        judged(chain, checks=checks, mistakes=())
    assert "0.123" not in str(fault.value)


def test_a_later_line_counts_only_with_the_first_where_it_needs_it():
    checks = chain_exercise().checks
    needy = (checks[0], *(dataclasses.replace(check, needs=("c",)) for check in checks[1:]))
    reports = judged(lambda x: line_by_line(x, c=lambda g: x + 5), checks=needy)
    assert [check.score for check in reports.values()] == [0, 0, 0]
    assert reports["b"].nudge == "This counts only together with c, which is not right yet."


def sheet(x, w):
    return {"x": x, "w": w, "y": w * x, "z": w * w * x}


def example_sheet():
    return sheet(2.0, 3.0)


def own_numbers(answered):
    x, w = float(answered["x"]), float(answered["w"])
    if not 1 <= abs(x) <= 9:
        return "x must lie between 1 and 9 in size."
    return x, w


def sheet_exercise():
    """Numbers of one's own, and what follows from them."""

    def right(part):
        return lambda answered, inputs: sheet(*inputs)[part]

    return Exercise(
        reference=example_sheet,
        draw=lambda rng, n: (),
        oracle=lambda: sheet(2.0, 3.0),
        checks=tuple(
            Check(part, 1, part=part, fixed=True, own_inputs=own_numbers, given=right(part))
            for part in ("y", "z")
        ),
        mistakes=(
            Mistake("added", lambda: {**sheet(2.0, 3.0), "y": 5.0}, "Added?", loses=("y",),
                    given=lambda answered, inputs: {"y": sum(inputs)}),
            Mistake("once", lambda: {**sheet(2.0, 3.0), "z": 6.0}, "Once?", loses=("z",),
                    given=lambda answered, inputs: {"z": sheet(*inputs)["y"]}),
        ),
    )  # fmt: skip


def on_own_numbers(answered):
    report = laws.judge(answer(sheet_exercise(), SECRET, 0), lambda: answered)
    return {check.name: check for check in report.checks}


def test_answers_are_judged_on_the_inputs_that_they_hold():
    assert {c.score for c in on_own_numbers(sheet(1.5, -4)).values()} == {1}
    reports = on_own_numbers({**sheet(1.5, -4), "y": -2.5})
    assert (reports["y"].mistake, reports["z"].score) == ("added", 1)


def test_a_mistake_that_does_not_show_on_these_numbers_is_not_named():
    """With w = 1 the product with w once and twice are equal."""
    reports = on_own_numbers({**sheet(1.5, 1), "z": 9.0})
    assert "once" not in reports["z"].mistake
    assert on_own_numbers({**sheet(1.5, 2), "z": 3.0})["z"].mistake == "once"


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        (sheet(0.5, 2), "x must lie between 1 and 9"),
        (sheet(np.nan, 2), "x must lie between 1 and 9"),
        ({"x": 2.0}, "must return a dict"),
        ({**sheet(2, 3), "w": "three"}, "must return one number at ['w']; it returned text"),
        ({**sheet(2, 3), "w": np.ones(3)}, "it returned an array of shape (3,) at ['w']"),
        ("nothing", "must return a dict"),
    ],
)
def test_inputs_that_cannot_be_earn_nothing_and_are_told(answered, words):
    for check in on_own_numbers(answered).values():
        assert check.score == 0
        assert words in check.nudge + (check.fact.told if check.fact else "")


def test_own_inputs_ask_for_a_given():
    with pytest.raises(SpecError, match="has `own_inputs`, and no `given`"):
        dataclasses.replace(
            sheet_exercise(), checks=(Check("y", 1, own_inputs=own_numbers),), mistakes=()
        )
