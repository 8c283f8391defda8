"""Every assignment of the course, found by the name of its module."""

import importlib
import pkgutil
from functools import cache

from autograder.errors import Misuse
from autograder.spec import Assignment


@cache
def assignment_names() -> tuple[str, ...]:
    """The names of all assignments, in order: ps1_derivatives, …"""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if name.startswith("ps")))


@cache
def load_assignment(name: str) -> Assignment:
    """Load one assignment's record; raises Misuse for an unknown name."""
    if name not in assignment_names():
        known = ", ".join(assignment_names())
        raise Misuse(f"There is no assignment {name!r}. Known are: {known}.")
    assignment: Assignment = importlib.import_module(f"{__name__}.{name}").ASSIGNMENT
    return assignment
