"""6.6 Third rung: the differential of the mean cross-entropy, one number, from probs (N, K)."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import softmax_networks

from .cost import cost, one_hot, softmax
from .differentials import along
from .draws import Array, Labels, away_from_zero, labelled_distribution


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(probs, y, dscores)."""
    probs, y = labelled_distribution(rng, sizes)
    return probs, y, away_from_zero(rng, *probs.shape)


def oracle(probs: Array, y: Labels, dscores: Array) -> Array:
    """Move from the scores log p, which give these probabilities, along dscores."""
    return along(lambda scores: np.array(cost(scores, y)), np.log(probs), dscores)


def of_both_signs(cases: Sequence[Arguments]) -> bool:
    """Whether the loss rises along some dscores and falls along others."""
    changes = [softmax_networks.d_cross_entropy(*case) for case in cases]
    return min(changes) < 0 < max(changes)


def weighted(probs: Array, dscores: Array) -> Array:
    """The change of each example's logarithm of the sum."""
    change: Array = (probs * dscores).sum(axis=1)
    return change


def true(values: Array, y: Labels) -> Array:
    """The entry of each row that its label picks."""
    picked: Array = values[np.arange(len(y)), y]
    return picked


EXERCISE = Exercise(
    reference=softmax_networks.d_cross_entropy,
    draw=draw,
    axes="N K",
    oracle=oracle,
    decides=of_both_signs,
    calls=("d_log_sum",),  # of log p, which are scores
    checks=(Check("change", points=1),),
    reveal=(
        r"$dL = \frac1N \sum_n \left(\sum_k P_{nk}\, dS_{nk} - dS_{n, y_n}\right)$: the two rungs "
        "before, and their mean. An exponential over the sum of its row is a probability, so $P$ "
        "holds all that is needed of the scores."
    ),
    mistakes=(
        Mistake(
            "no-mean",
            lambda probs, y, dscores: np.sum(weighted(probs, dscores) - true(dscores, y)),
            "The examples were added up. What does the loss do with them?",
        ),
        Mistake(
            "sign",
            lambda probs, y, dscores: np.mean(true(dscores, y) - weighted(probs, dscores)),
            "The sign is the wrong way round. "
            "If only the true class's score grows, does the loss grow?",
        ),
        Mistake(
            "probs-only",
            lambda probs, y, dscores: np.mean(weighted(probs, dscores)),
            "This is the change of the logarithm of the sum. Where does the label come in?",
        ),
        Mistake(
            "true-class-only",
            lambda probs, y, dscores: np.mean((true(probs, y) - 1) * true(dscores, y)),
            "Only the true class's score counts here. "
            "Does the loss stay where it is when another score grows?",
        ),
        Mistake(
            "labels-only",
            lambda probs, y, dscores: -np.mean(true(dscores, y)),
            "This is the true score's part alone. "
            "What else in the loss changes when the scores move?",
        ),
        Mistake(
            "per-example",
            lambda probs, y, dscores: weighted(probs, dscores) - true(dscores, y),
            "Each example has a number of its own here. The loss of the batch is one number.",
        ),
        Mistake(
            "mean-of-everything",
            lambda probs, y, dscores: (
                np.mean(weighted(probs, dscores) - true(dscores, y)) / probs.shape[1]
            ),
            "The sum was divided by the number of entries. How many examples are averaged?",
        ),
        Mistake(
            "not-summed",
            lambda probs, y, dscores: (probs - one_hot(probs, y)) * dscores / len(y),
            "Each score has a number of its own here. By how much does the loss change in all?",
        ),
        Mistake(
            "scores-for-probabilities",
            lambda probs, y, dscores: -np.mean(true(dscores, y) / true(probs, y)),
            "dscores was taken for the change of the probabilities. "
            "What lies between scores and probs?",
        ),
        Mistake(
            "probs-as-scores",
            lambda probs, y, dscores: np.mean(weighted(softmax(probs), dscores) - true(dscores, y)),
            "The probabilities were exponentiated once more. Where is softmax already?",
        ),
        Mistake(
            "added",
            lambda probs, y, dscores: np.mean(weighted(probs, dscores) + true(dscores, y)),
            "The two parts were added. With which sign does the true score stand in the loss?",
        ),
        Mistake(
            "unweighted",
            lambda probs, y, dscores: np.mean(dscores.sum(axis=1) - true(dscores, y)),
            "The changes of all scores count the same here. What did 6.5 weigh them with?",
        ),
        Mistake(
            "others-only",
            lambda probs, y, dscores: np.mean(weighted(probs, dscores) - true(probs * dscores, y)),
            "The true class's score counts for nothing here. "
            "Does the loss stay where it is when that score grows?",
        ),
        Mistake(
            "one-from-every-class",
            lambda probs, y, dscores: np.mean(weighted(probs - 1, dscores)),
            "1 was subtracted from every probability. To which class does the label belong?",
        ),
        Mistake(
            "loss-for-change",
            lambda probs, y, dscores: -np.mean(np.log(true(probs, y))),
            "This is the loss itself. Asked for is its change when the scores move.",
        ),
        Mistake(
            "true-score-only",
            lambda probs, y, dscores: np.mean(true(dscores, y)),
            "This is the change of the true scores, on average. "
            "What is the loss made of beside it?",
        ),
    ),
)
