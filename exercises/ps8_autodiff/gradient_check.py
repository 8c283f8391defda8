"""Carried over from ps2, for the trials: nothing is graded."""

from autograder.exercise import carried_over
from exercises.ps2_worked_example import gradient_check

EXERCISE = carried_over(gradient_check.EXERCISE)
