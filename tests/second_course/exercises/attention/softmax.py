"""The softmax of each row of S (M, N)."""

import numpy as np

from autograder.exercise import Check, Exercise, Mistake
from solutions import attention

EXERCISE = Exercise(
    reference=attention.softmax,
    draw=lambda rng, n: (rng.standard_normal((n["M"], n["N"])),),
    axes="M N",
    batch="M",
    oracle=lambda S: np.exp(S) / np.exp(S).sum(axis=1, keepdims=True),
    checks=(Check("value", 1),),
    mistakes=(
        Mistake(
            "over-the-columns",
            lambda S: attention.softmax(S.T).T,
            "The columns sum to 1: which axis are the keys on?",
        ),
        Mistake("not-divided", np.exp, "The rows do not sum to 1 yet. What are they divided by?"),
    ),
)
