"""What was handed out beside the notebook, examples.json: read, and told when it cannot be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exercise.plain_data import Named
from autograder.student.note import unpacked


@dataclass(frozen=True)
class HandedOut:
    """The public examples of one set, by the names of its functions."""

    set: str
    functions: Mapping[str, Any]


class NothingHandedOut(Exception):
    """Why there are no examples, and what to do, in words for a student."""


def handed_out() -> HandedOut:
    """The examples beside check.py, as they are now; raises NothingHandedOut."""
    path = Path(__file__).with_name("examples.json")
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        problem = "is missing"
    except Exception:  # whatever a cut or edited file holds in the places of numbers
        problem = "is damaged"
    raise NothingHandedOut(
        f"The file {path.name} {problem} in {path.parent}: copy it there from the course's "
        "folder of this set, and run this cell again."
    )


@lru_cache(maxsize=1)
def _read(path: Path, _when: int) -> HandedOut:
    """Read the file once; every value in it is tried, so that a later one cannot fail."""
    found = json.loads(path.read_text("utf-8-sig"))  # some editors set a mark in front
    given = HandedOut(found["set"], found["functions"])
    if not given.functions or not isinstance(given.set, str):
        raise ValueError("no examples")
    for example in given.functions.values():
        _try(example)
    return given


def _try(example: Any) -> None:
    """Raise what a damaged example raises."""
    values = [case[part] for case in example["cases"] for part in ("arguments", "want")]
    values += [value for check in example["checks"] for value in check["mistakes"].values()]
    for value in values:
        value_of(value)
    unpacked(example["reveal"])


def value_of(node: Any) -> Any:
    """Read a value of examples.json: plain, or an object with one key that says its kind."""
    if not isinstance(node, dict):
        return node
    ((kind, content),) = node.items()
    if kind == "array":
        dtype, shape, entries = content
        return np.array(entries, dtype=dtype).reshape(shape)
    if kind == "dict":
        return {key: value_of(part) for key, part in content.items()}
    if kind in ("list", "tuple"):
        parts = map(value_of, content)
        return list(parts) if kind == "list" else tuple(parts)
    return Named(content) if kind == "named" else float(content)
