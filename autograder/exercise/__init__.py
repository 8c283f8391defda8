"""What an exercise is: its record, its cases, its answers, and how results are compared.

The names below are what a record is written with.
"""

from autograder.exercise.compare import LABEL, NUMERICAL, TRAINED, Keys, Tolerance
from autograder.exercise.decide import both_signs
from autograder.exercise.gradcheck import (
    central_differences,
    elementwise_derivative,
    gradients_of,
)
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import (
    Arguments,
    Check,
    Decides,
    Draw,
    Exercise,
    Function,
    Mistake,
    Sizes,
    carried_over,
)

__all__ = [
    "LABEL",
    "NUMERICAL",
    "TRAINED",
    "Arguments",
    "Check",
    "Decides",
    "Draw",
    "Exercise",
    "Function",
    "Keys",
    "Mistake",
    "Sizes",
    "Tolerance",
    "Tree",
    "both_signs",
    "carried_over",
    "central_differences",
    "elementwise_derivative",
    "gradients_of",
]
