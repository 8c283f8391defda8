"""Carried over from ps1: a derivative by differences, for the student's own trials."""

from autograder.exercise import carried_over
from exercises.ps1_derivatives.numerical_gradient import EXERCISE as WRITTEN

EXERCISE = carried_over(WRITTEN)
