"""One's own `numerical_gradient` from set 1, for the *Try it* cells; nothing is graded here."""

from autograder.exercise import carried_over
from exercises.ps1_derivatives.numerical_gradient import EXERCISE as EARLIER

EXERCISE = carried_over(EARLIER)
