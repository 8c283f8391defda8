"""A few numbers that stand for all values of a part on all cases: equal where the values agree."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.compare import SINGLE, Array, Tolerance, leaves, numbers, precision_notes
from autograder.exercise.plain_data import Tree

SHADOWS = 3
"""Projections on fixed random directions: values that differ have other ones."""
HUGE = 1e100
"""What is larger counts as not finite."""


@dataclass(frozen=True)
class Fingerprint:
    """`form`: shapes, and which entries are not finite; `shadows`: projections of those that are.

    `slack`: how far shadows of values that agree with these may lie from them. `constant`: all
    finite entries are the same number.
    """

    form: int
    shadows: Array
    slack: Array
    constant: bool

    def fits(self, forms: NDArray[np.uint64], shadows: Array) -> NDArray[np.bool_]:
        """Which rows, forms (n,) and shadows (n, SHADOWS), agree with these values."""
        kept = shadows.shape[-1]  # the desk keeps fewer shadows, and fewer digits
        mine, slack = self.shadows[:kept], self.slack[:kept]
        slack = slack + np.finfo(shadows.dtype).eps * np.abs(mine)
        near = np.abs(shadows - mine) <= slack
        return np.asarray((forms == self.form) & near.all(axis=1), np.bool_)


def fingerprint(
    values: Sequence[Tree], wants: Sequence[Tree], tolerance: Tolerance
) -> Fingerprint | None:
    """The fingerprint of one part on all cases; None where some of it is not an array of numbers.

    `wants` tell where a number may have axes of length 1, and what is one array.
    """
    arrays: list[Array] = []
    for value, want in zip(values, wants, strict=True):
        if type(value) is np.ndarray and value.dtype == np.float64 and type(want) is np.ndarray:
            arrays.append(value)
            continue
        for _, got, right in leaves(value, want):
            array = numbers(got)
            if array is None:
                return None
            arrays.append(array.reshape(()) if array.size == 1 and not np.ndim(right) else array)
            if precision_notes(got):
                tolerance = SINGLE
    flat = np.concatenate([array.ravel() for array in arrays]) if arrays else np.empty(0)
    size = np.abs(flat)
    form = _form_of(tuple(array.shape for array in arrays))
    lost = ~(size < HUGE)
    if lost.any():
        form ^= _pattern(flat, lost)
        flat, size = np.where(lost, 0.0, flat), np.where(lost, 0.0, size)
    directions, lengths = _directions(flat.size)
    constant = bool(flat.size == 0 or (flat == flat[0]).all())
    slack = tolerance.atol * lengths.sum(axis=0) + tolerance.rtol * (size @ lengths)
    return Fingerprint(form, flat @ directions, slack, constant)


@lru_cache(maxsize=4096)
def _form_of(shapes: tuple[tuple[int, ...], ...]) -> int:
    """Never 0, and odd."""
    return int.from_bytes(hashlib.sha256(repr(shapes).encode()).digest()[:8], "little") | 1


def _pattern(flat: Array, lost: NDArray[np.bool_]) -> int:
    """Which entries are nan, and which are infinite or huge, of which sign; even."""
    signs = np.where(np.isnan(flat), 2, np.sign(np.nan_to_num(flat)) * lost).astype(np.int8)
    return int.from_bytes(hashlib.sha256(signs.tobytes()).digest()[:8], "little") & ~1


@lru_cache(maxsize=256)
def _directions(size: int) -> tuple[Array, Array]:
    """The directions (size, SHADOWS) for so many entries, and their absolute values."""
    directions = np.random.default_rng(size).standard_normal((size, SHADOWS))
    return directions, np.abs(directions)
