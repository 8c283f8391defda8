"""Grade programs that are trusted in this process, as if the sandbox had called them."""

import copy
from collections.abc import Mapping

import numpy as np

from autograder.exercise.answers import Answers, Key
from autograder.exercise.plain_data import FrameError, Tree, as_received, encode
from autograder.exercise.spec import Function
from autograder.judge.score import score_exercise
from autograder.judge.unexplained import Namer, no_slips
from autograder.records import CallOutcome, ExerciseReport
from autograder.settings import Marking


def judge(answers: Answers, function: Function, slips: Namer = no_slips) -> ExerciseReport:
    """Grade a function on every case; `slips` names what nothing else explains."""
    cases = answers.cases.items()
    calls = {key: call(function, case.arguments) for key, case in cases}
    return score_exercise(answers, calls, Marking(), slips)


def judge_values(answers: Answers, values: Mapping[Key, Tree]) -> ExerciseReport:
    """Grade what came back from each call, whatever computed it."""
    returned = {key: CallOutcome("returned", value=values[key]) for key in answers.cases}
    return score_exercise(answers, returned, Marking())


def call(function: Function, arguments: tuple[Tree, ...]) -> CallOutcome:
    """Call a function on copies of the arguments: what came back, and which of them it changed."""
    given = copy.deepcopy(arguments)
    with np.errstate(all="ignore"):
        try:
            value = as_received(function(*given))
        except (ValueError, TypeError, LookupError, ArithmeticError, FrameError) as error:
            return CallOutcome("raised", value=repr(error))
    pairs = enumerate(zip(given, arguments, strict=True))
    changed = tuple(place for place, (now, then) in pairs if not _same(now, then))
    return CallOutcome("returned", value=value, changed=changed)


def _same(now: Tree, then: Tree) -> bool:
    return callable(then) or encode(now) == encode(then)
