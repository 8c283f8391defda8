"""What an exercise is: its record, its cases, its answers, and how results are compared.

The names below are what a record is written with.
"""

from autograder.exercise.compare import TRAINED, Tolerance
from autograder.exercise.gradcheck import (
    central_differences,
    elementwise_derivative,
    gradients_of,
)
from autograder.exercise.spec import Check, Draw, Exercise, Mistake, Sizes
from autograder.exercise.tree import Tree

__all__ = [
    "TRAINED",
    "Check",
    "Draw",
    "Exercise",
    "Mistake",
    "Sizes",
    "Tolerance",
    "Tree",
    "central_differences",
    "elementwise_derivative",
    "gradients_of",
]
