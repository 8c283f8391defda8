"""The desk says what the grader says: ✓ where all points are earned, ✗ where some are lost.

Whole notebooks, in which one function is another's: every right variant, and every program that
readers wrote from the notebooks alone. A share of them is tried each time, all of them nightly.
"""

import hashlib
import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.slips.banks import Banks
from autograder.pipeline import Grader
from autograder.records import ExerciseReport
from tests import variants
from tests.blind.cases import CASES, SECOND_EDITION, read_cases
from tests.mutants.verdicts import limited
from tests.notebooks import answers_to, hand_in, solved
from tests.student.test_waiting import notebook_of
from tests.test_variants import variants_of

SHARE = 24
"""One notebook in so many is tried each time."""
SECONDS = 60.0
SIGNS = {"✓": "passed", "✗": "wrong", "–": "unstarted", "…": "waiting"}

UNDECIDED = {
    "b214": "adds 1e-8 to a denominator: what follows lies at the tolerance, on either side of it",
}
"""Programs whose desk and grader differ: id → why no public example can decide."""


@dataclass(frozen=True)
class Other:
    """A function in another form, `source`, for a notebook that is right in all else."""

    id: str
    function: str
    source: str


def blind(assignment: str) -> Iterator[Other]:
    """The programs of readers; those for the first edition lie beside the project, if anywhere."""
    for path in (SECOND_EDITION, *([CASES] if CASES.is_file() else [])):
        for case in read_cases(path):
            if case.assignment == assignment:
                yield Other(case.id, case.function, case.source)


def styles(assignment: str) -> Iterator[Other]:
    """The right variants, each as a cell that holds the module it is from."""
    text = Path(variants.__file__).with_name(f"{assignment}.py").read_text()
    whole = f"import types\nstyles = types.ModuleType('styles')\nexec({text!r}, vars(styles))"
    for name, functions in variants_of(assignment).items():
        for place in range(len(functions)):
            source = f"{whole}\n{name} = styles.VARIANTS[{name!r}][{place}]"
            yield Other(f"{assignment[:3]}-{name}-{place}", name, source)


def drawn(others: Sequence[Other]) -> list[Other]:
    """The share that is tried each time, chosen by a digest of what they are."""

    def place(one: Other) -> int:
        return int(hashlib.sha256(f"{one.id} {one.source}".encode()).hexdigest(), 16)

    return sorted(others, key=place)[: -(-len(others) // SHARE)]


def said_at_the_desk(helper, assignment: str, other: Other) -> dict[str, str]:
    """Function → its state, as `check()` shows them in the notebook."""
    scope = {**notebook_of(assignment), "check": helper.check}
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), limited(SECONDS):
        warnings.simplefilter("ignore")
        exec(other.source, scope)
        with redirect_stdout(io.StringIO()) as words:
            exec("check()", scope)
    lines = words.getvalue().splitlines()
    if any(line.startswith("✓") for line in lines):  # all are right, and none is listed
        return {exercise.name: "passed" for exercise in load_assignment(assignment).graded}
    rows = [line.split() for line in lines if line[:2].isspace() and line[2:3] in SIGNS]
    return {name: SIGNS[sign] for sign, name in rows}


def said_by_the_grader(grader: Grader, other: Other, scratch: Path) -> dict[str, ExerciseReport]:
    """Function → its report."""
    name = grader.assignment.name
    graded = {exercise.name for exercise in grader.assignment.graded}
    answers = answers_to(name)
    place, before = (
        (other.function, "")
        if other.function in graded
        else ("carry_over", answers["carry_over"] + "\n\n")
    )
    notebook = solved(name, **{place: before + other.source})
    path = hand_in(notebook, scratch / f"{name}.ipynb")
    return {report.name: report for report in grader.grade(grader.read(path, "ada")).exercises}


def differences(helper, grader: Grader, other: Other, scratch: Path) -> Iterator[str]:
    """Each function of the notebook of which the two do not say the same."""
    desk = said_at_the_desk(helper, grader.assignment.name, other)
    reports = said_by_the_grader(grader, other, scratch)
    assert desk.keys() == reports.keys()
    for name, report in reports.items():
        exercise, state = grader.assignment.exercise(name), desk[name]
        same = {
            "passed": report.status == "passed" and report.score == report.points,
            "wrong": report.status not in ("passed", "missing"),
            "unstarted": report.status == "missing",
            "waiting": other.function in exercise.calls,
        }[state]
        own = any(check.own_inputs for check in exercise.checks)
        if not same and not (own and state == "passed"):  # its words leave that to the grader
            yield f"{name} {state}, {report.status}, {report.score} of {report.points}"


@pytest.fixture(autouse=True)
def unnamed(monkeypatch):
    """No bank of slips is made: it would name what is wrong, and this is about whether it is."""
    monkeypatch.setattr(Banks, "make", lambda *_: None)


def agree_on(others: list[Other], helper, assignment: str, scratch: Path) -> None:
    """Fail with every difference that is not listed, and with listed ones that are none."""
    with Grader(assignment, workers=1, isolation="none") as grader:
        found = {one.id: list(differences(helper, grader, one, scratch)) for one in others}
    told = {name: words for name, words in found.items() if words and name not in UNDECIDED}
    assert told == {}
    assert [name for name in UNDECIDED if found.get(name) == []] == []


@pytest.mark.parametrize("assignment", assignment_names())
def test_they_agree_on_a_share_of_all_notebooks(assignment, desks, tmp_path):
    others = drawn([*blind(assignment), *styles(assignment)])
    assert others
    agree_on(others, desks(assignment), assignment, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("assignment", assignment_names())
def test_they_agree_on_every_right_variant(assignment, desks, tmp_path):
    agree_on([*styles(assignment)], desks(assignment), assignment, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("assignment", assignment_names())
def test_they_agree_on_every_program_of_a_reader(assignment, desks, tmp_path):
    agree_on([*blind(assignment)], desks(assignment), assignment, tmp_path)
