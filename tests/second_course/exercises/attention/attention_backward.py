"""dQ (M, D), dK (N, D) and dV (N, H) of one head, from dY (M, H), Q, K and V."""

import numpy as np

from autograder.exercise import Check, Exercise, Mistake, gradients_of
from solutions import attention

from .draws import error_and_inputs


def oracle(dY, Q, K, V):
    """Differentiate ⟨dY, Y⟩ by each of the three: no algebra of ours in it."""

    def loss(Q, K, V):
        E = np.exp(Q @ K.T / np.sqrt(Q.shape[1]))
        return float(np.sum(dY * (E / E.sum(axis=1, keepdims=True) @ V)))

    return gradients_of(loss, Q, K, V, wrt=(0, 1, 2))


def without_the_sum(dY, Q, K, V):
    """A softmax treated as if each weight had its own score."""
    _, A = attention.attention(Q, K, V)
    dS = A * (1 - A) * (dY @ V.T) / np.sqrt(K.shape[1])
    return dS @ K, dS.T @ Q, A.T @ dY


def not_scaled(dY, Q, K, V):
    """The scale of the scores forgotten on the way back."""
    dQ, dK, dV = attention.attention_backward(dY, Q, K, V)
    return dQ * np.sqrt(K.shape[1]), dK * np.sqrt(K.shape[1]), dV


EXERCISE = Exercise(
    reference=attention.attention_backward,
    draw=error_and_inputs,
    axes="M N D H",
    batch="",
    oracle=oracle,
    checks=(Check("dQ", 2, part=0), Check("dK", 1, part=1), Check("dV", 1, part=2)),
    mistakes=(
        Mistake(
            "softmax-as-sigmoid",
            without_the_sum,
            "A softmax's weights share their denominator: each score moves all of them.",
            loses=("dQ", "dK"),
        ),
        Mistake(
            "not-scaled",
            not_scaled,
            "The scale of the scores is missing on the way back.",
            loses=("dQ", "dK"),
        ),
    ),
)
