"""Carried over from ps2: `check` answers, and nothing is graded."""

from autograder.exercise import carried_over
from exercises.ps2_worked_example.gradient_check import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
