"""Is what came back what was asked for? One tolerance table, one comparison."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tolerance:
    """`got` agrees with `want` where |got − want| ≤ atol + rtol·|want|, in float64."""

    name: str
    rtol: float
    atol: float


# How far two right programs may lie apart, which is how well the reference itself is known.
FORMULA = Tolerance("formula", 1e-7, 1e-10)  # another order of summation, another stable form
TRAINED = Tolerance("trained", 1e-6, 1e-9)  # the same, carried through many updates
NUMERICAL = Tolerance("numerical", 1e-5, 1e-7)  # central differences with the student's own h
SINGLE = Tolerance("single", 1e-4, 1e-5)  # results in float32
