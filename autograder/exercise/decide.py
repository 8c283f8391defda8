"""Conditions on all cases of a draw together, for `Exercise.decides`."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise.spec import Arguments, Decides


def both_signs(*quantities: Callable[..., Any]) -> Decides:
    """Each quantity, made of the arguments, is negative somewhere and positive somewhere.

    So an absolute value too many, or one case of two forgotten, shows on every case set.
    """

    def decides(cases: Sequence[Arguments]) -> bool:
        seen = [np.hstack([quantity(*arguments) for arguments in cases]) for quantity in quantities]
        return all(numbers.min() < 0 < numbers.max() for numbers in seen)

    return decides
