"""Run a function on the public example, and say at once what the grader would say."""

import copy
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any

import numpy as np

from autograder.exercise.compare import describe, numbers
from autograder.exercise.plain_data import Named, Tree, plain_tree
from autograder.judge.reading import read_changed, read_lacking, read_notes, read_outcome
from autograder.sandbox.inside.named import FUNCTIONS
from autograder.student.handed_out import HandedOut, NothingHandedOut, handed_out, value_of
from autograder.student.note import Note, unpacked
from autograder.student.one_check import judge_check
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
    """Tell whether each function passes its example; if not, say which one a picture waits for."""
    notebook = sys._getframe(1).f_globals
    try:
        given = handed_out()
        named = [(_name_of(function, given, notebook), function) for function in functions]
        waiting = [name for name, function in named if judge(function, notebook).state != "passed"]
    except NothingHandedOut as problem:
        say(problem)
        return False
    if waiting:
        *first, last = waiting
        say(f"This picture waits for {', '.join(first)}{' and ' if first else ''}{last}.")
    return not waiting


def tried(function: Function) -> None:
    """Print the number that a trial of the student's own gives; nobody judges it."""
    answer, name = _call(function, ()), str(getattr(function, "__name__", "This cell"))
    number = numbers(answer.value)
    if answer.status != "returned":
        say(read_outcome(answer.status, answer, name))
    elif number is None or number.size != 1:
        say(f"{name} returns {describe(answer.value)}; a single number is meant.")
    else:
        say(f"{name} gives {number.item():.1e}.")


def grade(name: str) -> None:
    """Only the grader can do this: the hidden inputs are not here."""
    raise RuntimeError(
        f"{name} is graded on inputs that are not in this notebook, so only the grader can do it. "
        "Run `nbgrader autograde` with the course's own nbgrader_config.py."
    )


def judge(function: Function, notebook: Mapping[str, Any] = NOTHING) -> Card:
    """Compare a function's results on the public example with the right ones.

    `notebook` holds the names of the notebook: one of them says which exercise is meant.
    Raises NothingHandedOut.
    """
    given = handed_out()
    if not callable(function):
        return Card("check takes a function: check(f), without quotes or brackets.", "unstarted")
    name = _name_of(function, given, notebook)
    exercise = given.functions.get(name)
    if exercise is None:
        known = ", ".join(given.functions)
        return Card(
            f"{name} is not a function of {given.set}. Its functions: {known}.", "unstarted"
        )
    answers = [_call(function, value_of(case["arguments"])) for case in exercise["cases"]]
    changed = _changed(exercise, answers)
    texts = sorted({text for answer in answers for text in answer.warnings})
    notes = tuple(read_notes(name, () if exercise["keeps"] else changed, texts))
    for answer in answers:
        if answer.status != "returned":
            state = "unstarted" if answer.status == "unstarted" else "wrong"
            return Card(read_outcome(answer.status, answer, name), state, (), notes)
    rows = tuple(_rows(name, exercise, answers))
    wrong = [row for row in rows if row.state != "passed"]
    told = dict.fromkeys(row.words for row in rows if row.words and not row.fault)
    note = Note(unpacked(exercise["reveal"])) if exercise["reveal"] and not wrong else None
    return Card(name, "wrong" if wrong else "passed", rows, (*notes, *told), note)


@dataclass(frozen=True)
class Answer:
    """What became of one call; read_outcome puts it into words."""

    status: str
    value: Tree = None
    kind: str = ""
    message: str = ""
    traceback: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def _call(function: Function, arguments: tuple[Tree, ...]) -> Answer:
    given = copy.deepcopy(arguments)
    known = [FUNCTIONS[x.name] if isinstance(x, Named) else x for x in given]
    value, problem = None, None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = plain_tree(function(*known))
        except (Exception, SystemExit) as error:
            problem = error
    pairs = enumerate(zip(given, arguments, strict=True))
    changed = tuple(place for place, (now, then) in pairs if not _same(now, then))
    texts = tuple(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
    if problem is None:
        return Answer("returned", value, changed=changed, warnings=texts)
    status = "unstarted" if isinstance(problem, NotImplementedError) else "raised"
    frames = tuple(f"{x.name}, " for x in traceback.extract_tb(problem.__traceback__))
    return Answer(status, None, type(problem).__name__, str(problem), frames, changed, texts)


def _changed(exercise: Any, answers: list[Answer]) -> list[str]:
    """The names of the arguments that were changed in any of the calls."""
    places = sorted({place for answer in answers for place in answer.changed})
    return [exercise["names"][place] for place in places]


def _same(now: Any, then: Any) -> bool:
    """Whether an argument is still what it was; numbers and texts cannot change in place."""
    if type(now) is not type(then):
        return False
    if isinstance(then, list | tuple):
        return len(now) == len(then) and all(map(_same, now, then))
    if isinstance(then, dict):
        return now.keys() == then.keys() and all(_same(now[key], then[key]) for key in then)
    if isinstance(then, np.ndarray):
        return np.array_equal(now, then, equal_nan=then.dtype.kind == "f")
    return now is then or bool(now == then)


def _rows(name: str, exercise: Any, answers: list[Answer]) -> Iterator[Row]:
    """Judge every check; what a constant can pass counts with a check that it cannot pass."""
    passed: set[str] = set()
    for record in exercise["checks"]:
        row = judge_check(name, record, exercise, [answer.value for answer in answers])
        changed = _changed(exercise, [answers[case] for case in record["cases"]])
        if row.state == "passed" and exercise["keeps"] and changed:
            row = replace(row, state="wrong", words=read_changed(name, changed))
        if row.state == "passed" and record["needs"] and not passed.intersection(record["needs"]):
            row = replace(row, state="wrong", words=read_lacking(record["needs"]))
        passed |= {row.label} if row.state == "passed" else set()
        yield row


def _progress(given: HandedOut, notebook: Mapping[str, Any]) -> Card:
    """One row per graded exercise of the set."""
    graded = [name for name, example in given.functions.items() if example["graded"]]
    found = {name: notebook.get(name) for name in graded}
    states = {
        name: judge(function, {name: function}).state if callable(function) else "unstarted"
        for name, function in found.items()
    }
    done = sum(state == "passed" for state in states.values())
    rows = tuple(Row(name, state) for name, state in states.items())
    title = f"{done} of {len(states)} functions pass their example."
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
