"""Read what a student returns as plain data: the same content in dict, list, tuple, array, number.

A subclass may override every method, so contents are read with those of the built-in type: what
crosses is what is stored, and no method of the student's runs. This file enters check.py as well.
"""

from collections import ChainMap, UserDict, UserList, deque
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from .tree import Foreign

ALL = slice(None)
DEEPEST = 40
READ: Mapping[type, Callable[[Any], Any]] = {
    dict: lambda value: dict(dict.items(value)),
    tuple: lambda value: tuple.__getitem__(value, ALL),
    list: lambda value: list.__getitem__(value, ALL),
    str: lambda value: str.__getitem__(value, ALL),
    int: lambda value: int.__add__(value, 0),
    float: lambda value: float.__add__(value, 0.0),
}
"""Built-in type → how an instance of a subclass becomes one of exactly this type."""
MADE: Mapping[type, type] = {
    **dict.fromkeys((MappingProxyType, UserDict, ChainMap), dict),
    **dict.fromkeys((deque, UserList, range, type({}.values())), list),
}
"""Containers of the standard library → the built-in type that holds the same."""


def plain(value: Any) -> Any:
    """Make the outermost layer plain; what is not plain data at all is returned as it is.

    An array of anything but numbers is `Foreign` at once, and so is a dict with odd keys.
    """
    made = _built_in(value)
    if type(made) is dict and not all(type(key) is str for key in made):
        return Foreign("dict whose keys are not text")
    return made


def plain_tree(value: Any, depth: int = 0) -> Any:
    """Make a value plain in all its layers, down to the depth that the wire carries."""
    value = plain(value)
    if depth < DEEPEST and type(value) in (list, tuple):
        return type(value)(plain_tree(part, depth + 1) for part in value)
    if depth < DEEPEST and type(value) is dict:
        return {key: plain_tree(part, depth + 1) for key, part in value.items()}
    return value


def _built_in(value: Any) -> Any:
    """The same content in an instance of exactly a built-in type, or an array of numbers."""
    kind = type(value)
    if kind in READ or kind is bool or issubclass(kind, np.generic | np.ma.MaskedArray):
        return value
    if issubclass(kind, np.ndarray):
        return _plain_array(np.ndarray.view(value, np.ndarray))
    if kind in MADE:
        return MADE[kind](value)
    base = next((base for base in READ if issubclass(kind, base)), None)
    return value if base is None else READ[base](value)


def _plain_array(array: Any) -> Any:
    """An array of numbers; one that holds arrays or lists is a list of them; any other is none."""
    if array.dtype == object and array.ndim == 1:
        parts = list(array)
        if any(isinstance(part, np.ndarray | list | tuple) for part in parts):
            return parts
    return array if array.dtype.kind in "biuf" else Foreign(f"array of {array.dtype.name}"[:80])
