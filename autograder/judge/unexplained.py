"""Checks that failed and that neither a known mistake nor a rule explains: is it a slip?

First the bank, then known mistakes with a factor on top; else the fact stands alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import LABEL, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.factors import named_with_factor
from autograder.judge.slips.look_up import NamedSlip
from autograder.records import CallOutcome, CheckReport

Namer = Callable[[Answers, Mapping[str, Sequence[Tree]]], Mapping[str, NamedSlip]]
"""Names the slips behind failed checks: (answers, check → its part on each case) → check → slip."""
SEEN_BY_VALUES = frozenset({"values", "nonfinite", "shape"})


def no_slips(answers: Answers, wrong: Mapping[str, Sequence[Tree]]) -> Mapping[str, NamedSlip]:
    """A bank that knows nothing."""
    return {}


def explained(
    answers: Answers,
    reports: Sequence[CheckReport],
    outcomes: Mapping[Key, CallOutcome],
    slips: Namer,
) -> tuple[CheckReport, ...]:
    """The reports, those of unexplained checks with the slip that gives the same values."""
    if not any(_is_open(report) for report in reports):
        return tuple(reports)
    results = {
        check.name: [outcomes[key].value for key in answers.keys_of(check)]
        for check in answers.exercise.checks
    }
    wrong = {
        check.name: [part_of(value, check.part) for value in results[check.name]]
        for check, report in zip(answers.exercise.checks, reports, strict=True)
        if report.status == "wrong" and report.fact and report.fact.kind in SEEN_BY_VALUES
    }
    named = slips(answers, wrong)
    return tuple(
        _explained(answers, check, report, {name: results[name] for name in wrong}, named)
        if _is_open(report)
        else report
        for check, report in zip(answers.exercise.checks, reports, strict=True)
    )


def _is_open(report: CheckReport) -> bool:
    """Whether only the fact is known, and the values may tell more."""
    fact = report.fact
    return bool(fact and fact.kind in SEEN_BY_VALUES and not report.mistake)


def _explained(
    answers: Answers,
    check: Check,
    report: CheckReport,
    results: Mapping[str, Sequence[Tree]],
    named: Mapping[str, NamedSlip],
) -> CheckReport:
    if check.tolerance is LABEL:  # a few small numbers, which many programs share by chance
        return report
    if slip := named.get(check.name):
        return replace(report, mistake=slip.name, nudge=slip.sentence)
    alike = [c for c in answers.exercise.checks if c.part == check.part and c.name in results]
    found = {named_with_factor(answers, one, results[one.name]) for one in alike}
    if len(found) == 1 and (name := found.pop()):  # what fits one check alone is a coincidence
        return replace(report, mistake=name[0], nudge=name[1])
    return report
