"""ps2: the 2-1-1 network by hand.

Points are earned on inputs of order 1; the lecture's own numbers are looked at too, to the
rounding they were printed with, for 0 points.
"""

from autograder.exercise.spec import Assignment

from . import network, terms

ASSIGNMENT = Assignment(
    name="ps2_worked_example",
    title="The worked example: a 2-1-1 network by hand",
    exercises=(*terms.EXERCISES, *network.EXERCISES),
)
