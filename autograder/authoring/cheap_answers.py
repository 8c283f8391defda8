"""Laws: what takes no thought earns nothing. Constants, arguments, numbers typed in, given code."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.authoring.rehearsal import judge, judge_values
from autograder.exercise.answers import Answers, Key, evaluate
from autograder.exercise.cases import PUBLIC_SECRET, draw_cases
from autograder.exercise.compare import numbers
from autograder.exercise.plain_data import Tree

CONSTANTS = (0.0, 1.0, -1.0, 0.5, np.nan, np.inf)
Values = Mapping[Key, Tree]
"""What a program gives for each call."""


def cheap_answers_earn_nothing(answers: Answers) -> Iterator[str]:
    """None, constants, arguments and typed-in results earn nothing, on any inputs."""
    for words, values in _cheap_answers(answers):
        report = judge_values(answers, values)
        earned = [check.name for check in report.checks if check.score > 0]
        if earned:
            yield (
                f"{words} earns points for {earned}. Draw inputs that it does not fit, or let the "
                "check need another one (`needs`)."
            )


def given_code_earns_a_third(answers: Answers) -> Iterator[str]:
    """The broken program that is given, handed back unchanged, earns at most a third."""
    exercise = answers.exercise
    if exercise.starts_from is not None:
        earned = judge(answers, exercise.starts_from).score
        if earned > exercise.points / 3:
            yield (
                f"the given code earns {earned:g} of {exercise.points:g} points as it is. Give "
                "more of them for what it does wrong."
            )


def _cheap_answers(answers: Answers) -> Iterator[tuple[str, Values]]:
    wants = {key: answers.wants[key[1]][key[2]] for key in answers.cases}
    yield "None", dict.fromkeys(wants)
    for number in dict.fromkeys([*CONSTANTS, *_constants_of(answers)]):
        yield f"the number {number}", dict.fromkeys(wants, number)
        yield f"an answer filled with {number}", _filled(wants, number)
    for place, name in enumerate(answers.parameters):
        given = {key: _data(case.arguments[place]) for key, case in answers.cases.items()}
        yield f"the argument {name}", given
        parts = {key: _with_parts(want, given[key]) for key, want in wants.items()}
        yield f"an answer whose parts are {name}", parts
    spoilt = {key: _spoilt(case.arguments) for key, case in answers.cases.items()}
    yield "0, or nan where an argument has one", spoilt
    for result in _public_results(answers):
        yield "an answer to the public example", dict.fromkeys(wants, result)


def _constants_of(answers: Answers) -> Iterator[float]:
    """The numbers that a check wants everywhere, on every case."""
    for rights in answers.rights.values():
        found = [numbers(right) for right in rights[0]]
        entries = [x for array in found if array is not None for x in array.flat]
        if len(entries) > 1 == len(set(entries)) and all(array is not None for array in found):
            yield entries[0]


def _filled(wants: Values, number: float) -> Values:
    """The structures and shapes of the results, with one number everywhere."""
    return {key: _map(lambda leaf: np.full(np.shape(leaf), number), w) for key, w in wants.items()}


def _with_parts(want: Tree, value: Tree) -> Tree:
    """The structure of a result, with one value for each of its parts."""
    return _map(lambda leaf: value, want)


def _map(function: Callable[[Any], Tree], tree: Any) -> Tree:
    if isinstance(tree, dict):
        return {name: _map(function, part) for name, part in tree.items()}
    numbers_only = isinstance(tree, list) and all(map(np.isscalar, tree))  # as good as an array
    if isinstance(tree, list | tuple) and not numbers_only:
        return type(tree)(_map(function, part) for part in tree)
    return function(tree)


def _public_results(answers: Answers) -> Iterator[Tree]:
    """The results on inputs that students hold, to be typed in; not where numbers are asked for."""
    if not answers.parameters:
        return
    for cases in draw_cases(answers.exercise, PUBLIC_SECRET, 0):
        yield evaluate(answers.exercise.reference, cases[0].arguments)


def _data(argument: Tree) -> Tree:
    return None if callable(argument) else argument


def _spoilt(arguments: tuple[Tree, ...]) -> float:
    """The cheapest answer to "nan must show": nan if there is one."""
    arrays = [x for x in arguments if isinstance(x, np.ndarray) and x.dtype.kind == "f"]
    return np.nan if any(np.isnan(x).any() for x in arrays) else 0.0
