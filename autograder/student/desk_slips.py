"""The slips that the desk knows: small fingerprints of their values on the public examples.

They hold no more than check.py could compute from the examples and a wrong program.
"""

import json
import os
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exercise.answers import Answers, answer, evaluate
from autograder.exercise.cases import PUBLIC_SECRET, Case
from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Assignment, Exercise
from autograder.judge.slips import store
from autograder.judge.slips.bank import compared
from autograder.judge.slips.build import build, limit
from autograder.judge.slips.grow import slips_of
from autograder.judge.slips.look_up import NONE, OTHER, RIGHT, Rows, from_bytes, to_bytes
from autograder.judge.slips.slip_rows import rows_of
from autograder.student.examples import public_cases

MODULE = "autograder.student.desk_slips"
MOST_BYTES = 150_000
"""What the slips of one set may take in examples.json."""
SHADOWS = 2
LAWS = 3
"""Case sets besides the examples on which the laws of a row must hold."""
LESS = 0.85


def desk_slips(root: Path, assignment: Assignment) -> dict[str, Any]:
    """Function name → its slips, ready for JSON; without training functions, which take long.

    Raises BuildFailed.
    """
    exercises = [exercise for exercise in assignment.graded if not exercise.trains]
    made = [(exercise, _made(root, assignment.name, exercise.name)) for exercise in exercises]
    share = 1.0
    while True:
        found = {e.name: packed(e, _first(rows, share)) for e, rows in made}
        if len(json.dumps(found)) <= MOST_BYTES:
            return found
        share *= LESS


def _made(root: Path, assignment: str, exercise: str) -> Rows:
    """The rows of one exercise, from the cache or made anew."""
    digest = store.digest_of(root, assignment, exercise, MODULE.encode())
    data = store.load(digest)
    if data is None:
        data = build(root, assignment, exercise, b"", MODULE)
        store.keep(digest, data)
    return from_bytes(data)


def main(text: str) -> None:
    """Write the rows of one exercise, as its plan (JSON) asks for, to standard output."""
    plan = json.loads(text)
    assignment = load_assignment(plan["assignment"])
    exercise = assignment.exercise(plan["exercise"])
    limit(plan["cpu_seconds"], plan["memory_bytes"])
    keys = [public_answers(exercise)]
    keys += [answer(exercise, PUBLIC_SECRET, case_set) for case_set in range(1, 1 + LAWS)]
    rows = rows_of(slips_of(exercise, assignment, keys[0].groups[0][0]), keys)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        out.write(to_bytes(rows))


def public_answers(exercise: Exercise) -> Answers:
    """The public examples, answered."""
    groups: list[list[Case]] = [[] for _ in exercise.draws]
    for draw, case in public_cases(exercise):
        groups[draw].append(case)
    wants = [[evaluate(exercise.reference, case.arguments) for case in cases] for cases in groups]
    return Answers(exercise, tuple(map(tuple, groups)), tuple(map(tuple, wants)), 0)


def packed(exercise: Exercise, rows: Rows) -> dict[str, Any]:
    """The rows of one exercise as the desk keeps them, ready for JSON."""
    small = replace(
        rows,
        forms=rows.forms[:, :1],
        shadows=rows.shadows[:, :1, :SHADOWS].astype(np.float32),
        groups=rows.groups.astype(np.int16),
    )
    names = [check.name for check in compared(public_answers(exercise))]
    return {"checks": names, "rows": b64encode(to_bytes(small)).decode()}


def _first(rows: Rows, share: float) -> Rows:
    """The rows of this share of the slips, those that are said first."""
    order = sorted(range(len(rows.said)), key=lambda i: rows.said[i][2])
    kept = order[: round(share * len(order))]
    used = sorted({int(row) for row in rows.groups[kept].flat if row > RIGHT})
    places = np.zeros(len(rows.checks) + 3, np.int32)
    places[used] = np.arange(1, 1 + len(used))
    places[[NONE, OTHER]] = NONE, OTHER  # they stay what they are, and RIGHT is 0
    at = np.array(used, int) - 1
    return Rows(
        said=tuple(rows.said[i] for i in kept),
        groups=places[rows.groups[kept]],
        checks=rows.checks[at],
        forms=rows.forms[at],
        shadows=rows.shadows[at],
    )
