"""Carried over from ps1, for the trials: nothing is graded."""

from autograder.exercise import carried_over
from exercises.ps1_derivatives import numerical_gradient

EXERCISE = carried_over(numerical_gradient.EXERCISE)
