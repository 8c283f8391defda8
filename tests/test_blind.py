"""Programs written from the notebooks alone: what their authors would be told."""

import pytest

from autograder.exercise.cases import CASE_SETS
from autograder.judge.unexplained import no_slips
from tests.blind.cases import CASES, SECOND_EDITION, BlindCase, read_cases
from tests.blind.grade import Told, tell, tell_all
from tests.blind.shares import misnamed, shares

FILE = CASES
LEAST_NAMED = 0.88
MOST_MISNAMED = 0.01
MOST_NOTHING = 0.08


@pytest.mark.nightly
def test_most_blind_programs_are_named():
    """Of the wrong programs that return something of the right form; each set has its row."""
    if not CASES.is_file():
        pytest.skip(f"{CASES} is not on this machine")
    total = shares(tell_all(read_cases()), misnamed())[-1]
    assert total.wrong > 100
    assert total.named_formed / total.formed >= LEAST_NAMED
    assert total.misnamed / total.wrong <= MOST_MISNAMED
    assert total.nothing / total.wrong <= MOST_NOTHING
    assert total.kept == 0


IN_PLACE = {
    "s1021", "s1042", "s3078", "s4092", "s6067", "s7016", "s7174", "s8025",
    "s8051", "s8068", "s9050",
}  # fmt: skip
"""Right values, and a changed argument, which is a note where the text does not forbid it."""
ONCE_UNDECIDED = {
    "s1044", "s2086", "s5092", "s5099", "s5100", "s5101", "s5106", "s5107",
    "s7047", "s8027", "s8063",
}  # fmt: skip
"""No hidden input decided these, until the draws were made for them."""


@pytest.mark.nightly
@pytest.mark.parametrize("case_set", [0, 7])
def test_programs_for_the_second_edition_earn_what_they_should(case_set):
    """Right ones everything, wrong ones not, but for those that are listed."""
    cases = read_cases(SECOND_EDITION)
    told = [tell(case, no_slips, case_set) for case in cases]
    assert [one.case.id for one in told if one.case.kind == "right" and not one.passed] == []
    kept = {one.case.id for one in told if one.case.kind == "wrong" and one.passed}
    assert kept <= IN_PLACE


@pytest.mark.parametrize("name", sorted(ONCE_UNDECIDED))
def test_a_slip_that_went_unseen_loses_on_every_case_set(name):
    (one,) = (case for case in read_cases(SECOND_EDITION) if case.id == name)
    assert not any(tell(one, no_slips, case_set).passed for case_set in range(CASE_SETS))


def case(source, kind="wrong", function="output_error_term"):
    return BlindCase("x1", "ps4_batch_mlp", function, source, kind, "what", FILE)


@pytest.fixture
def base(tmp_path, monkeypatch):
    """A file of cases whose set holds no other functions."""
    path = tmp_path / "cases.json"
    path.write_text('{"base": {"ps4_batch_mlp": {}}, "cases": []}')
    monkeypatch.setitem(globals(), "FILE", path)


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("source", "passed", "names", "formed"),
    [
        ("def output_error_term(A2, Y): return A2 - Y", True, (), False),
        ("def output_error_term(A2, Y): return Y - A2", False, ("sign",), True),
        ("def output_error_term(A2, Y): return np.sin(A2) * Y", False, (), True),
        ("def output_error_term(A2, Y): return None", False, (), False),
        ("def output_error_term(A2, Y): raise ValueError", False, (), False),
        ("output_error_term = 1 / 0", False, (), False),
    ],
)
def test_a_blind_program_is_graded_like_a_students(source, passed, names, formed):
    told = tell(case(source), no_slips, 0)
    assert (told.passed, told.names, told.formed) == (passed, names, formed)


@pytest.mark.usefixtures("base")
def test_shares_count_what_is_said():
    told = [
        tell(case(f"def output_error_term(A2, Y): return {formula}"), no_slips, 0)
        for formula in ("A2 - Y", "Y - A2", "np.sin(A2) * Y")
    ]
    right = Told(case("", "right"), passed=False)
    (row, everything) = shares([*told, right], {"x1"})
    assert (row.wrong, row.formed, row.named, row.nothing, row.kept) == (3, 2, 1, 1, 1)
    assert (row.right, row.refused, row.misnamed) == (1, 1, 1)
    assert everything.assignment == "all"
