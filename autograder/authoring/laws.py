"""What must hold for every exercise, on every case set. `autograder laws` proves it.

A law is a function from an exercise's answers to the ways it is broken, in words for staff.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.authoring.cheap_answers import (
    cheap_answers_earn_nothing,
    given_code_earns_a_third,
)
from autograder.authoring.given_lines import given_lines_are_linear
from autograder.authoring.rehearsal import call, judge
from autograder.authoring.single_precision import (
    single_precision_costs_nothing,
    single_precision_hides_no_mistake,
)
from autograder.errors import GraderFault
from autograder.exercise.answers import Answers, answer, evaluate
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.compare import Tolerance, compare
from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Exercise, Mistake
from autograder.judge.score import LACKING
from autograder.report.sentences import finding

ORACLE = Tolerance("oracle", 1e-7, 1e-8)
"""How closely central differences (error about 1e-10) must meet the reference."""

Law = Callable[[Answers], Iterator[str]]


@dataclass(frozen=True)
class Verdict:
    """What the laws say of one exercise; no `broken` entries means that all hold."""

    assignment: str
    exercise: str
    mistakes: int
    broken: tuple[str, ...]


def prove(
    assignment: str, secret: bytes, case_sets: int = CASE_SETS, only: str = ""
) -> Iterator[Verdict]:
    """Prove all laws for each exercise of an assignment (or for one), a verdict at a time."""
    exercises = load_assignment(assignment).exercises
    for exercise in exercises:
        if only in ("", exercise.name):
            found = _broken(exercise, secret, case_sets)
            broken = dict.fromkeys([*mistakes_are_listed(exercise), *found])
            yield Verdict(assignment, exercise.name, len(exercise.mistakes), tuple(broken))


def mistakes_are_listed(exercise: Exercise) -> Iterator[str]:
    """The record names at least two known mistakes: what nobody foresees, nobody explains."""
    if len(exercise.mistakes) < 2:
        yield f"it knows {len(exercise.mistakes)} mistakes. List the two most frequent, or more."


def reference_earns_everything(answers: Answers) -> Iterator[str]:
    """The reference earns all points."""
    report = judge(answers, answers.exercise.reference)
    for check in report.checks:
        if check.status != "passed":
            yield f"the reference fails {check.name!r}: {finding(check.fact, check.nudge)}"


def reference_keeps_its_arguments(answers: Answers) -> Iterator[str]:
    """The reference leaves its arguments as they were."""
    for case in answers.cases.values():
        if call(answers.exercise.reference, case.arguments).changed:
            yield "the reference changes its arguments. Let it work on copies."


def reference_equals_oracle(answers: Answers) -> Iterator[str]:
    """The reference equals central differences, or a second formulation."""
    for cases, wants in zip(answers.groups, answers.wants, strict=True):
        for case, want in zip(cases, wants, strict=True):
            found = compare(evaluate(answers.exercise.oracle, case.arguments), want, ORACLE)
            if not found.agrees:
                yield f"the oracle disagrees ({found}). One of the two formulas is wrong."


def mistakes_cost_their_checks(answers: Answers) -> Iterator[str]:
    """Each mistake fails the checks that it is said to lose, and no other that has points."""
    for mistake in answers.exercise.mistakes:
        report = judge(answers, mistake.function)
        failed = {check.name for check in report.checks if check.status != "passed"}
        charged = {check.name for check in report.checks if check.points > 0}
        said = answers.exercise.lost_by(mistake)
        lost = failed & (charged | said)
        if lost != said:
            yield f"mistake {mistake.name!r} loses {sorted(lost)}, its record says {sorted(said)}."


def mistakes_are_named(answers: Answers) -> Iterator[str]:
    """Each mistake is recognised by its values, alone or together with its declared twins.

    A check with a judge of its own (`accept`) may say what it expects, whatever the mistake.
    """
    judged = {check.name for check in answers.exercise.checks if check.accept is not None}
    for mistake in answers.exercise.mistakes:
        for check in judge(answers, mistake.function).checks:
            expected = check.name in judged and check.mistake == check.name
            named = expected or check.mistake == LACKING or _names(check.mistake, mistake)
            if check.status == "wrong" and not named:
                yield (
                    f"mistake {mistake.name!r} is named {check.mistake!r} by {check.name!r}. "
                    "Draw inputs that tell them apart, or declare them twins."
                )


LAWS: tuple[Law, ...] = (
    reference_earns_everything,
    reference_keeps_its_arguments,
    reference_equals_oracle,
    cheap_answers_earn_nothing,
    given_code_earns_a_third,
    given_lines_are_linear,
    mistakes_cost_their_checks,
    mistakes_are_named,
    single_precision_costs_nothing,
    single_precision_hides_no_mistake,
)


def _broken(exercise: Exercise, secret: bytes, case_sets: int) -> Iterator[str]:
    for case_set in range(case_sets):
        try:
            answers = answer(exercise, secret, case_set)
            for law in LAWS:
                yield from law(answers)
        except NotImplementedError as missing:
            yield f"it is not finished. {missing}"
        except GraderFault as fault:
            yield str(fault)


def _names(said: str, mistake: Mistake) -> bool:
    """Only the mistake and its twins are said, and it is among them."""
    names = set(said.split("|"))
    return mistake.name in names and names <= {mistake.name, *mistake.twins}
