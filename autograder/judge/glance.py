"""Is a result right at a glance? Most are, and then nobody needs the long comparison.

A yes here is a yes in compare.py as well, without notes; a no says nothing (a test holds this).
"""

from typing import Any

import numpy as np

from autograder.exercise.compare import Tolerance
from autograder.exercise.plain_data import Tree

FLOAT = np.dtype(np.float64)


def plainly_right(got: Tree, want: Tree, tolerance: Tolerance) -> bool:
    """Whether a result has the right one's very structure, shapes and precision, and is near."""
    with np.errstate(all="ignore"):  # infinities of one sign have no difference
        return _is_right(got, want, tolerance)


def _is_right(got: Any, want: Any, tolerance: Tolerance) -> bool:
    kind = type(want)
    if kind is np.ndarray:
        return type(got) is np.ndarray and got.shape == want.shape and _near(got, want, tolerance)
    if isinstance(want, float):  # numpy's float64 is one, and crosses as an array without axes
        if type(got) is float:
            got = np.asarray(got)
        return type(got) is np.ndarray and not got.ndim and _near(got, want, tolerance)
    several = kind in (tuple, dict) and type(got) is kind and len(got) == len(want) > 0
    if not several:
        return False
    if kind is dict:
        return all(key in got and _is_right(got[key], want[key], tolerance) for key in want)
    return all(_is_right(*pair, tolerance) for pair in zip(got, want, strict=True))


def _near(got: np.ndarray, want: Any, tolerance: Tolerance) -> bool:
    if got.dtype != FLOAT:
        return False
    if (got == want).all():
        return True
    room = tolerance.atol + tolerance.rtol * np.abs(want)
    return bool((np.abs(got - want) <= room).all() and np.isfinite(room).all())
