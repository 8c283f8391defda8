"""The hidden inputs: sixteen case sets per exercise, drawn from the course secret.

A submission's digest picks its set, so a submission always meets the same inputs, the next one
mostly others, and every law can be proven on all sixteen.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from autograder.exercise.axes import draw_shapes
from autograder.exercise.spec import Check, Exercise
from autograder.exercise.tree import Tree

CASE_SETS = 16
PUBLIC_SECRET = b"public example"
"""What the examples that students hold are drawn from; never the course's secret."""


@dataclass(frozen=True)
class Case:
    """One set of arguments; `sizes` are the axis lengths they were drawn with."""

    arguments: tuple[Tree, ...]
    sizes: dict[str, int]


def case_set_of(digest: str) -> int:
    """Which case set a submission with this SHA-256 (hexadecimal) meets."""
    return int(digest[:8], 16) % CASE_SETS


def draw_cases(exercise: Exercise, secret: bytes, case_set: int) -> tuple[tuple[Case, ...], ...]:
    """All cases of one case set: one tuple per entry of `exercise.draws`."""
    fixed = {exercise.draw_of(check) for check in exercise.checks if check.fixed}
    groups = []
    for number, draw in enumerate(exercise.draws):
        rng = _generator(secret, exercise.name, case_set, number)
        shapes = list(draw_shapes(exercise.axes, exercise.batch, rng))
        used = shapes[:1] if number in fixed else shapes
        groups.append(tuple(Case(draw(rng, sizes), sizes) for sizes in used))
    return tuple(groups)


def draw_example(exercise: Exercise) -> Case:
    """The public example: the exercise's own, or a case of a secret that is none."""
    rng = _generator(PUBLIC_SECRET, exercise.name, 0, 0)
    sizes = next(draw_shapes(exercise.axes, exercise.batch, rng))
    return Case((exercise.example or exercise.draw)(rng, sizes), sizes)


def cases_of(
    check: Check, exercise: Exercise, groups: tuple[tuple[Case, ...], ...]
) -> tuple[Case, ...]:
    """The cases that one check looks at."""
    return groups[exercise.draw_of(check)]


def _generator(secret: bytes, *what: str | int) -> np.random.Generator:
    name = "/".join(map(str, what)).encode()
    return np.random.default_rng(list(hashlib.sha256(secret + b"/" + name).digest()))
