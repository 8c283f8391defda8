"""Hidden inputs: repeatable, distinct in size, different from set to set."""

import dataclasses
from hashlib import sha256

import numpy as np

from autograder.exercise.cases import CASE_SETS, case_set_of, draw_cases, draw_example
from autograder.exercise.spec import Check
from tests.conftest import SECRET


def flat(groups):
    return [argument for cases in groups for case in cases for argument in case.arguments]


def test_a_submission_always_meets_the_same_inputs(affine):
    first, again = (draw_cases(affine, SECRET, 5) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(flat(first), flat(again), strict=True))


def test_case_sets_and_secrets_give_different_inputs(affine):
    drawn = [flat(draw_cases(affine, SECRET, s))[0].ravel()[0] for s in range(CASE_SETS)]
    drawn.append(flat(draw_cases(affine, b"another secret", 0))[0].ravel()[0])
    drawn.append(draw_example(affine).arguments[0].ravel()[0])
    assert len(set(drawn)) == CASE_SETS + 2


def test_all_sizes_differ_and_one_case_has_a_single_example(affine):
    for case_set in range(CASE_SETS):
        (cases,) = draw_cases(affine, SECRET, case_set)
        for case in cases:
            assert len(set(case.sizes.values())) == len(case.sizes)
        assert [case.sizes["N"] == 1 for case in cases] == [False, False, True]
        assert all(case.sizes["N"] in (3, 5, 6, 7, 9) for case in cases[:2])


def test_a_fixed_check_is_drawn_once(affine):
    def worked(rng, n):
        return tuple(np.ones(shape) for shape in ((3, 2), (3, 4), (4, 2)))

    checks = (*affine.checks, Check("worked", 0, draw=worked, fixed=True))
    exercise = dataclasses.replace(affine, checks=checks)
    assert [len(cases) for cases in draw_cases(exercise, SECRET, 0)] == [3, 1]


def test_the_secret_and_the_code_pick_the_case_set_together():
    """Every set is met; and who does not know the secret cannot tell which."""
    codes = [sha256(bytes([n])).hexdigest() for n in range(200)]
    mine = [case_set_of(code, SECRET) for code in codes]
    assert mine == [case_set_of(code, SECRET) for code in codes]
    assert set(mine) == set(range(CASE_SETS))
    others = [case_set_of(code, b"another secret") for code in codes]
    assert sum(a == b for a, b in zip(mine, others, strict=True)) < 40
