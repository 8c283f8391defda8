"""Checks that failed and that neither a known mistake nor a rule explains: is it a slip?

First the bank, then known mistakes with a factor on top, then slips with one; else how the values
lie to the right ones (likeness.py), and the fact.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import LABEL, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.factors import divided, factors_of, named_with_factor
from autograder.judge.likeness import likeness
from autograder.judge.slips.look_up import NamedSlip
from autograder.records import CallOutcome, CheckReport

Namer = Callable[[Answers, Mapping[str, Sequence[Tree]]], Mapping[str, NamedSlip]]
"""Names the slips behind failed checks: (answers, check → its part on each case) → check → slip."""
VAGUE = frozenset(
    ["term-extra", "factor-extra", "stand-in", "zeroed", "returned-early", "other-result",
     "result-reused"]
)  # fmt: skip
"""Kinds of slips that say too little to be believed with a factor on top."""
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
    told = {
        report.name: _explained(answers, check, report, results, wrong, named)
        for check, report in zip(answers.exercise.checks, reports, strict=True)
        if _is_open(report)
    }
    still = [name for name, report in told.items() if _is_open(report)]
    for name, mistake, nudge in _slips_with_factor(answers, wrong, still, slips):
        told[name] = replace(told[name], mistake=mistake, nudge=nudge)
    done = [told.get(report.name, report) for report in reports]
    return tuple(
        _likened(answers, check, report, results[check.name])
        for check, report in zip(answers.exercise.checks, done, strict=True)
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
    wrong: Collection[str],
    named: Mapping[str, NamedSlip],
) -> CheckReport:
    if check.tolerance is LABEL:  # a few small numbers, which many programs share by chance
        return report
    if slip := named.get(check.name):
        return replace(report, mistake=slip.name, nudge=slip.sentence)
    alike = [c for c in answers.exercise.checks if c.part == check.part and c.name in wrong]
    found = {named_with_factor(answers, one, results[one.name]) for one in alike}
    if len(found) == 1 and (name := found.pop()):  # what fits one check alone is a coincidence
        return replace(report, mistake=name[0], nudge=name[1])
    return report


def _slips_with_factor(
    answers: Answers, wrong: Mapping[str, Sequence[Tree]], still: Sequence[str], slips: Namer
) -> Iterator[tuple[str, str, str]]:
    """(check, name, sentence) of checks whose values are a multiple of a slip's."""
    asked = {c.name: c for c in answers.exercise.checks if c.name in still}
    left = {name for name, check in asked.items() if check.tolerance is not LABEL}
    times = {name: factors_of(answers, asked[name]) for name in left}
    for slug in dict.fromkeys(slug for known in times.values() for slug in known):
        scaled = {
            name: list(map(divided, wrong[name], times[name][slug][0]))
            for name in left
            if slug in times[name]
        }
        for name, slip in slips(answers, {**wrong, **scaled}).items() if scaled else ():
            if name in scaled and slip.name not in VAGUE:
                left.discard(name)
                words = times[name][slug][1]
                yield name, f"{slip.name}+{slug}", f"{slip.sentence} {words}"


def _likened(
    answers: Answers, check: Check, report: CheckReport, results: Sequence[Tree]
) -> CheckReport:
    """With what is true of the values, where nothing explains them."""
    told = None
    if _is_open(report) and report.fact and report.fact.kind == "values":
        told = None if check.tolerance is LABEL else likeness(answers, check, results)
    return report if told is None else replace(report, mistake=told[0], nudge=told[1])
