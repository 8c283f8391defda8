"""Laws about float32: it costs a right program nothing, and it hides no mistake."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.authoring.rehearsal import call, judge_values
from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import leaves, numbers, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check, Function
from autograder.records import CheckReport


def single_precision_costs_nothing(answers: Answers) -> Iterator[str]:
    """The reference earns all points with results in float32, and where it computes in float32.

    But for differences, which divide the rounding by h; and where float32 has no number for the
    result, so that it becomes infinite.
    """
    reference = answers.exercise.reference
    programs = {"with results in float32": lambda *arguments: single(reference(*arguments))}
    if not any(callable(x) for case in answers.cases.values() for x in case.arguments):
        programs["computing in float32"] = lambda *arguments: single(
            reference(*map(single, arguments))
        )
    for how, program in programs.items():
        values = _values(answers, program)
        for check, report in _checks(answers, values):
            if report.status != "passed" and not _runs_over(answers, check, values):
                yield (
                    f"the reference, {how}, fails {check.name!r}. Draw inputs that float32 holds "
                    "exactly, or that do not blow its rounding up."
                )


def single_precision_hides_no_mistake(answers: Answers) -> Iterator[str]:
    """Each mistake, its results in float32, loses what it loses in float64."""
    for mistake in answers.exercise.mistakes:
        values = _values(answers, lambda *a, m=mistake: single(m.function(*a)))
        lost = answers.exercise.lost_by(mistake)
        kept = [c.name for c, report in _checks(answers, values) if report.score >= c.points > 0]
        if found := sorted(lost.intersection(kept)):
            yield f"mistake {mistake.name!r} keeps {found} where its results are in float32."


def single(tree: Any) -> Any:
    """The same with every float array, and every numpy number, in float32."""
    if isinstance(tree, list | tuple):
        return type(tree)(map(single, tree))
    if isinstance(tree, dict):
        return {key: single(part) for key, part in tree.items()}
    short = isinstance(tree, float) or getattr(tree, "dtype", None) == np.float64
    with np.errstate(over="ignore"):
        return np.float32(tree) if short else tree


def _values(answers: Answers, program: Function) -> dict[Key, Tree]:
    return {key: call(program, case.arguments).value for key, case in answers.cases.items()}


def _checks(answers: Answers, values: Mapping[Key, Tree]) -> Iterator[tuple[Check, CheckReport]]:
    yield from zip(answers.exercise.checks, judge_values(answers, values).checks, strict=True)


def _runs_over(answers: Answers, check: Check, values: Mapping[Key, Tree]) -> bool:
    """Whether something infinite came where a number is right."""
    wants = answers.rights[check.name][0]
    for key, want in zip(answers.keys_of(check), wants, strict=True):
        for _, part, right in leaves(part_of(values[key], check.part), want):
            found, finite = numbers(part), numbers(right)
            if found is None or finite is None or not np.isfinite(finite).all():
                continue
            if not np.isfinite(found).all():
                return True
    return False
