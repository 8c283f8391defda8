"""Carried over from set 2: the check of a gradient, for the student's own trials."""

from autograder.exercise import carried_over
from exercises.ps2_worked_example.gradient_check import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
