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

from autograder.exercise.compare import (
    Tolerance,
    compare,
    conform,
    describe,
    is_close,
    leaves,
    numbers,
)
from autograder.exercise.plain_data import Named, Tree, plain_tree
from autograder.judge.diagnose import Seen, diagnose
from autograder.judge.reading import (
    read_changed,
    read_lacking,
    read_notes,
    read_outcome,
    read_structure,
)
from autograder.report.sentences import finding
from autograder.sandbox.inside.named import FUNCTIONS
from autograder.student.handed_out import HandedOut, NothingHandedOut, handed_out, value_of
from autograder.student.seen import seen_elsewhere, seen_of, slip_of
from autograder.student.show import Card, Row, show

Function = Callable[..., Any]
NOTHING: Mapping[str, Any] = {}
VALIDATION_WIDTH = 80
"""`nbgrader validate` cuts lines that are longer than 82 characters off."""


def check(function: Function | None = None) -> None:
    """Show ✓, or what is wrong, for one function; without one, the progress over the set.

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
        print(problem)
        return False
    if waiting:
        *first, last = waiting
        print(f"This picture waits for {', '.join(first)}{' and ' if first else ''}{last}.")
    return not waiting


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
    changed = sorted({place for answer in answers for place in answer.changed})
    texts = sorted({text for answer in answers for text in answer.warnings})
    notes = tuple(read_notes(name, () if exercise["keeps"] else changed, texts))
    for answer in answers:
        if answer.status != "returned":
            state = "unstarted" if answer.status == "unstarted" else "wrong"
            return Card(read_outcome(answer.status, answer, name), state, (), notes)
    rows = tuple(_rows(name, exercise, answers))
    wrong = [row for row in rows if row.state != "passed"]
    told = dict.fromkeys(row.words for row in rows if row.words and not row.fault)
    return Card(name, "wrong" if wrong else "passed", rows, (*notes, *told))


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
    exact = Tolerance("exact", 0.0, 0.0)
    changed = tuple(
        place
        for place, (now, then) in enumerate(zip(given, arguments, strict=True))
        if not isinstance(then, Named) and not compare(now, then, exact).agrees
    )
    texts = tuple(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
    if problem is None:
        return Answer("returned", value, changed=changed, warnings=texts)
    status = "unstarted" if isinstance(problem, NotImplementedError) else "raised"
    frames = tuple(f"{x.name}, " for x in traceback.extract_tb(problem.__traceback__))
    return Answer(status, None, type(problem).__name__, str(problem), frames, changed, texts)


def _rows(name: str, exercise: Any, answers: list[Answer]) -> Iterator[Row]:
    """Judge every check; what a constant can pass counts with a check that it cannot pass."""
    passed: set[str] = set()
    for record in exercise["checks"]:
        row = _judge(name, record, exercise, answers)
        changed = sorted({p for i in record["cases"] for p in answers[i].changed})
        if row.state == "passed" and exercise["keeps"] and changed:
            row = replace(row, state="wrong", words=read_changed(name, changed))
        if row.state == "passed" and record["needs"] and not passed.intersection(record["needs"]):
            row = replace(row, state="wrong", words=read_lacking(record["needs"]))
        passed |= {row.label} if row.state == "passed" else set()
        yield row


def _judge(name: str, record: Any, exercise: Any, answers: list[Answer]) -> Row:
    """Judge one check by its numbers; the words are the grader's."""
    results = [answer.value for answer in answers]
    seen = seen_of(record, exercise, results)
    if not seen:
        first = record["cases"][0]
        want = value_of(exercise["cases"][first]["want"])
        return Row(record["name"], "wrong", read_structure(name, results[first], want))
    return _told(record, seen, exercise, results)


def _told(record: Any, seen: list[Seen], exercise: Any, results: list[Tree]) -> Row:
    """The row of a check: passed, or what is wrong with it."""
    tolerance = Tolerance(*record["tolerance"])
    agreed = all(case.comparison.agrees for case in seen)
    if agreed or (record["expects"] and _is_open(seen, tolerance)):
        notes = dict.fromkeys(note for case in seen for note in case.comparison.notes)
        return Row(record["name"], "passed", " ".join(notes), _shape_of(seen[0].got))
    first = next((case for case in seen if not case.comparison.agrees), seen[0])
    words = record["expects"]
    if not words:
        elsewhere = seen_elsewhere(record, exercise, results)
        found = diagnose(record["label"], seen, exercise["sentences"], elsewhere)
        words = finding(found.fact, found.nudge or slip_of(record, exercise, results))
    return Row(record["name"], "wrong", words, _shape_of(first.got), _wrong_cells(first, tolerance))


def _shape_of(got: Tree) -> str:
    array = numbers(got)
    return describe(got) if array is None or not array.ndim else str(array.shape)


def _is_open(seen: list[Seen], tolerance: Tolerance) -> bool:
    """Whether only the grader can judge an answer that the text leaves open.

    It has the right structure and shapes, is finite where the reference's is, and is not what a
    known mistake gives on every case.
    """
    try:
        got = [conform(case.got, case.want) for case in seen]
    except ValueError:
        return False
    pairs = [pair for x, case in zip(got, seen, strict=True) for pair in leaves(x, case.want)]
    if any(np.isfinite(x).all() != np.isfinite(want).all() for _, x, want in pairs):
        return False
    return not any(
        all(compare(case.got, case.mistakes[slug], tolerance).agrees for case in seen)
        for slug in seen[0].mistakes
    )


def _wrong_cells(seen: Seen, tolerance: Tolerance) -> Any:
    got, want = numbers(seen.got), numbers(seen.want)
    if got is None or want is None or got.shape != want.shape:
        return None
    return ~is_close(got, want, tolerance)


def _progress(given: HandedOut, notebook: Mapping[str, Any]) -> Card:
    """One row per exercise of the set."""
    found = {name: notebook.get(name) for name in given.functions}
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
