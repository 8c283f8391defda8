"""Describe the public examples of a set: examples.json, which students hold beside check.py.

Public inputs, right results and the values that known mistakes give on them: numbers and
sentences, no code.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.errors import AutograderError
from autograder.exercise.answers import evaluate, lengths_of, scalars_of
from autograder.exercise.cases import PUBLIC_SECRET, Case, draw_cases, draw_example
from autograder.exercise.compare import Step, compare, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Assignment, Check, Exercise, Function
from autograder.judge.score import label_of

MOST_NUMBERS = 2_000
"""A check whose inputs hold more numbers than this is left to the grader."""


NO_SLIPS: Mapping[str, Any] = {}


def examples_json(assignment: Assignment, slips: Mapping[str, Any] = NO_SLIPS) -> str:
    """The set's name, then a line for each exercise: a changed example is a changed line.

    `slips` holds what the desk knows of the slips of each function (desk_slips.py).
    """
    described = {
        name: record | ({"slips": slips[name]} if name in slips else {})
        for name, record in examples(assignment).items()
    }
    lines = [
        f"{json.dumps(name)}: {json.dumps(record, ensure_ascii=False)}"
        for name, record in described.items()
    ]
    start = f'{{"set": {json.dumps(assignment.name)}, "functions": {{\n'
    return start + ",\n".join(lines) + "\n}}\n"


def examples(assignment: Assignment) -> dict[str, Any]:
    """Describe the public example of every exercise, ready for JSON."""
    return {exercise.name: _example(exercise) for exercise in assignment.exercises}


def _example(exercise: Exercise) -> dict[str, Any]:
    public = [(draw, case) for draw, case in public_cases(exercise) if _is_small(draw, case)]
    wants = [evaluate(exercise.reference, case.arguments) for _, case in public]
    return {
        "sentences": {mistake.name: mistake.sentence for mistake in exercise.mistakes},
        "keeps": exercise.keeps_arguments,
        "cases": [
            {
                "arguments": _node(case.arguments),
                "want": _node(want),
                "sizes": lengths_of(exercise, case),
                "scalars": scalars_of(exercise, case),
            }
            for (_, case), want in zip(public, wants, strict=True)
        ],
        "checks": list(_checks(exercise, [draw for draw, _ in public], public, wants)),
    }


def public_cases(exercise: Exercise) -> Iterator[tuple[int, Case]]:
    """Two cases for each of the exercise's draws, by its number; the first is the example.

    On a single one, what came by chance can be told as a factor, or as a mistake.
    """
    groups = draw_cases(exercise, PUBLIC_SECRET, 0)
    first = (draw_example(exercise), *groups[0][1:])
    for draw, cases in enumerate((first, *groups[1:])):
        yield from ((draw, case) for case in cases[:2])


def _is_small(draw: int, case: Case) -> bool:
    return not draw or sum(np.size(x) for x in case.arguments) <= MOST_NUMBERS


def _checks(
    exercise: Exercise, draws: list[int], public: list[tuple[int, Case]], wants: list[Tree]
) -> Iterator[dict[str, Any]]:
    for check in exercise.checks:
        places = [i for i, draw in enumerate(draws) if draw == exercise.draw_of(check)]
        if places:
            cases = [public[i][1] for i in places]
            right = [part_of(wants[i], check.part) for i in places]
            yield {"cases": places, **_check(exercise, check, cases, right)}


def _check(
    exercise: Exercise, check: Check, cases: list[Case], right: list[Tree]
) -> dict[str, Any]:
    part = check.part if isinstance(check.part, tuple) else (check.part,)
    return {
        "name": check.name,
        "label": label_of(check, exercise.name),
        "part": [_step(step) for step in part if step is not None],
        "tolerance": [check.tolerance.name, check.tolerance.rtol, check.tolerance.atol],
        "expects": check.expects if check.accept else "",
        "needs": list(check.needs),
        "also": [_node(_values(other, check, cases)) for other in check.also],
        "mistakes": dict(_mistaken(exercise, check, cases, right)),
    }


def _step(step: Step) -> int | str | list[int]:
    """A step of a path, for JSON: a slice as its bounds."""
    return [step.start or 0, step.stop] if isinstance(step, slice) else step


def _mistaken(
    exercise: Exercise, check: Check, cases: list[Case], right: list[Tree]
) -> Iterator[tuple[str, Any]]:
    """What each known mistake gives, case by case, where it shows."""
    for mistake in exercise.mistakes:
        values = _values(mistake.function, check, cases)
        pairs = zip(values, right, strict=True)
        wrong = not all(compare(value, want, check.tolerance).agrees for value, want in pairs)
        if (check.name in exercise.lost_by(mistake)) if check.accept else wrong:
            yield mistake.name, _node(values)


def _values(function: Function, check: Check, cases: list[Case]) -> list[Tree]:
    with np.errstate(all="ignore"):  # a wrong program may well overflow
        return [part_of(evaluate(function, case.arguments), check.part) for case in cases]


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
