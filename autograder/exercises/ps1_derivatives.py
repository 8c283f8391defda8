"""ps1: derivatives and the chain rule, scalars and elementwise."""

from autograder.exercises import _ps1_chain, _ps1_elementwise
from autograder.spec import Assignment

ASSIGNMENT = Assignment(
    name="ps1_derivatives",
    title="Derivatives and the chain rule",
    exercises=(*_ps1_elementwise.EXERCISES, *_ps1_chain.EXERCISES),
)
