"""The hidden inputs: sixteen case sets per exercise, drawn from the course secret.

The course secret and a digest of the student's code pick one, so the same code always meets the
same inputs, the next one mostly others, nobody can choose, and every law is proven on all sixteen.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from autograder.exercise.spec import Check, Exercise
from autograder.exercise.tree import Tree

CASE_SETS = 16
PUBLIC_SECRET = b"public example"
"""What the examples that students hold are drawn from; never the course's secret."""

BATCH_SIZES = (3, 5, 6, 7, 9)  # no power of two, so that a factor N cannot pass for a 2 or a ½
OTHER_SIZES = (2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Case:
    """One set of arguments; `sizes` are the axis lengths they were drawn with."""

    arguments: tuple[Tree, ...]
    sizes: dict[str, int]


def case_set_of(code: str, secret: bytes) -> int:
    """Which case set a submission meets whose code has this digest; told by the secret alone."""
    return hmac.digest(secret, code.encode(), "sha256")[0] % CASE_SETS


def draw_cases(exercise: Exercise, secret: bytes, case_set: int) -> tuple[tuple[Case, ...], ...]:
    """All cases of one case set: one tuple per entry of `exercise.draws`."""
    fixed = {exercise.draw_of(check) for check in exercise.checks if check.fixed}
    groups = []
    for number, draw in enumerate(exercise.draws):
        rng = _generator(secret, exercise.name, case_set, number)
        shapes = list(_shapes(exercise.axes, rng))
        used = shapes[:1] if number in fixed else shapes
        groups.append(tuple(Case(draw(rng, sizes), sizes) for sizes in used))
    return tuple(groups)


def draw_example(exercise: Exercise) -> Case:
    """The public example: the exercise's own, or a case of a secret that is none."""
    rng = _generator(PUBLIC_SECRET, exercise.name, 0, 0)
    sizes = next(_shapes(exercise.axes, rng))
    return Case((exercise.example or exercise.draw)(rng, sizes), sizes)


def cases_of(
    check: Check, exercise: Exercise, groups: tuple[tuple[Case, ...], ...]
) -> tuple[Case, ...]:
    """The cases that one check looks at."""
    return groups[exercise.draw_of(check)]


def _generator(secret: bytes, *what: str | int) -> np.random.Generator:
    name = "/".join(map(str, what)).encode()
    return np.random.default_rng(list(hashlib.sha256(secret + b"/" + name).digest()))


def _shapes(axes: str, rng: np.random.Generator) -> Iterator[dict[str, int]]:
    """Two shapes of distinct lengths, then one with a single example (where there is an N)."""
    names = axes.split()
    for _ in range(2):
        yield _distinct(names, rng)
    if "N" in names:
        yield {**_distinct(names, rng), "N": 1}


def _distinct(axes: list[str], rng: np.random.Generator) -> dict[str, int]:
    """Draw lengths that all differ, also from those that the axes fix ("H=3")."""
    parts = [axis.partition("=") for axis in axes]
    sizes = {name: int(length) for name, _, length in parts if length}
    if "N" in axes:
        sizes["N"] = int(rng.choice([size for size in BATCH_SIZES if size not in sizes.values()]))
    others = [name for name, _, length in parts if name != "N" and not length]
    free = [size for size in OTHER_SIZES if size not in sizes.values()]
    for name, size in zip(others, rng.permutation(free), strict=False):
        sizes[name] = int(size)
    return sizes
