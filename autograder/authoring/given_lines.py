"""A law of checks that are judged from the student's own lines: `given` wants what it should."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from autograder.exercise.answers import Answers
from autograder.exercise.compare import compare, part_of
from autograder.exercise.linear import filled
from autograder.exercise.own_lines import flat
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Arguments, Check, Given

HELP = "Compute the part from the lines before it, each of them multiplied with known numbers."


def given_lines_are_linear(answers: Answers) -> Iterator[str]:
    """`given` looks at other lines than the one it judges, and is linear in them.

    A line that is judged from itself is always right; one that is not linear cannot be handed out.
    """
    for check in answers.exercise.checks:
        if check.given is None or check.own_inputs is not None:
            continue
        wants = answers.wants[answers.exercise.draw_of(check)]
        for want, (lines, arguments) in zip(wants, answers.asked(check, wants), strict=True):
            says = partial(_says, check.given, arguments, lines)
            yield from _broken(check, says, flat(want), _own(want, check))


def _says(given: Given, arguments: Arguments, lines: Tree, row: np.ndarray) -> np.ndarray:
    return np.asarray(given(filled(lines, row), arguments), np.float64)


def _broken(
    check: Check, says: Callable[[np.ndarray], np.ndarray], row: np.ndarray, own: np.ndarray
) -> Iterator[str]:
    rng = np.random.default_rng(0)
    step = rng.standard_normal(row.size)
    if not compare(says(row + step * own), says(row)).agrees:
        yield f"`given` of {check.name!r} looks at the part that it judges. {HELP}"
    once, twice = says(row + step) - says(row), says(row + 2 * step) - says(row)
    if not compare(twice, 2 * once).agrees:
        yield f"`given` of {check.name!r} is not linear in the answer's lines. {HELP}"


def _own(want: Tree, check: Check) -> np.ndarray:
    """1 for the numbers of the part that the check looks at, 0 for the others."""
    marked = filled(want, np.arange(flat(want).size, dtype=float))
    own = np.zeros(flat(want).size)
    own[flat(part_of(marked, check.part)).astype(int)] = 1
    return own
