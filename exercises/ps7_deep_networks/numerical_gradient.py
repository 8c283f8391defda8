"""Carried over from ps1: `check` answers, and nothing is graded."""

from autograder.exercise import carried_over
from exercises.ps1_derivatives.numerical_gradient import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
