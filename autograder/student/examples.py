"""Describe the public examples of a set: examples.json, which students hold beside check.py.

Public inputs, right results and the values that known mistakes give on them: numbers and
sentences, no code.
"""

import json
import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.errors import AutograderError
from autograder.exercise.answers import evaluate, lengths_of, scalars_of
from autograder.exercise.cases import PUBLIC_SECRET, Case, draw_cases, draw_example
from autograder.exercise.compare import Keys, Step, compare, part_of
from autograder.exercise.linear import linear
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Arguments, Assignment, Check, Exercise, Function, Given
from autograder.judge.score import ask_accept, label_of
from autograder.student.lent_values import lent_values
from autograder.student.note import packed

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
        "graded": exercise.points > 0,
        "names": exercise.arguments,
        "keeps": exercise.keeps_arguments,
        "shapes": exercise.asks_shapes,
        "places": exercise.places,
        "reveal": packed(exercise.reveal),
        "calls": exercise.calls,
        "lent": [
            [name, _node(arguments), _node(value)]
            for name, arguments, value in lent_values(exercise, [case for _, case in public])
        ],
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
    return not draw or _count(case.arguments) <= MOST_NUMBERS


def _count(tree: Any) -> int:
    if isinstance(tree, list | tuple):
        return sum(map(_count, tree))
    return _count([*tree.values()]) if isinstance(tree, dict) else np.size(tree)


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
    mistaken = dict(_mistaken(exercise, check, cases, right))
    return {
        "name": check.name,
        "label": label_of(check, exercise.name),
        "part": [_step(step) for step in part if step is not None],
        "tolerance": [check.tolerance.name, check.tolerance.rtol, check.tolerance.atol],
        "expects": check.expects if check.accept else "",
        "accept": _shared(check.accept),
        "any_form": check.any_form,
        "inputs": _shared(check.own_inputs),
        "needs": list(check.needs),
        "also": [_node(_values(other, check, cases)) for other in check.also],
        "given": _given(exercise, check, check.given, cases),
        "mistakes": mistaken,
        "mistaken": dict(_mistaken_lines(exercise, check, cases)),
        "said": _said(exercise, check, cases, mistaken),
    }


def _step(step: Step) -> int | str | list[int] | dict[str, Any]:
    """A step of a path, for JSON: a slice as its bounds."""
    if isinstance(step, Keys):
        return {"keys": [*step.names]}
    return [step.start or 0, step.stop] if isinstance(step, slice) else step


def _shared(function: Function | None) -> str:
    """The name of a judge that students hold as well: one that stands in exercises/judges.py."""
    shared = function is not None and function.__module__ == "exercises.judges"
    return function.__name__ if function is not None and shared else ""


def _given(
    exercise: Exercise, check: Check, given: Given | None, cases: list[Case]
) -> list[dict[str, Any]]:
    """What `given` wants on each case, by its coefficients; with inputs of their own, nothing."""
    if given is None or check.own_inputs:
        return []
    found = [
        linear(partial(_asked, given, case.arguments), evaluate(exercise.reference, case.arguments))
        for case in cases
    ]
    return [{"base": _node(one.base), "entries": list(map(list, one.entries))} for one in found]


def _asked(given: Given, arguments: Arguments, lines: Tree) -> Tree:
    return given(lines, arguments)


def _mistaken_lines(
    exercise: Exercise, check: Check, cases: list[Case]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The same for mistakes that go on from the student's own lines."""
    for mistake in exercise.mistakes if check.given else ():
        if mistake.given and check.name in (mistake.loses or [check.name]):
            given = partial(_part_given, mistake.given, check)
            yield mistake.name, _given(exercise, check, given, cases)


def _part_given(given: Given, check: Check, lines: Tree, arguments: Arguments) -> Tree:
    return part_of(given(lines, arguments), check.part)


def _said(
    exercise: Exercise, check: Check, cases: list[Case], mistaken: dict[str, Any]
) -> dict[str, str]:
    """What the author's own judge says of each known mistake."""
    if check.accept is None:
        return {}
    found = {}
    for mistake in exercise.mistakes:
        if mistake.name in mistaken:
            values = zip(_values(mistake.function, check, cases), cases, strict=True)
            words = [ask_accept(check, exercise, v, case.arguments) for v, case in values]
            found[mistake.name] = next((w for w in words if w), check.expects)
    return found


def _mistaken(
    exercise: Exercise, check: Check, cases: list[Case], right: list[Tree]
) -> Iterator[tuple[str, Any]]:
    """What each known mistake gives, case by case, where it shows."""
    for mistake in exercise.mistakes:
        if check.given and (mistake.given or check.own_inputs):
            continue
        try:
            values = _values(mistake.function, check, cases)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            continue  # it cannot be run on these inputs
        pairs = zip(values, right, strict=True)
        wrong = not all(compare(value, want, check.tolerance).agrees for value, want in pairs)
        if (check.name in exercise.lost_by(mistake)) if check.accept or check.given else wrong:
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
