"""One head: Y (M, H) and the weights A (M, N), from Q (M, D), K (N, D) and V (N, H)."""

import numpy as np

from autograder.exercise import Check, Exercise, Mistake
from solutions import attention

from .draws import queries_keys_values


def oracle(Q, K, V):
    """Query by query, in sums of exponentials."""
    A = np.array([[np.exp(q @ k / len(q) ** 0.5) for k in K] for q in Q])
    A = A / A.sum(axis=1, keepdims=True)
    return np.einsum("mn,nh->mh", A, V), A


def weighted(Q, K, V, scale):
    """The same with scores of another scale."""
    A = attention.softmax(scale * Q @ K.T)
    return A @ V, A


EXERCISE = Exercise(
    reference=attention.attention,
    draw=queries_keys_values,
    axes="M N D H",
    batch="",
    oracle=oracle,
    checks=(Check("Y", 1, part=0), Check("A", 1, part=1)),
    mistakes=(
        Mistake(
            "not-scaled",
            lambda Q, K, V: weighted(Q, K, V, 1),
            "The scores are not scaled: how does a sum of D products grow with D?",
        ),
        Mistake(
            "scaled-by-the-keys",
            lambda Q, K, V: weighted(Q, K, V, len(K) ** -0.5),
            "The scores are scaled by the number of keys. Over which axis is the sum?",
        ),
    ),
)
