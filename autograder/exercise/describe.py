"""What a value is, in words for a student."""

import re
from typing import Any

import numpy as np

from autograder.exercise.plain_data import Foreign

MOST_KEYS = 6
"""More keys of a dict are counted, and not named."""


def describe(value: Any) -> str:
    """Say what a value is, in words: `an array of shape (3, 4)`."""
    if value is None:
        return "None"
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        return f"an array of shape {value.shape}" if value.ndim else "one number"
    if isinstance(value, bool | int | float | np.number | np.bool_):
        return "one number"
    if type(value) in (list, tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if type(value) is dict:
        return _with_keys(list(value))
    kind = value.type_name if isinstance(value, Foreign) else type(value).__name__
    if type(value) is np.ndarray or isinstance(value, np.generic):
        kind = f"array of {value.dtype.name}"
    if not kind.replace(" ", "").isidentifier():
        kind = "object"  # a name made of numbers may tell a hidden input
    special = {"str": "text", "complex": "a complex number"}
    return special.get(kind) or f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind[:80]}"


def contrast(got: Any, want: Any) -> tuple[str, str]:
    """Both in words that show what differs: of two dicts, the keys that only one of them has."""
    if type(got) is not dict or type(want) is not dict:
        return describe(got), describe(want)
    other = sorted(got, key=lambda key: key in want)  # first those that were not asked for
    return _with_keys(other), _with_keys([key for key in want if key not in got])


def _with_keys(keys: list[Any]) -> str:
    """A dict by its first keys."""
    if not keys:
        return "an empty dict"
    shown = [f"{key!r:.30}" if _is_plain(str(key)) else "…" for key in keys[:MOST_KEYS]]
    if len(keys) > MOST_KEYS:
        shown.append(f"{len(keys) - MOST_KEYS} more")
    return f"a dict with the key{'s' * (len(keys) > 1)} {', '.join(shown)}"


def _is_plain(key: str) -> bool:
    """A key that holds no number of many digits: it may tell a hidden input."""
    return key.isprintable() and not re.search(r"\d{5}|\d\.|\.\d|\d[eE]", key)
