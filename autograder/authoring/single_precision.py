"""Laws about float32: it costs a right program nothing, and it hides no mistake."""

from collections.abc import Iterator

import numpy as np

from autograder.authoring.rehearsal import call, judge_values
from autograder.exercise.answers import Answers
from autograder.exercise.spec import Function
from autograder.exercise.tree import Tree
from autograder.records import ExerciseReport


def single_precision_costs_nothing(answers: Answers) -> Iterator[str]:
    """The reference earns all points with results in float32, and where it computes in float32.

    But for differences: they divide the rounding by h, so they need float64.
    """
    reference = answers.exercise.reference
    programs = {"with results in float32": lambda *arguments: single(reference(*arguments))}
    if not any(callable(x) for case in answers.cases.values() for x in case.arguments):
        programs["computing in float32"] = lambda *arguments: single(
            reference(*map(single, arguments))
        )
    for how, program in programs.items():
        for check in _judged(answers, program).checks:
            if check.status != "passed":
                yield (
                    f"the reference, {how}, fails {check.name!r}. Draw inputs that float32 holds "
                    "exactly, or that do not blow its rounding up."
                )


def single_precision_hides_no_mistake(answers: Answers) -> Iterator[str]:
    """Each mistake, its results in float32, loses what it loses in float64."""
    for mistake in answers.exercise.mistakes:
        report = _judged(answers, lambda *a, m=mistake: single(m.function(*a)))
        kept = {check.name for check in report.checks if check.score >= check.points > 0}
        if found := sorted(kept & answers.exercise.lost_by(mistake)):
            yield f"mistake {mistake.name!r} keeps {found} where its results are in float32."


def single(tree: Tree) -> Tree:
    """The same with every float array, and every numpy number, in float32."""
    if isinstance(tree, list | tuple):
        return type(tree)(map(single, tree))
    if isinstance(tree, dict):
        return {key: single(part) for key, part in tree.items()}
    short = isinstance(tree, float) or getattr(tree, "dtype", None) == np.float64
    with np.errstate(over="ignore"):
        return np.float32(tree) if short else tree


def _judged(answers: Answers, program: Function) -> ExerciseReport:
    cases = answers.cases.items()
    return judge_values(answers, {key: call(program, case.arguments).value for key, case in cases})
