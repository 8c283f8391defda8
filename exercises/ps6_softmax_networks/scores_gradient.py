"""6.7 Last rung: the gradient (N, K) of the mean cross-entropy with respect to the scores."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import softmax_networks

from .cost import cost, one_hot
from .draws import Array, Labels, labelled_distribution


def oracle(probs: Array, y: Labels) -> Array:
    """Differentiate at the scores log p, which give these probabilities."""
    return central_differences(lambda scores: cost(scores, y), np.log(probs))


def minus_one_for_all_labels(probs: Array, y: Labels) -> Array:
    """In each row, lower the column of every label of the batch."""
    moved = probs.copy()
    moved[:, y] -= 1
    return moved / len(y)


EXERCISE = Exercise(
    reference=softmax_networks.scores_gradient,
    draw=labelled_distribution,
    axes="N K",
    oracle=oracle,
    keeps_arguments=True,
    calls=("softmax_jacobian", "d_log_sum", "d_cross_entropy"),  # a differential for each entry
    checks=(Check("dscores", points=2),),
    reveal=(
        r"$\partial L / \partial S = \frac1N (P - Y)$ with the one-hot rows $Y$, as $dL = "
        r"\operatorname{tr}(D\, dS)$ with $D = \frac1N (P - Y)^T$. By indices, for one example: "
        r"$\partial \ell / \partial s_j = -\frac1{p_y}\, \partial p_y / \partial s_j$, which is "
        "$p_y - 1$ for $j = y$ and $p_j$ for all others. So the true score is pulled up and all "
        "others down."
    ),
    mistakes=(
        Mistake(
            "true-class-only",
            lambda probs, y: (probs - 1) * one_hot(probs, y) / len(y),
            "Only the true class gets a gradient. The other scores are in the sum of softmax too.",
        ),
        Mistake(
            "label-forgotten",
            lambda probs, y: probs / len(y),
            "These are the probabilities over N. Where does the label come in?",
        ),
        Mistake(
            "label-added",
            lambda probs, y: (probs + one_hot(probs, y)) / len(y),
            "The one-hot label was added. Should the score of the true class fall or rise?",
        ),
        Mistake(
            "all-labels-in-each-row",
            minus_one_for_all_labels,
            "probs[:, y] reaches every label's column in every row. "
            "Pair each row with its own label.",
        ),
        Mistake(
            "divided-by-classes",
            lambda probs, y: (probs - one_hot(probs, y)) / probs.shape[1],
            "It was divided by the number of classes. The mean is over examples.",
        ),
        Mistake(
            "of-the-probabilities",
            lambda probs, y: -one_hot(probs, y) / probs / len(y),
            "This is the derivative with respect to the probabilities. What is still to be passed?",
        ),
        Mistake(
            "one-from-every-class",
            lambda probs, y: (probs - 1) / len(y),
            "1 was subtracted from every probability. To which class does the label belong?",
        ),
        Mistake(
            "labels-only",
            lambda probs, y: -one_hot(probs, y) / len(y),
            "This is the true score's part alone. "
            "What else in the loss changes when a score moves?",
        ),
        Mistake(
            "own-slopes",
            lambda probs, y: probs * (1 - probs) / len(y),
            "p(1 − p) is how each probability answers to its own score. "
            "Where does the label come in?",
        ),
        Mistake(
            "labels-as-numbers",
            lambda probs, y: (probs - y[:, None]) / len(y),
            "The labels were subtracted as numbers. Is class 2 twice as much as class 1?",
        ),
        Mistake(
            "summed-over-batch",
            lambda probs, y: (probs - one_hot(probs, y)).mean(axis=0),
            "The examples were averaged. "
            "Each example has scores of its own, and so a row of its own.",
        ),
    ),
)
