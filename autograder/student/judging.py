"""Judge one function on the public example, in the grader's words, as the grader would.

A function that is wrong is tried once more with right values in the place of earlier functions
that are wrong: what is right but for them is not blamed.
"""

import copy
import linecache
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

import numpy as np

from autograder.exercise.compare import has_lists
from autograder.exercise.plain_data import Named, Tree, plain_tree
from autograder.judge.reading import (
    read_changed,
    read_lacking,
    read_lists,
    read_notes,
    read_outcome,
)
from autograder.report.sentences import given_right, uses_wrong
from autograder.sandbox.inside.named import FUNCTIONS
from autograder.student.borrowing import Borrowed, in_place_of
from autograder.student.handed_out import value_of
from autograder.student.note import Note, unpacked
from autograder.student.one_check import judge_check
from autograder.student.show import Card, Row

Function = Callable[..., Any]
Notebook = Mapping[str, Any]
"""The names of a student's notebook."""
Examples = Mapping[str, Any]
"""The public examples of a set, by the names of its functions."""
Known = dict[tuple[str, int], Card]
"""What was judged before: each function once, however many others use it."""


def judge_function(name: str, function: Function, examples: Examples, known: Known) -> Card:
    """Compare a function's results on the public example with the right ones."""
    key = name, id(function)
    if key not in known:
        known[key] = _judged_fairly(name, function, examples, known)
    return known[key]


def _judged_fairly(name: str, function: Function, examples: Examples, known: Known) -> Card:
    """Judged as it stands, and once more where it uses what is wrong."""
    card = _judged(name, function, examples[name])
    notebook = getattr(function, "__globals__", None)
    if card.state != "wrong" or notebook is None:
        return card
    states = {one: _state(one, notebook, examples, known) for one in examples[name]["calls"]}
    misleading = {one: state for one, state in states.items() if state != "passed"}
    if not misleading:
        return card
    return _with_others_right(card, name, function, examples[name], misleading)


def _state(name: str, notebook: Notebook, examples: Examples, known: Known) -> str:
    """How an earlier function does by itself: passed, trap, wrong or unstarted."""
    function = notebook.get(name)
    if not callable(function):
        return "unstarted"
    card = judge_function(name, function, examples, known)
    if card.state in ("wrong", "unstarted"):
        return card.state
    return "trap" if card.is_trap else "passed"


def _with_others_right(
    card: Card, name: str, function: Any, example: Any, misleading: Mapping[str, str]
) -> Card:
    """Judge it again, with values lent in the place of what misleads it."""
    borrowed = Borrowed(example["lent"])
    stands = {one: borrowed.stand_in(one) for one in misleading}
    with in_place_of(stands, function.__globals__):
        again = _judged(name, function, example)
    used = tuple(one for one in misleading if one in borrowed.used)
    if not used:
        return card
    if again.state == "passed":
        return replace(again, notes=(*again.notes, given_right(used)), waits=used)
    if borrowed.all_lent:
        wrong = tuple(one for one in used if misleading[one] != "trap")
        below = (uses_wrong(wrong),) if wrong else ()
        return replace(again, notes=(*again.notes, *below), waits=used)
    return Card(f"{name} waits for {' and '.join(used)}: fix that first.", "waiting", waits=used)


def _judged(name: str, function: Function, exercise: Any) -> Card:
    """What the example says of the function as it stands."""
    answers = [call(function, value_of(case["arguments"])) for case in exercise["cases"]]
    changed = _changed(exercise, answers)
    pairs = zip(answers, exercise["cases"], strict=True)
    lists = any(has_lists(answer.value, value_of(case["want"])) for answer, case in pairs)
    texts = sorted({text for answer in answers for text in answer.warnings})
    notes = tuple(read_notes(name, () if exercise["keeps"] else changed, texts))
    notes += (read_lists(name),) if lists else ()
    for answer in answers:
        if answer.status != "returned":
            state = "unstarted" if answer.status == "unstarted" else "wrong"
            return Card(read_outcome(answer.status, answer, name), state, (), notes)
    rows = tuple(_rows(name, exercise, answers))
    wrong = [row for row in rows if row.state != "passed"]
    told = dict.fromkeys(row.words for row in rows if row.words and not row.fault)
    note = Note(unpacked(exercise["reveal"])) if exercise["reveal"] and not wrong else None
    state = "wrong" if wrong else "passed"
    return Card(name, state, rows, (*notes, *told), note, is_trap=bool(changed) or lists)


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


def call(function: Function, arguments: tuple[Tree, ...]) -> Answer:
    """Call it with fresh copies; whatever happens is an answer."""
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
    frames = tuple(_frames(problem.__traceback__, function))
    return Answer(status, None, type(problem).__name__, str(problem), frames, changed, texts)


def _frames(trace: TracebackType | None, function: Function) -> Iterator[str]:
    """The lines of the notebook that an exception came through: `sigmoid, line 3: return z`."""
    notebook = getattr(function, "__globals__", None)
    for frame, number in traceback.walk_tb(trace):
        if notebook is None or frame.f_globals is notebook:
            text = linecache.getline(frame.f_code.co_filename, number).strip()
            yield f"{frame.f_code.co_name}, line {number}: {text}"


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
