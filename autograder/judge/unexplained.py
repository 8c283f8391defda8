"""Checks that failed and that neither a known mistake nor a rule explains: is it a slip?

First the bank, then known mistakes with a factor on top; else the fact stands alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.factors import named_with_factor
from autograder.judge.slips.bank import Named
from autograder.records import CallOutcome, CheckReport

Namer = Callable[[Answers, Mapping[str, Sequence[Tree]]], Mapping[str, Named]]
"""Names the slips behind failed checks: (answers, check → its part on each case) → check → slip."""
SEEN_BY_VALUES = frozenset({"values", "nonfinite", "shape"})


def no_slips(answers: Answers, wrong: Mapping[str, Sequence[Tree]]) -> Mapping[str, Named]:
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
    pairs = zip(answers.exercise.checks, reports, strict=True)
    wrong = {
        check.name: _parts(answers, check, outcomes)
        for check, report in pairs
        if report.status == "wrong" and report.fact and report.fact.kind in SEEN_BY_VALUES
    }
    named = slips(answers, wrong)
    return tuple(
        _explained(answers, check, report, wrong[check.name], named) if _is_open(report) else report
        for check, report in zip(answers.exercise.checks, reports, strict=True)
    )


def _is_open(report: CheckReport) -> bool:
    """Whether only the fact is known, and the values may tell more."""
    fact = report.fact
    return bool(fact and fact.kind in SEEN_BY_VALUES and not report.mistake)


def _parts(answers: Answers, check: Check, outcomes: Mapping[Key, CallOutcome]) -> list[Tree]:
    return [part_of(outcomes[key].value, check.part) for key in answers.keys_of(check)]


def _explained(
    answers: Answers,
    check: Check,
    report: CheckReport,
    values: Sequence[Tree],
    named: Mapping[str, Named],
) -> CheckReport:
    if slip := named.get(check.name):
        return replace(report, mistake=slip.name, nudge=slip.sentence)
    if found := named_with_factor(answers, check, values):
        return replace(report, mistake=found[0], nudge=found[1])
    return report
