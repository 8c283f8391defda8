"""ps1: derivatives and the chain rule, scalars and elementwise."""

from autograder.exercise.spec import Assignment

from . import chain, elementwise

ASSIGNMENT = Assignment(
    name="ps1_derivatives",
    title="Derivatives and the chain rule",
    exercises=(*elementwise.EXERCISES, *chain.EXERCISES),
)
