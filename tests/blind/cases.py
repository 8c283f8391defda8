"""The programs: right and wrong ones, each with what is wrong, written before it was graded."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exercise.load import assignment_names, load_assignment

CASES = Path(__file__).resolve().parents[3] / "shared" / "blind" / "cases.json"
"""Programs for the functions of the first edition; they are not the project's own."""
SECOND_EDITION = Path(__file__).with_name("second_edition.json")
"""Programs for the functions that are new, written from the notebooks alone."""


class CellError(Exception):
    """A case's own cell fails."""


@dataclass(frozen=True)
class BlindCase:
    """One program; `kind` is right, wrong, or grey (arguments changed: costs nothing)."""

    id: str
    assignment: str
    function: str
    source: str
    kind: str
    what: str
    file: Path = CASES
    """Where it stands, with right answers for all other functions of its set."""


def read_cases(path: Path = CASES) -> list[BlindCase]:
    """The programs whose exercises this edition has."""
    cases = (replace(case, file=path) for case in _all(path))
    return [case for case in cases if case.function in _names(case.assignment)]


def program(case: BlindCase) -> Callable[..., Any]:
    """The case's function among right ones for all others of its set; raises CellError."""
    scope = _given(case.assignment)
    for source in _base(case.file)[case.assignment].values():
        exec(source, scope)
    try:
        exec(case.source, scope)
        function: Callable[..., Any] = scope[case.function]
    except Exception as error:
        raise CellError(repr(error)) from error
    return function


def _all(path: Path) -> Iterator[BlindCase]:
    cases = json.loads(path.read_text())["cases"]
    return (BlindCase(**{**_fields(case), "kind": _kind(case)}) for case in cases)


def _fields(case: Mapping[str, Any]) -> dict[str, str]:
    return {name: case[name] for name in BlindCase.__annotations__ if name != "file"}


def _kind(case: Mapping[str, Any]) -> str:
    """A wrong program whose values are right is one that changes its arguments."""
    return "grey" if case.get("borderline") else str(case["kind"])


@cache
def _base(path: Path) -> Mapping[str, Mapping[str, str]]:
    base: Mapping[str, Mapping[str, str]] = json.loads(path.read_text())["base"]
    return base


@cache
def _names(assignment: str) -> frozenset[str]:
    if assignment not in assignment_names():
        return frozenset()
    return frozenset(exercise.name for exercise in load_assignment(assignment).exercises)


def _given(assignment: str) -> dict[str, Any]:
    """What the notebook gives: numpy, and the functions that are not exercises."""
    reference = load_assignment(assignment).graded[0].reference
    scope = reference.__globals__
    given = {n: f for n, f in scope.items() if callable(f) and n not in _names(assignment)}
    return {"np": np, **given}
