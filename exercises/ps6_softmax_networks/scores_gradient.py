"""6.7 Last rung: the gradient (N, K) of the mean cross-entropy with respect to the scores."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import softmax_networks

from .cost import cost
from .draws import Array, Labels, labelled_distribution


def oracle(probs: Array, y: Labels) -> Array:
    """Differentiate at the scores log p, which give these probabilities."""
    return central_differences(lambda scores: cost(scores, y), np.log(probs))


def one_hot(probs: Array, y: Labels) -> Array:
    """The labels as rows of 0 and 1, in the shape of probs."""
    return np.eye(probs.shape[1])[y]


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
    reveal="∂L/∂S = (P − Y)/N with the one-hot rows Y, from dL = tr(D dS) with D = (P − Y)ᵀ/N. By "
    "indices: ∂ℓ/∂sⱼ = −(1/p_y) ∂p_y/∂sⱼ, which is p_y − 1 for j = y and pⱼ for all others. In "
    "the notes D_scores = Pᵀ − Yᵀ, and the 1/N of the loss is lost; their program divides.",
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
    ),
)
