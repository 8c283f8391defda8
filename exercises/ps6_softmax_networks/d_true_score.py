"""6.4 First rung: the differential (N,) of each true class's score, from y (N,), dscores (N, K)."""

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

from .differentials import along
from .draws import Array, Labels, away_from_zero, labels


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(y, dscores)."""
    N, K = sizes["N"], sizes["K"]
    return labels(rng, N, K), away_from_zero(rng, N, K)


def oracle(y: Labels, dscores: Array) -> Array:
    """Move all scores a little along dscores; where from does not matter."""
    mask = y[:, None] == np.arange(dscores.shape[1])
    return along(lambda scores: scores[mask], np.sin(dscores), dscores)


EXERCISE = Exercise(
    reference=softmax_networks.d_true_score,
    draw=draw,
    axes="N K",
    oracle=oracle,
    checks=(Check("change", points=0.5),),
    reveal=(
        r"$d\,(S_{n, y_n}) = dS_{n, y_n}$: picking an entry is linear, so the same entry is "
        "picked from the differential, and the scores are not needed. In the notes it is "
        r"$\mathbf 1^T (Y \odot d\,scores)$, with the labels as one-hot columns of $Y$."
    ),
    mistakes=(
        Mistake(
            "all-scores",
            lambda y, dscores: dscores.sum(axis=1),
            "The changes of all scores of a row were added. Which one does the label pick?",
        ),
        Mistake(
            "class-0",
            lambda y, dscores: dscores[:, 0],
            "This is the change of class 0's score in every row. Where does the label come in?",
        ),
        Mistake(
            "other-scores",
            lambda y, dscores: dscores.sum(axis=1) - dscores[np.arange(len(y)), y],
            "These are the changes of the other classes' scores. Which score is asked for?",
        ),
        Mistake(
            "minus",
            lambda y, dscores: -dscores[np.arange(len(y)), y],
            "This is the change of minus the true score. Does the question ask for the minus?",
        ),
        Mistake(
            "summed-over-batch",
            lambda y, dscores: dscores[np.arange(len(y)), y].sum(),
            "The examples were added up. This rung is per example: one number for each.",
        ),
        Mistake(
            "all-pairs",
            lambda y, dscores: dscores[:, y],
            "dscores[:, y] takes every label's column for every row. "
            "Pair each row with its own label.",
        ),
        Mistake(
            "one-hot-rows",
            lambda y, dscores: np.eye(dscores.shape[1])[y] * dscores,
            "Each example has a whole row here, with zeros beside one number. "
            "How does it become one number?",
        ),
        Mistake(
            "whole-rows",
            lambda y, dscores: dscores[y],
            "dscores[y] takes whole rows, by the label. Which index of dscores counts examples?",
        ),
        Mistake(
            "averaged",
            lambda y, dscores: dscores.mean(axis=1),
            "The changes of all scores of a row were averaged. Which one does the label pick?",
        ),
        Mistake(
            "largest-change",
            lambda y, dscores: dscores.max(axis=1),
            "This is the largest change of each row. Which one does the label pick?",
        ),
        Mistake(
            "one-subtracted",
            lambda y, dscores: dscores[np.arange(len(y)), y] - 1,
            "1 was subtracted from the change. Does the label do more here than pick?",
        ),
    ),
)
