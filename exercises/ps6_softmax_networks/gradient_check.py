"""One's own `gradient_check` from set 2, for the *Try it* cells; nothing is graded here."""

from autograder.exercise import carried_over
from exercises.ps2_worked_example.gradient_check import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
