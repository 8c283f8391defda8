"""Describe the public examples of a set: examples.json, which students hold beside check.py.

Public inputs, right results and the values that known mistakes give on them: numbers and
sentences, no code.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.errors import AutograderError
from autograder.exercise.answers import evaluate, lengths_of, scalars_of
from autograder.exercise.cases import PUBLIC_SECRET, Case, draw_cases, draw_example
from autograder.exercise.compare import Step, compare, part_of
from autograder.exercise.spec import Assignment, Check, Exercise, Mistake
from autograder.exercise.tree import Tree
from autograder.judge.score import label_of

MOST_NUMBERS = 2_000
"""A check whose inputs hold more numbers than this is left to the grader."""


def examples_json(assignment: Assignment) -> str:
    """The set's name, then a line for each exercise: a changed example is a changed line."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(record, ensure_ascii=False)}"
        for name, record in examples(assignment).items()
    ]
    start = f'{{"set": {json.dumps(assignment.name)}, "functions": {{\n'
    return start + ",\n".join(lines) + "\n}}\n"


def examples(assignment: Assignment) -> dict[str, Any]:
    """Describe the public example of every exercise, ready for JSON."""
    return {exercise.name: _example(exercise) for exercise in assignment.exercises}


def _example(exercise: Exercise) -> dict[str, Any]:
    public = dict(enumerate(_public_cases(exercise)))
    small = {draw: case for draw, case in public.items() if not draw or _size(case) <= MOST_NUMBERS}
    place = {draw: number for number, draw in enumerate(small)}
    wants = {draw: evaluate(exercise.reference, case.arguments) for draw, case in small.items()}
    checks = [
        _check(exercise, check, place[draw], small[draw], wants[draw])
        for check in exercise.checks
        if (draw := exercise.draw_of(check)) in small
    ]
    return {
        "sentences": {mistake.name: mistake.sentence for mistake in exercise.mistakes},
        "cases": [
            {
                "arguments": _node(case.arguments),
                "want": _node(wants[draw]),
                "sizes": lengths_of(exercise, case),
                "scalars": scalars_of(exercise, case),
            }
            for draw, case in small.items()
        ],
        "checks": checks,
    }


def _public_cases(exercise: Exercise) -> Iterator[Case]:
    """One case for each of the exercise's draws; the first is the example."""
    yield draw_example(exercise)
    for group in draw_cases(exercise, PUBLIC_SECRET, 0)[1:]:
        yield group[0]


def _check(exercise: Exercise, check: Check, place: int, case: Case, want: Tree) -> dict[str, Any]:
    part = check.part if isinstance(check.part, tuple) else (check.part,)
    given = dict(_mistaken(exercise, check, case, part_of(want, check.part)))
    return {
        "name": check.name,
        "label": label_of(check, exercise.name),
        "part": [_step(step) for step in part if step is not None],
        "tolerance": [check.tolerance.name, check.tolerance.rtol, check.tolerance.atol],
        "case": place,
        "expects": check.expects if check.accept else "",
        "mistakes": given,
    }


def _step(step: Step) -> int | str | list[int]:
    """A step of a path, for JSON: a slice as its bounds."""
    return [step.start or 0, step.stop] if isinstance(step, slice) else step


def _mistaken(
    exercise: Exercise, check: Check, case: Case, want: Tree
) -> Iterator[tuple[str, Any]]:
    """What each known mistake gives where it shows."""
    for mistake in exercise.mistakes:
        value = _value_of(mistake, check, case)
        wrong = not compare(value, want, check.tolerance).agrees
        if (check.name in exercise.lost_by(mistake)) if check.accept else wrong:
            yield mistake.name, _node(value)


def _value_of(mistake: Mistake, check: Check, case: Case) -> Tree:
    with np.errstate(all="ignore"):  # a wrong program may well overflow
        return part_of(evaluate(mistake.function, case.arguments), check.part)


def _size(case: Case) -> int:
    return sum(np.size(x) for x in case.arguments)


def _node(tree: Tree) -> Any:
    """Turn a tree into JSON; floats keep every digit."""
    if isinstance(tree, np.generic):
        return _node(tree.item())
    if isinstance(tree, np.ndarray):
        return {"array": [tree.dtype.name, tree.shape, [_number(x) for x in tree.ravel()]]}
    if isinstance(tree, dict):
        return {"dict": {key: _node(part) for key, part in tree.items()}}
    if isinstance(tree, list | tuple):
        return {type(tree).__name__: [_node(part) for part in tree]}
    if callable(tree):
        return {"named": tree.__name__}
    if isinstance(tree, float) and not math.isfinite(tree):
        return {"float": repr(tree)}
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    raise AutograderError(f"An example holds a {type(tree).__name__}. Return numbers and arrays.")


def _number(entry: Any) -> Any:
    plain = entry.item()
    return plain if math.isfinite(plain) else repr(plain)
