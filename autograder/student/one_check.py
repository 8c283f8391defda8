"""Judge one check on the public example: by the numbers handed out, in the grader's words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.compare import (
    Tolerance,
    compare,
    conform,
    conforms,
    is_close,
    leaves,
    numbers,
)
from autograder.exercise.describe import describe
from autograder.exercise.plain_data import Named, Tree
from autograder.judge.diagnose import NO_PLACES, Seen, diagnose, wrong_keys
from autograder.judge.reading import read_part, read_structure
from autograder.report.sentences import finding
from autograder.sandbox.inside.named import FUNCTIONS
from autograder.student.course_judges import JUDGES
from autograder.student.handed_out import value_of
from autograder.student.seen import seen_elsewhere, seen_of, slip_of
from autograder.student.show import Row

ADMISSIBLE = "These inputs are allowed. What follows from them, only the grader works out."


def judge_check(name: str, record: Any, exercise: Any, given: Sequence[Tree]) -> Row:
    """The row of one check of the function `name`; `given` are the results on all public cases."""
    cases = [exercise["cases"][i] for i in record["cases"]]
    first, whole = given[record["cases"][0]], value_of(cases[0]["want"])
    seen = seen_of(record, exercise, given)
    if not seen:
        return Row(record["name"], "wrong", read_structure(name, first, whole, exercise["places"]))
    if misshapen := _misshapen(name, record, exercise, seen):
        return Row(record["name"], "wrong", misshapen)
    if record["inputs"]:
        return _with_own_inputs(record, conform(first, whole))
    if record["accept"]:
        return _accepted(record, seen, [value_of(case["arguments"]) for case in cases])
    return _told(record, seen, exercise, given)


def _misshapen(name: str, record: Any, exercise: Any, seen: Sequence[Seen]) -> str:
    """What is wrong with the form of an answer that the author's own judge is asked about."""
    if record["any_form"] or not (record["accept"] or record["expects"]):
        return ""
    odd = next((case for case in seen if not conforms(case.got, case.want)), None)
    if odd is None:
        return ""
    if record["part"]:
        return read_part(record["label"], odd.got, odd.want)
    return read_structure(name, odd.got, odd.want, exercise["places"])


def _with_own_inputs(record: Any, answer: Tree) -> Row:
    """Whether the inputs that a student chose can be; no more is known here."""
    said = JUDGES[record["inputs"]](answer)
    refused = isinstance(said, str)
    return Row(record["name"], "wrong" if refused else "passed", said if refused else ADMISSIBLE)


def _accepted(record: Any, seen: Sequence[Seen], arguments: Sequence[Any]) -> Row:
    """Ask the author's judge, where the course shares it (exercises/judges.py)."""
    accept, said = JUDGES[record["accept"]], []
    for case, given in zip(seen, arguments, strict=True):
        known = [FUNCTIONS[x.name] if isinstance(x, Named) else x for x in given]
        with np.errstate(all="ignore"):
            got = case.got if record["any_form"] else conform(case.got, case.want)
            said.append(accept(got, tuple(known)))
    wrong = [words for words in said if isinstance(words, str) or not words]
    words = next((words for words in wrong if words), record["expects"])
    return Row(record["name"], "wrong" if wrong else "passed", words if wrong else "")


def _told(record: Any, seen: list[Seen], exercise: Any, given: Sequence[Tree]) -> Row:
    """The row of a check: passed, or what is wrong with it."""
    label, tolerance = record["name"], Tolerance(*record["tolerance"])
    agreed = all(case.comparison.agrees for case in seen)
    if agreed or (record["expects"] and _is_open(record, seen, tolerance)):
        notes = dict.fromkeys(note for case in seen for note in case.comparison.notes)
        parts = _parts(seen[0], "") if not record["expects"] else ()
        return Row(label, "passed", " ".join(notes), _shape_of(seen[0].got), parts=parts)
    first = next((case for case in seen if not case.comparison.agrees), seen[0])
    if record["expects"]:
        return Row(label, "wrong", _expected(record, seen, tolerance), _shape_of(first.got))
    elsewhere = seen_elsewhere(record, exercise, given)
    found = diagnose(
        record["label"],
        seen,
        exercise["sentences"],
        elsewhere,
        exercise["shapes"],
        NO_PLACES if record["part"] else exercise["places"],
    )
    words = finding(found.fact, found.nudge or slip_of(record, exercise, given))
    cells = _wrong_cells(first, tolerance)
    return Row(label, "wrong", words, _shape_of(first.got), cells, _parts(first, words))


def _parts(seen: Seen, words: str) -> tuple[Row, ...]:
    """A row for each key that is looked at; the words stand beside the first that is wrong."""
    if type(seen.got) is not dict or type(seen.want) is not dict:
        return ()
    wrong = wrong_keys(seen.got, seen.want)
    return tuple(
        Row(
            key,
            "wrong" if key in wrong else "passed",
            words if key in wrong[:1] else "",
            _shape_of(seen.got.get(key)),
        )
        for key in seen.want
    )


def _shape_of(got: Tree) -> str:
    """The shape of an array, a shape itself, or what else came."""
    array = numbers(got)
    if type(got) is tuple and array is not None and array.ndim == 1:
        return str(got)
    return describe(got) if array is None or not array.ndim else str(array.shape)


def _expected(record: Any, seen: Sequence[Seen], tolerance: Tolerance) -> str:
    """What the grader's own judge says of the known mistake that came; else what is expected."""
    slugs = _known(seen, tolerance)
    return next((record["said"][slug] for slug in slugs), record["expects"])


def _is_open(record: Any, seen: list[Seen], tolerance: Tolerance) -> bool:
    """Whether only the grader can judge an answer that the text leaves open.

    Unless any form will do, it has the right structure and shapes here, is finite where the
    reference's is, and is not what a known mistake gives on every case.
    """
    if record["any_form"]:
        return not _known(seen, tolerance)
    got = [conform(case.got, case.want) for case in seen]
    pairs = [pair for x, case in zip(got, seen, strict=True) for pair in leaves(x, case.want)]
    if any(np.isfinite(x).all() != np.isfinite(want).all() for _, x, want in pairs):
        return False
    return not _known(seen, tolerance)


def _known(seen: Sequence[Seen], tolerance: Tolerance) -> list[str]:
    """The mistakes that give these values on every case."""
    return [
        slug
        for slug in seen[0].mistakes
        if all(compare(case.got, case.mistakes[slug], tolerance).agrees for case in seen)
    ]


def _wrong_cells(seen: Seen, tolerance: Tolerance) -> NDArray[np.bool_] | None:
    got, want = numbers(seen.got), numbers(seen.want)
    if got is None or want is None or got.shape != want.shape:
        return None
    return ~is_close(got, want, tolerance)
