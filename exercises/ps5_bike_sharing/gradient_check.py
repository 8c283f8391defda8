"""Carried over from ps2: the test of a gradient, for the student's own trials."""

from autograder.exercise import carried_over
from exercises.ps2_worked_example.gradient_check import EXERCISE as WRITTEN

EXERCISE = carried_over(WRITTEN)
