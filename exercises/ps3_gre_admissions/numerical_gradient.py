"""Carried over from set 1: central differences, for the student's own trials."""

from autograder.exercise import carried_over
from exercises.ps1_derivatives.numerical_gradient import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
