"""Run a function on the public example, and say at once what the grader would say."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from autograder.exercise.compare import numbers
from autograder.exercise.describe import describe
from autograder.judge.reading import read_outcome
from autograder.student.handed_out import HandedOut, NothingHandedOut, handed_out
from autograder.student.judging import Known, call, judge_function
from autograder.student.screen import say
from autograder.student.show import Card, Row, show

Function = Callable[..., Any]
NOTHING: Mapping[str, Any] = {}
VALIDATION_WIDTH = 80
"""`nbgrader validate` cuts lines that are longer than 82 characters off."""


def check(function: Function | None = None) -> None:
    """Show ✓ and its note, or what is wrong, for one function; without one, the progress.

    Never raises, except NotYet where nbgrader validates (NBGRADER_VALIDATING is set).
    """
    notebook = sys._getframe(1).f_globals
    try:
        given = handed_out()
        card = _progress(given, notebook) if function is None else judge(function, notebook)
    except NothingHandedOut as problem:
        card = Card(str(problem), "unstarted")
    if function is not None and os.environ.get("NBGRADER_VALIDATING") and card.state != "passed":
        raise NotYet(repr(card))
    show(card)


class NotYet(AssertionError):
    """A cell that validation must not pass. It is read as words, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        lines = str(self).splitlines()
        return [
            part
            for line in lines
            for part in wrap(line, VALIDATION_WIDTH, subsequent_indent="    ")
        ]


def ready(*functions: Function) -> bool:
    """Tell whether each function passes its example; if not, say which one the cell waits for."""
    notebook = sys._getframe(1).f_globals
    try:
        given = handed_out()
        named = [(_name_of(function, given, notebook), function) for function in functions]
        waiting = [*dict.fromkeys(_lacking(named, notebook))]
    except NothingHandedOut as problem:
        say(problem)
        return False
    if waiting:
        *first, last = waiting
        say(f"This cell waits for {', '.join(first)}{' and ' if first else ''}{last}.")
    return not waiting


def _lacking(named: Sequence[tuple[str, Function]], notebook: Mapping[str, Any]) -> Iterator[str]:
    """What must be right first: of a function that only uses a wrong one, that one."""
    for name, function in named:
        card = judge(function, notebook)
        if card.state != "passed" or card.waits:
            yield from card.waits or (name,)


def tried(function: Function) -> None:
    """Print the number that a trial of the student's own gives; nobody judges it."""
    answer, name = call(function, ()), str(getattr(function, "__name__", "This cell"))
    number = numbers(answer.value)
    if answer.status != "returned":
        say(read_outcome(answer.status, answer, name))
    elif number is None or number.size != 1:
        say(f"{name} returns {describe(answer.value)}; a single number is meant.")
    else:
        say(f"{name} gives {number.item():.3g}.")


def grade(name: str) -> None:
    """Only the grader can do this: the hidden inputs are not here."""
    raise RuntimeError(
        f"{name} is graded on inputs that are not in this notebook, so only the grader can do it. "
        "Run `nbgrader autograde` with the course's own nbgrader_config.py."
    )


def judge(function: Function, notebook: Mapping[str, Any] = NOTHING) -> Card:
    """Say how a function does on the public example.

    `notebook` holds the names of the notebook: one of them says which exercise is meant.
    Raises NothingHandedOut.
    """
    given = handed_out()
    if not callable(function):
        return Card("check takes a function: check(f), without quotes or brackets.", "unstarted")
    name = _name_of(function, given, notebook)
    if name not in given.functions:
        known = ", ".join(given.functions)
        return Card(
            f"{name} is not a function of {given.set}. Its functions: {known}.", "unstarted"
        )
    return judge_function(name, function, given.functions, {})


def _progress(given: HandedOut, notebook: Mapping[str, Any]) -> Card:
    """One row per graded exercise of the set."""
    graded = [name for name, example in given.functions.items() if example["graded"]]
    found, known = {name: notebook.get(name) for name in graded}, Known()
    states = {
        name: judge_function(name, function, given.functions, known).state
        if callable(function)
        else "unstarted"
        for name, function in found.items()
    }
    done = sum(state == "passed" for state in states.values())
    rows = tuple(Row(name, state) for name, state in states.items())
    pass_their = "passes its" if done == 1 else "pass their"
    title = f"{done} of {len(states)} functions {pass_their} example."
    if done == len(states):
        return Card(f"{title} Well done!", "passed", rows)
    first = next(name for name, state in states.items() if state != "passed")
    return Card(f"{title} Go on with {first}.", "unstarted", rows)


def _name_of(function: Any, given: HandedOut, notebook: Mapping[str, Any]) -> str:
    """The function of the set that is meant: the name under which it stands in the notebook.

    What it calls itself counts only where it stands under none, or under several.
    """
    names = [name for name in given.functions if notebook.get(name) is function]
    own = str(getattr(function, "__name__", type(function).__name__))
    return own if own in names or not names else names[0]
