"""The hidden inputs: sixteen case sets per exercise, drawn from the course secret.

The course secret and a digest of the student's code pick one, so the same code always meets the
same inputs, the next one mostly others, nobody can choose, and every law is proven on all sixteen.
"""

import hashlib
import hmac
from dataclasses import dataclass

import numpy as np

from autograder.errors import SpecError
from autograder.exercise.axes import draw_shapes
from autograder.exercise.spec import Arguments, Check, Draw, Exercise

CASE_SETS = 16
TRIES = 1000
PUBLIC_SECRET = b"public example"
"""What the examples that students hold are drawn from; never the course's secret."""


@dataclass(frozen=True)
class Case:
    """One set of arguments; `sizes` are the axis lengths they were drawn with."""

    arguments: Arguments
    sizes: dict[str, int]


def case_set_of(code: str, secret: bytes) -> int:
    """Which case set a submission meets whose code has this digest; told by the secret alone."""
    return hmac.digest(secret, code.encode(), "sha256")[0] % CASE_SETS


def draw_cases(exercise: Exercise, secret: bytes, case_set: int) -> tuple[tuple[Case, ...], ...]:
    """All cases of one case set: one tuple per entry of `exercise.draws`."""
    fixed = {exercise.draw_of(check) for check in exercise.checks if check.fixed}
    groups: list[tuple[Case, ...]] = []
    for number, draw in enumerate(exercise.draws):
        rng = _generator(secret, exercise.name, case_set, number)
        shapes = list(draw_shapes(exercise.axes, exercise.batch, rng))
        if number in fixed:
            groups.append((Case(draw(rng, shapes[0]), shapes[0]),))
        else:
            groups.append(_decisive(exercise, draw, rng, shapes))
    return tuple(groups)


def _decisive(
    exercise: Exercise, draw: Draw, rng: np.random.Generator, shapes: list[dict[str, int]]
) -> tuple[Case, ...]:
    """A case of each shape, drawn again until together they decide what the record asks for."""
    for _ in range(TRIES):
        cases = tuple(Case(draw(rng, sizes), sizes) for sizes in shapes)
        if exercise.decides is None or exercise.decides([case.arguments for case in cases]):
            return cases
    raise SpecError(f"{exercise.name}: {TRIES} draws did not satisfy `decides`. Ask for less.")


def draw_example(exercise: Exercise) -> Case:
    """The public example: the exercise's own, or a case of a secret that is not one."""
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
