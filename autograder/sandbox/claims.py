"""Frames from the sandbox, read as what they are: claims. Anything odd ends the conversation."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast, get_args

from autograder.records import CallOutcome, CellOutcome, Failure
from autograder.sandbox.endings import Ended
from autograder.sandbox.inside.failures import MAX_FRAMES, MAX_LINE, MAX_MESSAGE
from autograder.sandbox.inside.outputs import MIME_TYPES
from autograder.sandbox.inside.tree import Tree

Answer = Literal["returned", "raised", "missing", "unstarted"]
ANSWERS = get_args(Answer)
Ran = Literal["ran", "raised"]
Output = dict[str, Any]
KINDS = ("stream", "error", "display_data", "execute_result")
MAX_NAME = 80
MAX_WARNINGS, MAX_WARNING = 5, 200
MAX_CHANGED = 16
"""No function of the course takes more arguments."""
CONTAINER_COST = 128
OUTPUT_RESERVE = 4096  # room for the note that something was left out
OUT_OF_TURN = "it sent something that is not an answer"


def cell_outcome(claim: Tree, number: int, output_bytes: int | None = None) -> CellOutcome:
    """Read a cell's frame, and as many of its outputs as fit (None: nobody asked for any).

    Raises Ended.
    """
    kind, told, status, failure, outputs = _parts(claim, 5)
    _must_be("cell", kind, number, told)
    kept = [] if output_bytes is None else _within(map(_output, _sequence(outputs)), output_bytes)
    ran = _one_of(("ran", "raised"), status)
    return CellOutcome(cast(Ran, ran), _failure(failure), tuple(kept))


def call_outcome(claim: Tree, number: int, asked: tuple[str, ...] = ()) -> CallOutcome:
    """Read an answer's frame; raises Ended. `asked` are the lent functions that it used."""
    kind, told, status, value, failure, changed, warnings = _parts(claim, 7)
    _must_be("answer", kind, number, told)
    return CallOutcome(
        status=cast(Answer, _one_of(ANSWERS, status)),
        value=value if status == "returned" else None,
        failure=_failure(failure),
        changed=tuple(place for place in _sequence(changed) if _is_place(place))[:MAX_CHANGED],
        warnings=tuple(_text(text, MAX_WARNING) for text in _sequence(warnings))[:MAX_WARNINGS],
        asked=asked,
    )


def _is_place(value: Tree) -> bool:
    return type(value) is int and 0 <= value < MAX_CHANGED


def question(claim: Tree) -> tuple[str, tuple[Tree, ...], dict[str, Tree]] | None:
    """Read what a stand-in asks: (name, arguments, named arguments); None where it is not one.

    Raises Ended.
    """
    if not isinstance(claim, tuple) or not claim or not _is(claim[0], "ask"):
        return None
    _, name, arguments, named = _parts(claim, 4)
    if not isinstance(arguments, tuple) or not isinstance(named, dict):
        raise Ended(OUT_OF_TURN)
    return _text(name, MAX_NAME), arguments, named


def _is(value: Tree, word: str) -> bool:
    return isinstance(value, str) and value == word


def _must_be(kind: str, told_kind: Tree, number: int, told_number: Tree) -> None:
    _one_of((kind,), told_kind)
    if type(told_number) is not int or told_number != number:
        raise Ended(OUT_OF_TURN)


def _one_of(words: tuple[str, ...], value: Tree) -> str:
    if not isinstance(value, str) or value not in words:  # an array has no truth value
        raise Ended(OUT_OF_TURN)
    return value


def _parts(claim: Tree, count: int) -> tuple[Tree, ...]:
    if not isinstance(claim, tuple) or len(claim) != count:
        raise Ended(OUT_OF_TURN)
    return claim


def _sequence(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise Ended(OUT_OF_TURN)
    return value


def _text(value: Tree, most: int) -> str:
    """A string that can be written anywhere: cut, and without half characters."""
    if not isinstance(value, str):
        raise Ended(OUT_OF_TURN)
    return value[:most].encode("utf-8", "replace").decode()


def _failure(value: Tree) -> Failure | None:
    if value is None:
        return None
    kind, message, frames = _parts(value, 3)
    lines = tuple(_text(frame, MAX_LINE) for frame in _sequence(frames))[-MAX_FRAMES:]
    return Failure(_text(kind, MAX_NAME), _text(message, MAX_MESSAGE), lines)


def _output(value: Tree) -> Output:
    """One nbformat output, rebuilt from the fields that it may have."""
    if not isinstance(value, dict):
        raise Ended(OUT_OF_TURN)
    kind = _one_of(KINDS, value.get("output_type"))
    if kind == "stream":
        name = _one_of(("stdout", "stderr"), value.get("name"))
        return {"output_type": kind, "name": name, "text": _long(value.get("text"))}
    if kind == "error":
        told = {name: _long(value.get(name)) for name in ("ename", "evalue")}
        lines = [_long(line) for line in _sequence(value.get("traceback"))]
        return {"output_type": kind, **told, "traceback": lines}
    shown: Output = {"output_type": kind, "data": _data(value.get("data")), "metadata": {}}
    if kind == "execute_result":
        shown["execution_count"] = _count(value.get("execution_count"))
    return shown


def _data(value: Tree) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Ended(OUT_OF_TURN)
    return {name: _long(text) for name, text in value.items() if name in MIME_TYPES}


def _count(value: Tree) -> int:
    if type(value) is not int:
        raise Ended(OUT_OF_TURN)
    return value


def _long(value: Tree) -> str:
    return _text(value, 2**26)


def output_cost(value: Any) -> int:
    """How many bytes an output keeps, about: its texts, and what holds them."""
    if isinstance(value, str):
        return len(value.encode())
    if not isinstance(value, dict | list):
        return 0
    return CONTAINER_COST + sum(map(output_cost, value.values() if type(value) is dict else value))


def _within(outputs: Iterable[Output], most: int) -> list[Output]:
    """The first outputs, as long as they fit (the sandbox cuts kindly; this cuts surely)."""
    kept, most = [], most + OUTPUT_RESERVE
    for output in outputs:
        most -= output_cost(output)
        if most < 0:
            break
        kept.append(output)
    return kept
